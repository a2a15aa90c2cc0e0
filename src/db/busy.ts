import { setTimeout as sleep } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { unavailable } from '../lib/failures.ts'

const codeOf = (error: unknown) => (error instanceof Sqlite.SqliteError ? error.code : '')
const isBusy = (error: unknown) =>
  codeOf(error).startsWith('SQLITE_BUSY') || codeOf(error) === 'SQLITE_LOCKED'

/**
 * Codes under which nothing was written and a later try may succeed: full or failing disk, read-only file. Where the
 * disk fails to read a page (EIO), SQLite says SQLITE_CORRUPT.
 */
const passing = ['SQLITE_FULL', 'SQLITE_IOERR', 'SQLITE_READONLY', 'SQLITE_CANTOPEN', 'SQLITE_CORRUPT']
const isPassing = (error: unknown) => passing.some((prefix) => codeOf(error).startsWith(prefix))

/** Neither written to nor read just now, for a reason that is no defect. */
export const isNotUsableNow = (error: unknown): boolean => isBusy(error) || isPassing(error)

/** A disk that failed once, or a database that is damaged: a person has to look. */
export const looksDamaged = (error: unknown): boolean => codeOf(error).startsWith('SQLITE_CORRUPT')

/** What an answer can do without: null where the database cannot be read just now. */
export function readIfPossible<Result>(read: () => Result): Result | null {
  try {
    return read()
  } catch (error) {
    if (isNotUsableNow(error)) return null
    throw error
  }
}

/** Writes that the disk did not take since the start, and whether none is known to have been taken since the last. */
let failures = 0
let hasFailedLast = false

const noteFailure = () => {
  failures++
  hasFailedLast = true
}

/** What is known of this process's writes; one database to a process. */
export const writeStanding = () => ({ failures, hasFailedLast })

/** After a failure: one was taken again. */
export const noteWritten = (): void => {
  hasFailedLast = false
}

let retries = 0
/** How often this process has tried an act again since its start. */
export const busyRetries = (): number => retries

/**
 * Runs an act; while another process holds the database it is tried again, asynchronously, so that the event
 * loop goes on. What cannot be written now becomes a 503 Failure, never a 500.
 */
export async function whenNotBusy<Result>(act: () => Result | Promise<Result>, tries = 12): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await act()
    } catch (error) {
      if (!isNotUsableNow(error)) throw error
      if (isPassing(error)) noteFailure()
      if (isPassing(error) || attempt === tries) throw unavailable(error)
    }
    retries++
    await sleep(20 * attempt)
  }
}
