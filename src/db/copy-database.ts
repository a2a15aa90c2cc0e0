import { open } from 'node:fs/promises'
import Sqlite from 'better-sqlite3'
import type { Db } from './open.ts'

/** 8 MB: a step takes milliseconds, so that the progress is seen and a signal heard. */
const pagesAStep = 2000

/**
 * Copies the database as it stands now to the new file `to` (mode 0600, synced) while others write to it.
 * `onProgress` hears 0 to 1.
 *
 * A backup in steps begins anew whenever another process has written, and under constant writing never ends. The
 * steps therefore run inside one read transaction: all of them see the same state, and in WAL mode nobody waits for it.
 * Meanwhile the log cannot be reset and grows by what is written.
 */
export async function copyDatabase(
  { $client: source }: Db,
  to: string,
  onProgress: (done: number) => void = () => undefined,
): Promise<void> {
  await (await open(to, 'wx', 0o600)).close()
  source.exec('BEGIN')
  try {
    // The transaction begins with the first read.
    source.prepare('SELECT count(*) FROM sqlite_master').get()
    await source.backup(to, {
      progress({ totalPages, remainingPages }) {
        onProgress(totalPages === 0 ? 0 : 1 - remainingPages / totalPages)
        return pagesAStep
      },
    })
  } finally {
    source.exec('COMMIT')
  }
  leaveWal(to)
  await syncFile(to)
}

/** One file that can be read from a medium that nobody can write to. */
function leaveWal(path: string) {
  const copy = new Sqlite(path)
  try {
    copy.pragma('journal_mode = DELETE')
  } finally {
    copy.close()
  }
}

async function syncFile(path: string) {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
