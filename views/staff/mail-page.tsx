import { heldByRestore } from '../../src/outbox/held.ts'
import type { LetterOnItsWay } from '../../src/outbox/store.ts'
import { Banner } from '../components/banner.tsx'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { Ltr } from '../components/ltr.tsx'
import { Moment } from '../components/moment.tsx'
import { TextField } from '../components/text-field.tsx'
import { useWords, Words } from '../words.tsx'
import { type Desk, DeskLayout } from './desk-layout.tsx'
import { LetterHead } from './letter-list.tsx'
import { TakedownLink } from './takedown-list.tsx'

interface MailPageProps {
  desk: Desk
  letters: readonly LetterOnItsWay[]
  /** No SMTP_URL: letters are written as files. */
  isFiles: boolean
  mayAct: boolean
  /** The letter whose mended address was refused. */
  refusedId?: number
}

/** Letters that did not get through, with the server's words and the way to mend them. */
export function MailPage({ desk, letters, isFiles, mayAct, refusedId }: MailPageProps) {
  const { t } = useWords()
  return (
    <DeskLayout desk={desk} title={t('staff.mail.title')} current="mail">
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
      {letters.length === 0 && (
        <p class="card nothing">
          <Icon name="check" /> <Words k="staff.mail.good" />
        </p>
      )}
      {letters.map((letter) => (
        <Troubled
          key={letter.id}
          letter={letter}
          timeZone={desk.timeZone}
          mayAct={mayAct}
          isRefused={letter.id === refusedId}
        />
      ))}
    </DeskLayout>
  )
}

interface TroubledProps {
  letter: LetterOnItsWay
  timeZone: string
  mayAct: boolean
  isRefused: boolean
}

const Troubled = ({ letter, timeZone, mayAct, isRefused }: TroubledProps) => (
  <article class="card">
    <div>
      {letter.reference && <TakedownLink reference={letter.reference} />} <LetterHead letter={letter} />
    </div>
    <p class="hint">
      <Moment at={letter.createdAt} timeZone={timeZone} />{' '}
      <Words k="staff.mail.tries" count={letter.attempts} />
    </p>
    {letter.lastReply === heldByRestore ? (
      <p>
        <Words k="staff.mail.held" />
      </p>
    ) : (
      letter.lastReply && (
        <p>
          <Words k="staff.mail.reply" />: <Ltr>{letter.lastReply}</Ltr>
        </p>
      )
    )}
    {mayAct && letter.lastReply === heldByRestore && (
      <form method="post" action={`/staff/mail/${letter.id}/departure`}>
        <Button kind="secondary">
          <Words k="staff.mail.gone" />
        </Button>
      </form>
    )}
    {mayAct && letter.state !== 'submitting' && (
      <form method="post" action={`/staff/mail/${letter.id}/requeue`}>
        <TextField
          id={`address-${letter.id}`}
          name="address"
          type="email"
          label={<Words k="staff.mail.address" />}
          value={letter.recipientAddress}
          {...(isRefused && { error: { key: 'staff.mail.badAddress' as const } })}
        />
        <Button kind="secondary">
          <Words k="staff.mail.again" />
        </Button>
      </form>
    )}
  </article>
)
