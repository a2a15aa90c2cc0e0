import { and, asc, count, eq, gte, inArray, isNotNull, lt } from 'drizzle-orm'
import type { Db } from '../db/open.ts'
import { events, reportedPages, takedowns } from '../db/schema.ts'
import { type Locale, locales } from '../i18n/locales.ts'
import type { ClockPolicy } from './clocks.ts'
import { type DecisionTime, decisionTime, type Step } from './decision-time.ts'
import { type Outcome, outcomes } from './outcomes.ts'
import { type Status, statuses } from './statuses.ts'

export const sources = takedowns.source.enumValues
export type Source = (typeof sources)[number]

/** What came in during a period, and what became of it until now. */
export interface Report {
  readonly received: number
  readonly decided: number
  /** Working time to the first decision, milliseconds; null while nothing is decided. */
  readonly medianToDecision: number | null
  readonly withinPolicy: number
  readonly byStatus: readonly { readonly name: Status; readonly total: number }[]
  /** Pages, not takedowns. */
  readonly byOutcome: readonly { readonly name: Outcome; readonly total: number }[]
  readonly byLocale: readonly { readonly name: Locale; readonly total: number }[]
  readonly bySource: readonly { readonly name: Source; readonly total: number }[]
}

/** Of what was received from `from` on and before `until`. */
export function readReport(
  db: Db,
  { from, until }: { from: number; until: number },
  policy: ClockPolicy,
): Report {
  const inPeriod = and(gte(takedowns.receivedAt, from), lt(takedowns.receivedAt, until))
  const counted = <
    Column extends typeof takedowns.status | typeof takedowns.locale | typeof takedowns.source,
  >(
    column: Column,
  ) => db.select({ name: column, total: count() }).from(takedowns).where(inPeriod).groupBy(column).all()
  const pages = db
    .select({ name: reportedPages.outcome, total: count() })
    .from(reportedPages)
    .innerJoin(takedowns, eq(takedowns.id, reportedPages.takedownId))
    .where(and(inPeriod, isNotNull(reportedPages.outcome)))
    .groupBy(reportedPages.outcome)
    .all()
  const times = readTimes(db, inPeriod, policy)
  const byStatus = inOrder(statuses, counted(takedowns.status))
  return {
    received: byStatus.reduce((sum, { total }) => sum + total, 0),
    decided: times.length,
    medianToDecision: median(times.map(({ taken }) => taken)),
    withinPolicy: times.filter(({ isWithinPolicy }) => isWithinPolicy).length,
    byStatus,
    byOutcome: inOrder(outcomes, pages),
    byLocale: inOrder(locales, counted(takedowns.locale)),
    bySource: inOrder(sources, counted(takedowns.source)),
  }
}

/** All of them, those that did not occur too. */
const inOrder = <Name extends string>(
  names: readonly Name[],
  rows: readonly { name: string | null; total: number }[],
) => names.map((name) => ({ name, total: rows.find((row) => row.name === name)?.total ?? 0 }))

/** Of every takedown that was ever decided. */
function readTimes(db: Db, inPeriod: ReturnType<typeof and>, policy: ClockPolicy): DecisionTime[] {
  const rows = db
    .select({ id: takedowns.id, receivedAt: takedowns.receivedAt, type: events.type, at: events.at })
    .from(takedowns)
    .innerJoin(events, eq(events.takedownId, takedowns.id))
    .where(and(inPeriod, inArray(events.type, ['claimant_asked', 'message_added', 'decided'])))
    .orderBy(asc(takedowns.id), asc(events.id))
    .all()
  const histories = new Map<number, { receivedAt: number; steps: Step[] }>()
  for (const { id, receivedAt, type, at } of rows) {
    const history = histories.get(id) ?? { receivedAt, steps: [] }
    history.steps.push({ type, at })
    histories.set(id, history)
  }
  return [...histories.values()].flatMap(
    ({ receivedAt, steps }) => decisionTime(receivedAt, steps, policy) ?? [],
  )
}

export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  const [low, high] = [
    sorted[Math.floor((sorted.length - 1) / 2)],
    sorted[Math.ceil((sorted.length - 1) / 2)],
  ]
  return low === undefined || high === undefined ? null : (low + high) / 2
}
