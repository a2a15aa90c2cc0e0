import { and, asc, eq, notInArray, sql } from 'drizzle-orm'
import type { Db, Tx } from '../db/open.ts'
import { screenshots } from '../db/schema.ts'
import { endWaitForCopies } from '../outbox/copies.ts'

/** A file is tried this often, across crashes of the whole program too. */
export const mostCopyAttempts = 3

export interface CopyTask {
  readonly screenshotId: number
  /** Of the original, hex. */
  readonly sha256: string
}

/**
 * The oldest screenshot without its safe copy, null when there is none. The attempt is counted here, before it is
 * made: an image that takes the whole program down with it is not tried for ever. Those before it that used all their
 * attempts and never came to an end are set to `failed`; `isSettled` tells that there were some. No event: that a
 * copy was made is no fact of the takedown's history. Screenshots in `hindered` are passed over.
 */
export function beginSafeCopy(
  db: Db,
  now: number,
  hindered: readonly number[] = [],
): { task: CopyTask | null; isSettled: boolean } {
  return db.transaction(
    (tx) => {
      let isSettled = false
      for (;;) {
        const next = oldestPending(tx, hindered)
        if (!next) return { task: null, isSettled }
        const { screenshotId, sha256, takedownId, attempts } = next
        const isUsedUp = attempts >= mostCopyAttempts
        tx.update(screenshots)
          .set(isUsedUp ? { copyState: 'failed' } : { copyAttempts: attempts + 1 })
          .where(eq(screenshots.id, screenshotId))
          .run()
        if (!isUsedUp) return { task: { screenshotId, sha256 }, isSettled }
        endWaitForCopies(tx, takedownId, now)
        isSettled = true
      }
    },
    { behavior: 'immediate' },
  )
}

const oldestPending = (tx: Tx, hindered: readonly number[]) =>
  tx
    .select({
      screenshotId: screenshots.id,
      sha256: screenshots.sha256,
      takedownId: screenshots.takedownId,
      attempts: screenshots.copyAttempts,
    })
    .from(screenshots)
    // Word for word the condition of the index `screenshots_pending`.
    .where(and(sql`${screenshots.copyState} = 'pending'`, notInArray(screenshots.id, [...hindered])))
    .orderBy(asc(screenshots.id))
    .limit(1)
    .get()
