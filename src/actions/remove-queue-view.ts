import { and, eq, isNull, or } from 'drizzle-orm'
import type { Db } from '../db/open.ts'
import { queueViews } from '../db/schema.ts'

/** Removes one of the person's own views, or one for everybody. Another person's view stays. */
export function removeQueueView(db: Db, id: number, staffId: number): void {
  const isTheirs = or(eq(queueViews.staffId, staffId), isNull(queueViews.staffId))
  db.delete(queueViews)
    .where(and(eq(queueViews.id, id), isTheirs))
    .run()
}
