import Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import type { Db } from './open.ts'
import * as schema from './schema.ts'

/**
 * A connection for commands beside a running server. SQLite cannot take the lock that a checkpoint needs on a file
 * that was opened for reading alone, so that this one never writes to the live file, not even when it is the last to
 * close. Throws what SQLite says of a file that is missing or none of its own.
 */
export const openReadOnly = (path: string): Db =>
  drizzle({
    client: new Sqlite(path, { readonly: true, fileMustExist: true, timeout: 5000 }),
    schema,
    casing: 'snake_case',
  })
