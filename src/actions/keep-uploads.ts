import { and, asc, eq, inArray, isNull, notInArray, sql } from 'drizzle-orm'
import type { Db } from '../db/open.ts'
import { keptUploads, screenshots, takedowns } from '../db/schema.ts'
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

const fileColumns = <Table extends typeof keptUploads | typeof screenshots>(table: Table) => ({
  sha256: table.sha256,
  fileName: table.fileName,
  mediaType: table.mediaType,
  bytes: table.bytes,
  width: table.width,
  height: table.height,
})

/**
 * Of the files kept with this form, those whose boxes are still ticked, in the order in which they came. Where the form was sent already, its files
 * stand with the takedown: who goes back and changes a word finds them still.
 */
export function keptUploadsOf(db: Db, submissionKey: string, hashes: readonly string[]) {
  if (hashes.length === 0) return []
  const kept = db
    .select(fileColumns(keptUploads))
    .from(keptUploads)
    .where(and(eq(keptUploads.submissionKey, submissionKey), inArray(keptUploads.sha256, [...hashes])))
    .orderBy(sql`kept_uploads.rowid`)
    .all()
  const sent = db
    .select(fileColumns(screenshots))
    .from(screenshots)
    .innerJoin(takedowns, eq(takedowns.id, screenshots.takedownId))
    .where(
      and(
        eq(takedowns.submissionKey, submissionKey),
        isNull(screenshots.messageId),
        inArray(screenshots.sha256, [...hashes]),
      ),
    )
    .orderBy(asc(screenshots.id))
    .all()
  return [...kept, ...sent]
}
