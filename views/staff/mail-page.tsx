import { withoutKeys } from '../../src/lib/without-keys.ts'
import { heldByRestore } from '../../src/outbox/held.ts'
import type { LetterOnItsWay } from '../../src/outbox/store.ts'
import { Banner } from '../components/banner.tsx'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { Ltr } from '../components/ltr.tsx'
import { Moment } from '../components/moment.tsx'
import { Pagination } from '../components/pagination.tsx'
import { TextField } from '../components/text-field.tsx'
import { useWords, Words } from '../words.tsx'
import { type Desk, DeskLayout } from './desk-layout.tsx'
import { HeldCard } from './held-card.tsx'
import { LetterHead } from './letter-list.tsx'
import { TakedownLink } from './takedown-list.tsx'

interface MailPageProps {
  desk: Desk
  letters: readonly LetterOnItsWay[]
  /** How many wait since a restore, on all parts together. */
  held: number
  /** Which part this is: of letters after this id. */
  after: number
  previous: string | null
  next: string | null
  /** No SMTP_URL: letters are written as files. */
  isFiles: boolean
  mayAct: boolean
  refused?: RefusedAddress
}

/** What was typed in place of a letter's address. */
export interface RefusedAddress {
  readonly letterId: number
  readonly typed: string
}

const badAddress = { key: 'staff.mail.badAddress' } as const
const addressFieldOf = (letterId: number) => `address-${letterId}`

/** Letters that did not get through, with the server's words and the way to mend them. */
export function MailPage(props: MailPageProps) {
  const { desk, letters, held, after, isFiles, mayAct, refused } = props
  const { t } = useWords()
  return (
    <DeskLayout
      desk={desk}
      title={t('staff.mail.title')}
      errors={letters
        .filter(({ id }) => id === refused?.letterId)
        .map(({ id }) => ({ fieldId: addressFieldOf(id), sentence: badAddress }))}
      current="mail"
    >
      <h1>
        <Words k="staff.mail.title" />
      </h1>
      {isFiles && (
        <Banner>
          <p>
            <Words k="staff.mail.files" />
          </p>
        </Banner>
      )}
      {desk.mail.isPaused && mayAct && (
        <form class="card" method="post" action="/staff/mail/resumption">
          <Button>
            <Words k="staff.mail.resume" />
          </Button>
        </form>
      )}
      {held > 0 && <HeldCard count={held} mayAct={mayAct} />}
      {letters.length === 0 && (
        <p class="card nothing">
          <Icon name="check" /> <Words k="staff.mail.good" />
        </p>
      )}
      {letters.map((letter) => (
        <Troubled
          key={letter.id}
          query={after === 0 ? '' : `?after=${after}`}
          letter={letter}
          timeZone={desk.timeZone}
          mayAct={mayAct}
          {...(letter.id === refused?.letterId && { typed: refused.typed })}
        />
      ))}
      <Pagination previous={props.previous} next={props.next} />
    </DeskLayout>
  )
}

interface TroubledProps {
  /** Of the page, to come back to this part. */
  query: string
  letter: LetterOnItsWay
  timeZone: string
  mayAct: boolean
  /** The address that was refused. */
  typed?: string
}

function Troubled(props: TroubledProps) {
  const { query, letter, timeZone, mayAct } = props
  const isHeld = letter.lastReply === heldByRestore
  return (
    <article class="card">
      <div>
        {letter.reference && <TakedownLink reference={letter.reference} />} <LetterHead letter={letter} />
      </div>
      <p class="hint">
        <Moment at={letter.createdAt} timeZone={timeZone} />
        {letter.attempts > 0 && (
          <>
            {' · '}
            <Words k="staff.mail.tries" count={letter.attempts} />
          </>
        )}
      </p>
      {letter.lastReply && !isHeld && <WhyNot words={withoutKeys(letter.lastReply)} />}
      {mayAct && isHeld && (
        <form method="post" action={`/staff/mail/${letter.id}/departure${query}`}>
          <Button kind="secondary">
            <Words k="staff.mail.gone" />
          </Button>
        </form>
      )}
      {mayAct && letter.state !== 'submitting' && (isHeld ? <Folded {...props} /> : <Requeue {...props} />)}
    </article>
  )
}

/** In the words of the mail server. */
const WhyNot = ({ words }: { words: string }) => (
  <p>
    <Words k="staff.mail.reply" />: <Ltr>{words}</Ltr>
  </p>
)

/** After a restore there are many: their addresses were right. */
const Folded = (props: TroubledProps) => (
  <details open={props.typed !== undefined}>
    <summary>
      <Words k="staff.mail.again" />
    </summary>
    <Requeue {...props} />
  </details>
)

const Requeue = ({ query, letter, typed }: TroubledProps) => (
  <form method="post" action={`/staff/mail/${letter.id}/requeue${query}`}>
    <TextField
      id={addressFieldOf(letter.id)}
      name="address"
      type="email"
      label={<Words k="staff.mail.address" />}
      value={typed ?? letter.recipientAddress}
      {...(typed !== undefined && { error: badAddress })}
    />
    <Button kind="secondary">
      <Words k="staff.mail.again" />
    </Button>
  </form>
)
