import { and, count, eq, gt, lte, max } from 'drizzle-orm'
import type { Db } from '../db/open.ts'
import { takedowns } from '../db/schema.ts'

type Source = (typeof takedowns.source.enumValues)[number]
type Totals = Record<Source, number>

/** Takedowns looked at in one step: about 10 ms. */
const atOnce = 20_000

/**
 * How many takedowns came in at each door. A door never changes, so that each takedown is looked at once, a part at every
 * call: no index is needed, and no call takes long. `all` is right once `isWhole`.
 */
export function createDoorTally(db: Db) {
  const newest = () =>
    db
      .select({ id: max(takedowns.id) })
      .from(takedowns)
      .get()?.id ?? 0
  const before: Totals = { form: 0, email: 0 }
  const since: Totals = { form: 0, email: 0 }
  const start = newest()
  let oldTo = 0
  let newTo = start

  function add(totals: Totals, from: number, to: number) {
    const inPart = and(gt(takedowns.id, from), lte(takedowns.id, to))
    for (const source of takedowns.source.enumValues) {
      const found = db
        .select({ total: count() })
        .from(takedowns)
        .where(and(inPart, eq(takedowns.source, source)))
      totals[source] += found.get()?.total ?? 0
    }
    return to
  }

  return () => {
    newTo = add(since, newTo, Math.min(newest(), newTo + atOnce))
    if (oldTo < start) oldTo = add(before, oldTo, Math.min(start, oldTo + atOnce))
    const all: Totals = { form: before.form + since.form, email: before.email + since.email }
    return { sinceStart: since, all, isWhole: oldTo >= start }
  }
}
