import { closeSync, existsSync, fsyncSync, openSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { z } from 'zod'
import { projectRoot } from '../lib/project-root.ts'
import * as schema from './schema.ts'

export type Db = BetterSQLite3Database<typeof schema> & { readonly $client: Sqlite.Database }
/** What an act's inner functions write through: the open transaction, or the database itself for reads. */
export type Tx = Pick<Db, 'select' | 'insert' | 'update' | 'delete' | 'run' | 'all' | 'get' | '_'>

/** The database cannot be used as it stands; the message says what to do. */
export class DatabaseRefused extends Error {}

const migrationsFolder = join(projectRoot, 'migrations')
const journalShape = z.object({ entries: z.array(z.object({ when: z.number() })) })

/** The same of all that this program knows, oldest first. */
export function knownMigrations(): number[] {
  const journal: unknown = JSON.parse(readFileSync(join(migrationsFolder, 'meta/_journal.json'), 'utf8'))
  return journalShape.parse(journal).entries.map((entry) => entry.when)
}

/** When each migration that this file has seen was made, as the journal of migrations names it. */
export function appliedMigrations(client: Sqlite.Database): number[] {
  const exists = client
    .prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '__drizzle_migrations'")
    .get()
  if (!exists) return []
  const rows = client.prepare('SELECT created_at FROM __drizzle_migrations').pluck().all()
  return z.array(z.coerce.number()).parse(rows)
}

function refuseUnlessKnown(client: Sqlite.Database, path: string): number {
  const check = client.pragma('quick_check', { simple: true })
  if (check !== 'ok') {
    throw new DatabaseRefused(`${path} is damaged (quick_check: ${check}). Restore it from a backup.`)
  }
  const known = knownMigrations()
  const applied = appliedMigrations(client)
  if (applied.some((when) => !known.includes(when))) {
    throw new DatabaseRefused(`${path} was written by a newer version of this program. Start that version.`)
  }
  const tables = client.prepare("SELECT count(*) FROM sqlite_master WHERE type = 'table'").pluck().get()
  if (applied.length === 0 && tables !== 0) {
    throw new DatabaseRefused(`${path} is an SQLite file of something else. Choose another DATA_DIR.`)
  }
  return known.length - applied.length
}

function setPragmas(client: Sqlite.Database) {
  client.pragma('journal_mode = WAL')
  // better-sqlite3 opens an existing WAL file with NORMAL: a commit would then not be on disk when we answer.
  client.pragma('synchronous = FULL')
  // Without it REPLACE deletes rows past the triggers that forbid deleting.
  client.pragma('recursive_triggers = ON')
  // A longer wait would block the event loop; busy acts are retried asynchronously instead (db/busy.ts).
  client.pragma('busy_timeout = 250')
}

/** A whole copy, on disk before anything is changed. One that an earlier, broken migration left is written anew. */
function copyBeside(client: Sqlite.Database, copy: string) {
  rmSync(copy, { force: true })
  client.prepare('VACUUM INTO ?').run(copy)
  const file = openSync(copy, 'r')
  fsyncSync(file)
  closeSync(file)
}

function applyMigrations(db: Db, path: string, pending: number, isNew: boolean) {
  const client = db.$client
  if (pending === 0) return
  if (!isNew) {
    copyBeside(client, `${path}.before-migration-${knownMigrations().length - pending}`)
  }
  // A generated table rebuild with foreign keys on cascades deletes.
  client.pragma('foreign_keys = OFF')
  migrate(db, { migrationsFolder })
  const broken = client.pragma('foreign_key_check')
  if (Array.isArray(broken) && broken.length > 0) {
    throw new DatabaseRefused(`${path}: ${broken.length} broken references after the migration.`)
  }
}

/**
 * Opens (and creates or migrates) the database at `path`.
 * Throws DatabaseRefused when the file is damaged, foreign, or newer than this program; it is then untouched.
 */
export function openDatabase(path: string): Db {
  const isNew = !existsSync(path)
  const client = new Sqlite(path)
  try {
    const pending = isNew ? 1 : refuseUnlessKnown(client, path)
    setPragmas(client)
    const db = drizzle({ client, schema, casing: 'snake_case' })
    applyMigrations(db, path, pending, isNew)
    client.pragma('foreign_keys = ON')
    return db
  } catch (error) {
    client.close()
    if (error instanceof Sqlite.SqliteError && /^SQLITE_(NOTADB|CORRUPT)/.test(error.code)) {
      const what = error.code === 'SQLITE_NOTADB' ? 'not an SQLite database' : 'damaged'
      throw new DatabaseRefused(`${path} is ${what}. Restore it from a backup.`)
    }
    throw error
  }
}
