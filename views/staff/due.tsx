import { type Clocked, type ClockStanding, clockStanding } from '../../src/takedowns/standing.ts'
import type { WorkingCalendar } from '../../src/takedowns/working-time.ts'
import { Icon } from '../components/icon.tsx'
import { Tag } from '../components/tag.tsx'
import { useWords, Words } from '../words.tsx'
import { dueWords } from './due-words.ts'

interface DueProps {
  /** A row with its status and clocks. */
  of: Clocked
  now: number
  calendar: WorkingCalendar
  /** Also says what is due: the first look, the decision or its carrying out. */
  named?: boolean
}

/** What the office owes, and by when, in plain words. Shows nothing where nothing is owed. */
export function Due({ of, now, calendar, named = false }: DueProps) {
  const standing = clockStanding(of, now, calendar)
  if (standing.kind === 'none') return null
  return (
    <span class="due">
      {named && 'owed' in standing && (
        <>
          <Words k={`clock.${standing.owed}`} />
          {': '}
        </>
      )}
      <DueTag standing={standing} now={now} timeZone={calendar.timeZone} />
    </span>
  )
}

function DueTag({ standing, now, timeZone }: { standing: ClockStanding; now: number; timeZone: string }) {
  const { locale } = useWords()
  const words = dueWords(locale, standing, now, timeZone)
  if (standing.kind === 'overdue') {
    return (
      <Tag tone="danger">
        <Icon name="alert" /> <time dateTime={new Date(standing.at).toISOString()}>{words}</time>
      </Tag>
    )
  }
  if (standing.kind === 'due') return <time dateTime={new Date(standing.at).toISOString()}>{words}</time>
  return <span>{words}</span>
}
