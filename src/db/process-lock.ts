import Sqlite from 'better-sqlite3'

/** Another process serves this data directory. */
export class AlreadyRunning extends Error {}

/**
 * Lets one process serve a data directory: an exclusive SQLite lock on a file of its own, which the operating
 * system releases when the process dies, however it dies. Two servers on one directory mailed letters twice.
 */
export function lockProcess(path: string): { release(): void } {
  const client = new Sqlite(path, { timeout: 0 })
  try {
    client.pragma('journal_mode = DELETE')
    client.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    client.close()
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new AlreadyRunning('another process is serving this data directory')
    }
    throw error
  }
  return { release: () => client.close() }
}
