import { and, eq, isNull, ne } from 'drizzle-orm'
import type { Db } from '../db/open.ts'
import { queueViews } from '../db/schema.ts'

/** Gives a kept view another name. One of the same owner that had it goes: a name shows one view. */
export function renameQueueView(
  db: Db,
  { id, staffId }: { readonly id: number; readonly staffId: number | null },
  name: string,
): void {
  db.transaction(
    (tx) => {
      const owner = staffId === null ? isNull(queueViews.staffId) : eq(queueViews.staffId, staffId)
      tx.delete(queueViews)
        .where(and(owner, eq(queueViews.name, name), ne(queueViews.id, id)))
        .run()
      tx.update(queueViews)
        .set({ name })
        .where(and(owner, eq(queueViews.id, id)))
        .run()
    },
    { behavior: 'immediate' },
  )
}
