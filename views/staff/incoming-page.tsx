import { Banner } from '../components/banner.tsx'
import { Button } from '../components/button.tsx'
import { Ltr } from '../components/ltr.tsx'
import { Tag } from '../components/tag.tsx'
import { TextField } from '../components/text-field.tsx'
import { useWords, Words } from '../words.tsx'
import { type Desk, DeskLayout } from './desk-layout.tsx'
import { MailGuess } from './inbox-page.tsx'
import { FoundValues, MailFiles, MailHead, MailSubject, MailWords, type ShownMail } from './incoming-mail.tsx'
import { TakedownLink } from './takedown-list.tsx'

interface IncomingPageProps {
  desk: Desk
  shown: ShownMail
  /** What somebody chose and nobody has undone yet. */
  chosen: { act: 'file' | 'make' | 'not_ours'; reference: string | null } | null
  /** Whether it can be settled, and by the reader. */
  maySettle: boolean
  /** Whether the reader may have the mail as it came, and its files. */
  mayOpenRaw: boolean
  /** A reference that is likely, or what was typed. */
  typed: string
  isRefused: boolean
  isSettled: boolean
}

const unknownReference = { key: 'inbox.file.unknown' } as const

/** One mail: its words beside what was understood of it, and what can be done with it. */
export function IncomingPage(props: IncomingPageProps) {
  const { t } = useWords()
  const { desk, shown, chosen, maySettle } = props
  const { mail, found, reference } = shown
  return (
    <DeskLayout
      desk={desk}
      title={t('inbox.title')}
      errors={props.isRefused && found ? [{ fieldId: 'reference', sentence: unknownReference }] : []}
      current="inbox"
    >
      {props.isSettled && (
        <Banner tone="warn" role="alert">
          <p>
            <Words k="inbox.settled" />
          </p>
        </Banner>
      )}
      <h1>
        <MailSubject mail={mail} />
      </h1>
      {chosen && <Chosen id={mail.id} chosen={chosen} />}
      <p>
        <Tag tone={mail.standing === 'unmatched' ? 'warn' : 'plain'}>
          <Words k={`inbox.standing.${mail.standing}`} />
        </Tag>{' '}
        {reference && <TakedownLink reference={reference} />} <MailGuess mail={mail} />
      </p>
      <div class="case">
        <div class="case-evidence">
          <section class="card">
            <MailHead shown={shown} timeZone={desk.timeZone} />
            {found && <MailWords found={found} />}
            <MailFiles shown={shown} mayOpen={props.mayOpenRaw} />
          </section>
        </div>
        <div class="case-acts">
          {found?.report && (
            <section class="card">
              <h2>
                <Words k="inbox.report" />
              </h2>
              <p class="person-text">
                <Ltr>{found.report.reply}</Ltr>
              </p>
            </section>
          )}
          {found && (
            <section class="card">
              <h2>
                <Words k="inbox.found" />
              </h2>
              <FoundValues found={found} />
            </section>
          )}
          {maySettle && !chosen && <Settling {...props} />}
        </div>
      </div>
    </DeskLayout>
  )
}

const Chosen = ({ id, chosen }: { id: number; chosen: NonNullable<IncomingPageProps['chosen']> }) => (
  <Banner tone="warn" role="status">
    <p>
      {chosen.act === 'file' ? (
        <Words k="inbox.chosen.file" reference={<Ltr>{chosen.reference ?? ''}</Ltr>} />
      ) : (
        <Words k={`inbox.chosen.${chosen.act}`} />
      )}
    </p>
    <form method="post" action={`/staff/inbox/${id}/undoing`}>
      <Button kind="secondary">
        <Words k="inbox.undo" />
      </Button>
    </form>
  </Banner>
)

/** An unreadable mail can only be put aside; everything else can become or join a takedown. */
function Settling({ shown, typed, isRefused }: IncomingPageProps) {
  const { mail, found } = shown
  const action = `/staff/inbox/${mail.id}/choice`
  return (
    <>
      {found && (
        <form class="card" method="post" action={action}>
          <h2>
            <Words k="inbox.file.title" />
          </h2>
          <input type="hidden" name="act" value="file" />
          <TextField
            id="reference"
            name="reference"
            type="key"
            label={<Words k="inbox.file.reference" />}
            value={typed}
            {...(isRefused && { error: unknownReference })}
          />
          <Button kind="secondary">
            <Words k="inbox.file.go" />
          </Button>
        </form>
      )}
      {found && (
        <form class="card" method="post" action={action}>
          <h2>
            <Words k="inbox.make.title" />
          </h2>
          <p class="hint">
            <Words k="inbox.make.hint" />
          </p>
          <input type="hidden" name="act" value="make" />
          <Button>
            <Words k="inbox.make.go" />
          </Button>
        </form>
      )}
      <form class="card" method="post" action={action}>
        {mail.standing === 'unmatched' || mail.standing === 'unreadable' ? (
          <>
            <h2>
              <Words k="inbox.notOurs.title" />
            </h2>
            <p class="hint">
              <Words k="inbox.notOurs.hint" />
            </p>
            <input type="hidden" name="act" value="not_ours" />
            <Button kind="secondary">
              <Words k="inbox.notOurs.go" />
            </Button>
          </>
        ) : (
          <>
            <input type="hidden" name="act" value="back" />
            <Button kind="secondary">
              <Words k="inbox.back.go" />
            </Button>
          </>
        )}
      </form>
    </>
  )
}
