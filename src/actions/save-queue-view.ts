import { and, eq, isNull } from 'drizzle-orm'
import type { Db } from '../db/open.ts'
import { queueViews } from '../db/schema.ts'

export interface NewQueueView {
  readonly name: string
  /** The query of its URL. */
  readonly query: string
  /** Whose it is; null for everybody. */
  readonly staffId: number | null
}

/** Gives a view of the queue a name. One of the same name and owner now shows this. */
export function saveQueueView(db: Db, { name, query, staffId }: NewQueueView, now: number): void {
  db.transaction(
    (tx) => {
      const owner = staffId === null ? isNull(queueViews.staffId) : eq(queueViews.staffId, staffId)
      tx.delete(queueViews)
        .where(and(owner, eq(queueViews.name, name)))
        .run()
      tx.insert(queueViews).values({ name, query, staffId, at: now }).run()
    },
    { behavior: 'immediate' },
  )
}
