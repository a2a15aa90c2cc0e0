import { Banner } from '../components/banner.tsx'
import { Button } from '../components/button.tsx'
import { useWords, Words } from '../words.tsx'
import { nearMoment } from './due-words.ts'

interface UnansweredProps {
  takedown: { reference: string; version: number; unansweredSince: number | null }
  /** Whether the reader may act. */
  mayAct: boolean
  now: number
  timeZone: string
}

/** The claimant's words wait for an answer, or for somebody to say that none is needed. */
export function Unanswered({ takedown, mayAct, now, timeZone }: UnansweredProps) {
  const { locale } = useWords()
  const { reference, version, unansweredSince } = takedown
  if (unansweredSince === null) return null
  return (
    <Banner tone="warn">
      <p>
        <Words k="clock.unanswered" when={nearMoment(locale, unansweredSince, now, timeZone)} />
      </p>
      {mayAct && (
        <form method="post" action={`/staff/takedowns/${reference}/no-answer`}>
          <input type="hidden" name="version" value={version} />
          <Button kind="secondary">
            <Words k="clock.noAnswer" />
          </Button>
        </form>
      )}
    </Banner>
  )
}
