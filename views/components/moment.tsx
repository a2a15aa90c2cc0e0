import { formatDate, formatDateTime } from '../../src/i18n/format.ts'
import { useWords } from '../words.tsx'

interface MomentProps {
  /** Milliseconds since the epoch. */
  at: number
  timeZone: string
  /** `day` leaves the hour out. */
  precision?: 'minute' | 'day'
}

/** An absolute time in the reader's words, its zone named, machine-readable beside it. */
export function Moment({ at, timeZone, precision = 'minute' }: MomentProps) {
  const { locale } = useWords()
  const words = precision === 'day' ? formatDate(locale, at, timeZone) : formatDateTime(locale, at, timeZone)
  return <time dateTime={new Date(at).toISOString()}>{words}</time>
}
