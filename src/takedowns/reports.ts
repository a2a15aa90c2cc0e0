import { setImmediate } from 'node:timers/promises'
import { and, asc, count, gt, gte, inArray, isNotNull, lt, or } from 'drizzle-orm'
import type { Db } from '../db/open.ts'
import { events, reportedPages, takedowns } from '../db/schema.ts'
import { type Locale, locales } from '../i18n/locales.ts'
import type { ClockPolicy } from './clocks.ts'
import { type DecisionTime, decisionTime, type Step } from './decision-time.ts'
import { type Outcome, outcomes } from './outcomes.ts'
import { type Status, statuses } from './statuses.ts'
import type { Takedown } from './store.ts'

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

const takedownsAtOnce = 250

/**
 * Of what was received from `from` on and before `until`. It is read in parts with everybody else between them: what
 * happens meanwhile is in it or not, but each takedown once. Null as soon as nobody wants it any more.
 */
export async function readReport(
  db: Db,
  { from, until }: { from: number; until: number },
  policy: ClockPolicy,
  isWanted: () => boolean = () => true,
): Promise<Report | null> {
  const [byStatus, byOutcome, byLocale, bySource] = [tally(), tally(), tally(), tally()]
  const taken: number[] = []
  let received = 0
  let withinPolicy = 0
  for (const part of inParts(db, from, until)) {
    if (!isWanted()) return null
    received += part.length
    for (const { status, locale, source } of part) {
      byStatus.add(status)
      byLocale.add(locale)
      bySource.add(source)
    }
    for (const { outcome, total } of outcomesOf(db, part)) byOutcome.add(outcome, total)
    for (const time of timesOf(db, part, policy)) {
      taken.push(time.taken)
      if (time.isWithinPolicy) withinPolicy += 1
    }
    await setImmediate()
  }
  return {
    received,
    decided: taken.length,
    medianToDecision: median(taken),
    withinPolicy,
    byStatus: byStatus.inOrder(statuses),
    byOutcome: byOutcome.inOrder(outcomes),
    byLocale: byLocale.inOrder(locales),
    bySource: bySource.inOrder(sources),
  }
}

type Received = Pick<Takedown, 'id' | 'receivedAt' | 'status' | 'locale' | 'source'>

/** The moment of receipt never changes, so that none is met twice. */
function* inParts(db: Db, from: number, until: number): Generator<Received[]> {
  const { id, receivedAt, status, locale, source } = takedowns
  let after = { receivedAt: from, id: 0 }
  for (;;) {
    const beyond = or(gt(receivedAt, after.receivedAt), gt(id, after.id))
    const part = db
      .select({ id, receivedAt, status, locale, source })
      .from(takedowns)
      .where(and(gte(receivedAt, after.receivedAt), lt(receivedAt, until), beyond))
      .orderBy(asc(receivedAt), asc(id))
      .limit(takedownsAtOnce)
      .all()
    const last = part.at(-1)
    if (!last) return
    yield part
    after = last
  }
}

function tally() {
  const totals = new Map<string | null, number>()
  return {
    add: (name: string | null, some = 1) => totals.set(name, (totals.get(name) ?? 0) + some),
    /** All of them, those that did not occur too. */
    inOrder: <Name extends string>(names: readonly Name[]) =>
      names.map((name) => ({ name, total: totals.get(name) ?? 0 })),
  }
}

const idsOf = (part: readonly Received[]) => part.map(({ id }) => id)

const outcomesOf = (db: Db, part: readonly Received[]) =>
  db
    .select({ outcome: reportedPages.outcome, total: count() })
    .from(reportedPages)
    .where(and(inArray(reportedPages.takedownId, idsOf(part)), isNotNull(reportedPages.outcome)))
    .groupBy(reportedPages.outcome)
    .all()

/** Of every one that was ever decided. */
function timesOf(db: Db, part: readonly Received[], policy: ClockPolicy): DecisionTime[] {
  const steps = db
    .select({ takedownId: events.takedownId, type: events.type, at: events.at })
    .from(events)
    .where(
      and(
        inArray(events.takedownId, idsOf(part)),
        inArray(events.type, ['claimant_asked', 'message_added', 'decided']),
      ),
    )
    .orderBy(asc(events.takedownId), asc(events.id))
    .all()
  const histories = new Map<number, Step[]>()
  for (const { takedownId, type, at } of steps) {
    const history = histories.get(takedownId) ?? []
    history.push({ type, at })
    histories.set(takedownId, history)
  }
  return part.flatMap(({ id, receivedAt }) => decisionTime(receivedAt, histories.get(id) ?? [], policy) ?? [])
}

export function median(values: readonly number[]): number | null {
  // Numbers alone are sorted ten times as fast as by a comparison.
  const sorted = Float64Array.from(values).sort()
  const [low, high] = [
    sorted[Math.floor((sorted.length - 1) / 2)],
    sorted[Math.ceil((sorted.length - 1) / 2)],
  ]
  return low === undefined || high === undefined ? null : (low + high) / 2
}
