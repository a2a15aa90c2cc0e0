import { readdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { inArray } from 'drizzle-orm'
import type { Db } from '../db/open.ts'
import { incomingMessages, keptUploads, screenshots } from '../db/schema.ts'
import type { EvidenceStore } from './store.ts'

/**
 * Paths of evidence files last written before `before` (ms) that no row names: of a request that ended between file
 * and row, of a form that was never sent, of a screenshot that was taken off the form again. None where no screenshot
 * is known at all: that database is a lost one, and its evidence no stray.
 */
export async function* strayFiles(
  db: Db,
  evidence: Pick<EvidenceStore, 'pathOf'>,
  before: number,
): AsyncGenerator<string> {
  if (!db.select({ id: screenshots.id }).from(screenshots).limit(1).get()) return
  for (const shelf of ['originals', 'copies'] as const) {
    const folder = dirname(dirname(evidence.pathOf('0'.repeat(64), shelf)))
    for (const part of await readdir(folder)) {
      const names = await readdir(join(folder, part))
      const named = shelf === 'originals' ? namedOriginals(db, names) : namedCopies(db, names)
      for (const name of names) {
        const path = join(folder, part, name)
        if (!named.has(name) && (await writtenBefore(path, before))) yield path
      }
    }
  }
}

function namedOriginals(db: Db, hashes: readonly string[]): ReadonlySet<string> {
  const rows = [screenshots, keptUploads, incomingMessages].flatMap((table) =>
    db
      .select({ hash: table.sha256 })
      .from(table)
      .where(inArray(table.sha256, [...hashes]))
      .all(),
  )
  return new Set(rows.map(({ hash }) => hash))
}

function namedCopies(db: Db, hashes: readonly string[]): ReadonlySet<string | null> {
  const { copySha256 } = screenshots
  const rows = db
    .select({ hash: copySha256 })
    .from(screenshots)
    .where(inArray(copySha256, [...hashes]))
    .all()
  return new Set(rows.map(({ hash }) => hash))
}

/** The same content may have come again just now, its row not yet written: then the file is young. */
async function writtenBefore(path: string, before: number): Promise<boolean> {
  const file = await stat(path).catch(() => null)
  return file !== null && file.mtimeMs < before
}
