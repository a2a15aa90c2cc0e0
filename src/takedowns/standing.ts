import type { Takedown } from './store.ts'
import { localDayOf, type WorkingCalendar, workingDaysBetween } from './working-time.ts'

/** What the office owes next. */
export type Owed = 'first_look' | 'decision' | 'carry_out'

/** Where the office's clock stands, in numbers that can be said in plain words. */
export type ClockStanding =
  | { kind: 'none' }
  | { kind: 'paused'; since: number; days: number }
  | { kind: 'due'; owed: Owed; at: number }
  | { kind: 'overdue'; owed: Owed; at: number; workingDays: number }

export type Clocked = Pick<Takedown, 'status' | 'nextDueAt' | 'waitingSince'>

export function clockStanding(
  { status, nextDueAt, waitingSince }: Clocked,
  now: number,
  calendar: WorkingCalendar,
): ClockStanding {
  if (status === 'awaiting_claimant' && waitingSince !== null) {
    return { kind: 'paused', since: waitingSince, days: daysBetween(waitingSince, now, calendar.timeZone) }
  }
  const owed = owedIn(status)
  if (owed === null || nextDueAt === null) return { kind: 'none' }
  if (nextDueAt >= now) return { kind: 'due', owed, at: nextDueAt }
  return { kind: 'overdue', owed, at: nextDueAt, workingDays: workingDaysBetween(nextDueAt, now, calendar) }
}

function owedIn(status: Clocked['status']): Owed | null {
  if (status === 'received') return 'first_look'
  if (status === 'in_review') return 'decision'
  return status === 'decided' ? 'carry_out' : null
}

/** Local dates from `from` to `to`; negative when `to` is the earlier day. */
export const daysBetween = (from: number, to: number, timeZone: string): number =>
  (Date.parse(localDayOf(to, timeZone)) - Date.parse(localDayOf(from, timeZone))) / 86_400_000
