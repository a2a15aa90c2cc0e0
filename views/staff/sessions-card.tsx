import { Button } from '../components/button.tsx'
import type { SummaryError } from '../components/error-summary.tsx'
import { Ltr } from '../components/ltr.tsx'
import { Moment } from '../components/moment.tsx'
import { Tag } from '../components/tag.tsx'
import { Words } from '../words.tsx'
import { CurrentPassword } from './current-password.tsx'

export interface OpenSession {
  readonly id: string
  /** One word each; null where it is not known. */
  readonly browser: string | null
  readonly system: string | null
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly lastSeenAt: number
  /** The one that reads this. */
  readonly isHere: boolean
}

interface SessionsCardProps {
  sessions: readonly OpenSession[]
  timeZone: string
  errors: readonly SummaryError[]
}

/** Of the settings page: where the account is signed in. */
export function SessionsCard({ sessions, timeZone, errors }: SessionsCardProps) {
  const others = sessions.filter(({ isHere }) => !isHere)
  return (
    <section class="card narrow" aria-labelledby="sessions">
      <h2 id="sessions">
        <Words k="sessions.title" />
      </h2>
      {sessions
        .filter(({ isHere }) => isHere)
        .map((session) => (
          <p key={session.id}>
            <One session={session} timeZone={timeZone} />
          </p>
        ))}
      {others.length > 0 && <Others sessions={others} timeZone={timeZone} errors={errors} />}
    </section>
  )
}

const Others = ({ sessions, timeZone, errors }: SessionsCardProps) => (
  <form method="post" action="/staff/settings/sessions/ending" novalidate>
    <fieldset class="field session-choices">
      <legend class="label">
        <Words k="sessions.others" />
      </legend>
      <div class="hint">
        <Words k="sessions.hint" />
      </div>
      {sessions.map((session) => (
        <label key={session.id} class="choice">
          <input type="radio" name="session" value={session.id} />
          <span>
            <One session={session} timeZone={timeZone} />
          </span>
        </label>
      ))}
      <label class="choice">
        <input type="radio" name="session" value="others" checked />
        <span>
          <Words k="sessions.allOthers" />
        </span>
      </label>
    </fieldset>
    <CurrentPassword
      id="sessions-current"
      error={errors.find(({ fieldId }) => fieldId === 'sessions-current')?.sentence}
    />
    <Button kind="secondary">
      <Words k="sessions.end" />
    </Button>
  </form>
)

const One = ({ session, timeZone }: { session: OpenSession; timeZone: string }) => (
  <>
    <Browser {...session} />{' '}
    {session.isHere && (
      <Tag>
        <Words k="sessions.here" />
      </Tag>
    )}
    <span class="hint block">
      <Words
        k="sessions.times"
        since={<Moment at={session.createdAt} timeZone={timeZone} />}
        seen={<Moment at={session.lastSeenAt} timeZone={timeZone} />}
      />
    </span>
  </>
)

function Browser({ browser, system }: Pick<OpenSession, 'browser' | 'system'>) {
  const known = browser ?? system
  if (known === null) return <Words k="sessions.unknown" />
  if (browser === null || system === null) return <Ltr>{known}</Ltr>
  return <Words k="sessions.browser" browser={<Ltr>{browser}</Ltr>} system={<Ltr>{system}</Ltr>} />
}
