import { and, eq, inArray, notInArray } from 'drizzle-orm'
import type { Db } from '../db/open.ts'
import { keptUploads } from '../db/schema.ts'
import type { EvidenceFile } from './submit-takedown.ts'

/**
 * Keeps accepted files with a form that was not accepted, so that the next try finds them: exactly these files,
 * none besides.
 */
export function keepUploads(
  db: Db,
  submissionKey: string,
  files: readonly EvidenceFile[],
  now: number,
): void {
  const hashes = files.map((file) => file.sha256)
  db.transaction(
    (tx) => {
      const removed = and(
        eq(keptUploads.submissionKey, submissionKey),
        notInArray(keptUploads.sha256, hashes),
      )
      tx.delete(keptUploads).where(removed).run()
      if (files.length === 0) return
      const rows = files.map(({ copyState: _, ...file }) => ({ ...file, submissionKey, at: now }))
      tx.insert(keptUploads).values(rows).onConflictDoNothing().run()
    },
    { behavior: 'immediate' },
  )
}

/** Of the files kept with this form, those whose boxes are still ticked. */
export function keptUploadsOf(db: Db, submissionKey: string, hashes: readonly string[]) {
  if (hashes.length === 0) return []
  return db
    .select()
    .from(keptUploads)
    .where(and(eq(keptUploads.submissionKey, submissionKey), inArray(keptUploads.sha256, [...hashes])))
    .all()
}
