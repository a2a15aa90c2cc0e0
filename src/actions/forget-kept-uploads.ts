import { eq, lt, sql } from 'drizzle-orm'
import type { Db } from '../db/open.ts'
import { keptUploads, screenshots } from '../db/schema.ts'

/**
 * Forgets files whose form was never sent since `before`. Answers the hashes to which no row points any more:
 * those files are strays now.
 */
export function forgetKeptUploads(db: Db, before: number): string[] {
  return db.transaction(
    (tx) => {
      const forgotten = tx
        .delete(keptUploads)
        .where(lt(keptUploads.at, before))
        .returning({ sha256: keptUploads.sha256 })
        .all()
      return [...new Set(forgotten.map((row) => row.sha256))].filter((sha256) => isStray(tx, sha256))
    },
    { behavior: 'immediate' },
  )
}

type Reader = Pick<Db, 'select'>

const isStray = (tx: Reader, sha256: string): boolean => {
  const sent = tx.select({ one: sql`1` }).from(screenshots).where(eq(screenshots.sha256, sha256)).get()
  const kept = tx.select({ one: sql`1` }).from(keptUploads).where(eq(keptUploads.sha256, sha256)).get()
  return !sent && !kept
}
