import type { Status } from './statuses.ts'
import { isEnd } from './statuses.ts'
import type { Takedown } from './store.ts'
import type { Action } from './transitions.ts'
import { addWorkingDays, dueAfterStanding, type WorkingCalendar } from './working-time.ts'

/** The publisher's own aims, in working days; no law sets them. */
export interface ClockPolicy {
  readonly calendar: WorkingCalendar
  readonly firstLookWorkingDays: number
  readonly decisionWorkingDays: number
  readonly carryOutWorkingDays: number
}

type Clocks = Pick<Takedown, 'dueAt' | 'nextDueAt' | 'unansweredSince' | 'waitingSince'>

/** Of a new takedown: somebody looks first, and a decision follows. */
export function firstClocks(receivedAt: number, policy: ClockPolicy): Pick<Clocks, 'dueAt' | 'nextDueAt'> {
  const dueAt = decisionDue(receivedAt, policy)
  const firstLook = addWorkingDays(receivedAt, policy.firstLookWorkingDays, policy.calendar)
  return { dueAt, nextDueAt: Math.min(firstLook, dueAt) }
}

export const decisionDue = (from: number, { calendar, decisionWorkingDays }: ClockPolicy): number =>
  addWorkingDays(from, decisionWorkingDays, calendar)

export const carryOutDue = (from: number, { calendar, carryOutWorkingDays }: ClockPolicy): number =>
  addWorkingDays(from, carryOutWorkingDays, calendar)

/** The clock stood still while the office waited for the claimant. */
export const afterWaiting = (
  { waitingSince, dueAt }: Pick<Takedown, 'waitingSince' | 'dueAt'>,
  now: number,
  calendar: WorkingCalendar,
): Partial<Clocks> =>
  waitingSince === null
    ? {}
    : { waitingSince: null, dueAt: dueAfterStanding(dueAt, waitingSince, now, calendar) }

/**
 * What the office owes next, after an act: the first look, the decision, or carrying it out (`carryOutBy`, set once,
 * when it is decided). It owes nothing while it waits for the claimant, and nothing at an end.
 */
export function nextDue(
  before: { status: Status; nextDueAt: number | null },
  after: { status: Status; dueAt: number },
  carryOutBy: number | null,
): number | null {
  if (isEnd(after.status) || after.status === 'awaiting_claimant') return null
  if (after.status === 'in_review') return after.dueAt
  if (after.status === 'decided' && before.status !== 'decided') return carryOutBy ?? after.dueAt
  return before.nextDueAt
}

/** Acts that answer the claimant's words, or make an answer pointless. */
const answers: readonly Action[] = [
  'ask_claimant',
  'decide',
  'close',
  'withdraw',
  'mark_duplicate',
  'mark_spam',
  'need_no_answer',
]

/** Since when words of the claimant wait for an answer; the oldest ones count. */
export function unansweredAfter(
  before: Pick<Takedown, 'unansweredSince'>,
  action: Action,
  status: Status,
  now: number,
): number | null {
  if (answers.includes(action)) return null
  if (action === 'claimant_replied') return before.unansweredSince ?? now
  // An acceptance that leaves nothing to do is answered by the decision letter.
  if (action === 'accept_terms') return status === 'closed' ? null : (before.unansweredSince ?? now)
  return before.unansweredSince
}
