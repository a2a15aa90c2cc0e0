import { and, eq, sql } from 'drizzle-orm'
import type { Db } from '../db/open.ts'
import { screenshots } from '../db/schema.ts'
import { endWaitForCopies } from '../outbox/copies.ts'
import { mostCopyAttempts } from './begin-safe-copy.ts'

/** `refused`: this attempt found the image bad. `hindered`: it came to nothing for a reason outside the image. */
export type SafeCopyResult =
  | { kind: 'made'; sha256: string; mediaType: string; bytes: number; likeness: string | null }
  | { kind: 'refused' }
  | { kind: 'hindered' }

/**
 * The end of the attempt that `beginSafeCopy` counted. True when the screenshot is now settled: `ready`, or `failed`
 * after the last attempt. Letters that waited for it alone are then due. A hindered attempt does not count. The copy must
 * be on disk already.
 */
export function recordSafeCopy(db: Db, screenshotId: number, result: SafeCopyResult, now: number): boolean {
  return db.transaction(
    (tx) => {
      const target = and(eq(screenshots.id, screenshotId), eq(screenshots.copyState, 'pending'))
      const row = tx
        .select({ attempts: screenshots.copyAttempts, takedownId: screenshots.takedownId })
        .from(screenshots)
        .where(target)
        .get()
      if (!row) return false
      if (result.kind === 'hindered') {
        tx.update(screenshots)
          .set({ copyAttempts: sql`max(0, ${row.attempts} - 1)` })
          .where(target)
          .run()
        return false
      }
      if (result.kind === 'refused') {
        if (row.attempts < mostCopyAttempts) return false
        tx.update(screenshots).set({ copyState: 'failed' }).where(target).run()
      } else {
        const { sha256, mediaType, bytes, likeness } = result
        tx.update(screenshots)
          .set({
            copyState: 'ready',
            copySha256: sha256,
            copyMediaType: mediaType,
            copyBytes: bytes,
            likeness,
          })
          .where(target)
          .run()
      }
      endWaitForCopies(tx, row.takedownId, now)
      return true
    },
    { behavior: 'immediate' },
  )
}
