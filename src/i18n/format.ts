import type { Locale } from './locales.ts'

/** Digits and calendar pinned: `ar-IL` alone would print Arabic-Indic digits (RTL.md, rule 4). */
const tags: Record<Locale, string> = {
  ar: 'ar-IL-u-nu-latn-ca-gregory',
  he: 'he-IL-u-nu-latn-ca-gregory',
  en: 'en-GB-u-nu-latn-ca-gregory',
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatFor(locale: Locale, timeZone: string, kind: 'date' | 'dateTime'): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${kind}`
  const known = formats.get(key)
  if (known) return known
  const day = { day: 'numeric', month: 'long', year: 'numeric', timeZone } as const
  const hour = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'longGeneric' } as const
  const format = new Intl.DateTimeFormat(tags[locale], kind === 'date' ? day : { ...day, ...hour })
  formats.set(key, format)
  return format
}

/** A day in the reader's words: `23 November 2026`. `at` is milliseconds since the epoch. */
export const formatDate = (locale: Locale, at: number, timeZone: string): string =>
  formatFor(locale, timeZone, 'date').format(at)

/** A moment in the reader's words with the zone it is told in: `23 November 2026 at 14:05 (Israel Time)`. */
export function formatDateTime(locale: Locale, at: number, timeZone: string): string {
  const parts = formatFor(locale, timeZone, 'dateTime').formatToParts(at)
  const zone = parts.find((part) => part.type === 'timeZoneName')?.value ?? timeZone
  const time = parts
    .filter((part) => part.type !== 'timeZoneName')
    .map((part) => part.value)
    .join('')
    .trim()
  return `${time} (${zone})`
}

const shortFormats = new Map<string, Intl.DateTimeFormat>()

function shortFormat(locale: Locale, timeZone: string, kind: 'time' | 'weekday' | 'dayMonth') {
  const key = `${locale} ${timeZone} ${kind}`
  const known = shortFormats.get(key)
  if (known) return known
  const format = new Intl.DateTimeFormat(tags[locale], { ...shortShapes[kind], timeZone })
  shortFormats.set(key, format)
  return format
}

const shortShapes = {
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  weekday: { weekday: 'long' },
  dayMonth: { day: 'numeric', month: 'long' },
} as const

/** `14:05`, for a moment whose day is named beside it. */
export const formatTime = (locale: Locale, at: number, timeZone: string): string =>
  shortFormat(locale, timeZone, 'time').format(at)

/** `Thursday`, for a moment of the days around. */
export const formatWeekday = (locale: Locale, at: number, timeZone: string): string =>
  shortFormat(locale, timeZone, 'weekday').format(at)

/** `3 December`. */
export const formatDayMonth = (locale: Locale, at: number, timeZone: string): string =>
  shortFormat(locale, timeZone, 'dayMonth').format(at)

/** A size as `640 kB` or `1.4 MB` (decimal units); stands in `Ltr` in every language. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} kB`
  return `${(bytes / 1_000_000).toFixed(1).replace('.0', '')} MB`
}
