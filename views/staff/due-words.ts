import { formatDayMonth, formatTime, formatWeekday } from '../../src/i18n/format.ts'
import type { Locale } from '../../src/i18n/locales.ts'
import { translatorFor } from '../../src/i18n/translate.ts'
import { type ClockStanding, daysBetween } from '../../src/takedowns/standing.ts'

/** `today 14:00`, `tomorrow 17:00`, `Thursday 17:00` within six days, `3 December 17:00` beyond. */
export function nearMoment(locale: Locale, at: number, now: number, timeZone: string): string {
  const t = translatorFor(locale)
  const time = formatTime(locale, at, timeZone)
  const days = daysBetween(now, at, timeZone)
  if (days === 0) return t('clock.today', { time })
  if (days === 1) return t('clock.tomorrow', { time })
  if (days === -1) return t('clock.yesterday', { time })
  const day = Math.abs(days) < 7 ? formatWeekday(locale, at, timeZone) : formatDayMonth(locale, at, timeZone)
  return `${day} ${time}`
}

/** `due Thursday 14:00`, `overdue by 2 working days`, `paused for 2 days: waiting for the claimant`. */
export function dueWords(locale: Locale, standing: ClockStanding, now: number, timeZone: string): string {
  const t = translatorFor(locale)
  switch (standing.kind) {
    case 'none':
      return t('clock.nothing')
    case 'paused':
      return standing.days < 1 ? t('clock.pausedToday') : t('clock.paused', { count: standing.days })
    case 'due':
      return t('clock.due', { when: nearMoment(locale, standing.at, now, timeZone) })
    case 'overdue':
      return standing.workingDays < 1
        ? t('clock.overdueSince', { when: nearMoment(locale, standing.at, now, timeZone) })
        : t('clock.overdue', { count: standing.workingDays })
  }
}
