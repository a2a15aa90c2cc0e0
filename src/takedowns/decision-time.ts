import type { ClockPolicy } from './clocks.ts'
import { addWorkingDays, workingTime } from './working-time.ts'

/** What of a history tells how long the office had the ball. */
export interface Step {
  readonly type: string
  readonly at: number
}

export interface DecisionTime {
  /** Working time from receipt to the first decision, without what the claimant took to answer; milliseconds. */
  readonly taken: number
  readonly isWithinPolicy: boolean
}

/** Null while nothing is decided. `steps` in the order in which they happened. */
export function decisionTime(
  receivedAt: number,
  steps: readonly Step[],
  policy: ClockPolicy,
): DecisionTime | null {
  const decided = steps.find(({ type }) => type === 'decided')
  if (!decided) return null
  const { calendar, decisionWorkingDays } = policy
  const waits = waitsBefore(steps, decided.at).map(([from, to]) => workingTime(from, to, calendar))
  const taken = waits.reduce((left, wait) => left - wait, workingTime(receivedAt, decided.at, calendar))
  const due = addWorkingDays(receivedAt, decisionWorkingDays, calendar)
  return { taken, isWithinPolicy: taken <= workingTime(receivedAt, due, calendar) }
}

/** From a question to the claimant's next words, or to the decision. */
function waitsBefore(steps: readonly Step[], decidedAt: number): [number, number][] {
  const waits: [number, number][] = []
  let asked: number | null = null
  for (const { type, at } of steps) {
    if (at > decidedAt) break
    if (type === 'claimant_asked') asked ??= at
    else if (asked !== null && (type === 'message_added' || type === 'decided')) {
      waits.push([asked, at])
      asked = null
    }
  }
  return waits
}
