import { asc, eq, isNull, or } from 'drizzle-orm'
import type { Tx } from '../db/open.ts'
import { queueViews } from '../db/schema.ts'

/** The views that a person sees: their own, and those for everybody. */
export const queueViewsOf = (tx: Tx, staffId: number) =>
  tx
    .select()
    .from(queueViews)
    .where(or(eq(queueViews.staffId, staffId), isNull(queueViews.staffId)))
    .orderBy(asc(queueViews.name), asc(queueViews.id))
    .all()
