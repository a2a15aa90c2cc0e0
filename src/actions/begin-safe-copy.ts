import { and, asc, eq, gte, lt, notInArray, sql } from 'drizzle-orm'
import type { Db } from '../db/open.ts'
import { screenshots } from '../db/schema.ts'

/** A file is tried this often, across crashes of the whole program too. */
export const mostCopyAttempts = 3

export interface CopyTask {
  readonly screenshotId: number
  /** Of the original, hex. */
  readonly sha256: string
}

/**
 * The oldest screenshot without its safe copy, null when there is none. The attempt is counted here, before it is
 * made: an image that takes the whole program down with it is not tried for ever. Screenshots that used all their
 * attempts and never came to an end are set to `failed`; `isSettled` tells that there were some. No event: that a
 * copy was made is no fact of the takedown's history. Screenshots in `hindered` are passed over.
 */
export function beginSafeCopy(
  db: Db,
  hindered: readonly number[] = [],
): { task: CopyTask | null; isSettled: boolean } {
  return db.transaction(
    (tx) => {
      const isPending = eq(screenshots.copyState, 'pending')
      const given = tx
        .update(screenshots)
        .set({ copyState: 'failed' })
        .where(and(isPending, gte(screenshots.copyAttempts, mostCopyAttempts)))
        .run()
      const next = tx
        .select({ screenshotId: screenshots.id, sha256: screenshots.sha256 })
        .from(screenshots)
        .where(
          and(
            isPending,
            lt(screenshots.copyAttempts, mostCopyAttempts),
            notInArray(screenshots.id, [...hindered]),
          ),
        )
        .orderBy(asc(screenshots.id))
        .limit(1)
        .get()
      if (next) {
        tx.update(screenshots)
          .set({ copyAttempts: sql`${screenshots.copyAttempts} + 1` })
          .where(eq(screenshots.id, next.screenshotId))
          .run()
      }
      return { task: next ?? null, isSettled: given.changes > 0 }
    },
    { behavior: 'immediate' },
  )
}
