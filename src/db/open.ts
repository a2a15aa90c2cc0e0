import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { z } from 'zod'
import { counted } from '../lib/counted.ts'
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

function refuseUnlessKnown(client: Sqlite.Database, path: string): void {
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
}

export interface OpenOptions {
  /** Litestream folds the log in: two programs that do, one with an SQLite before 3.51.3, can damage the file. */
  readonly isReplicated?: boolean
  /** The file is a copy itself: none is put beside it before a migration. */
  readonly isCopy?: boolean
}

function setPragmas(client: Sqlite.Database, { isReplicated = false }: OpenOptions) {
  client.pragma('journal_mode = WAL')
  if (isReplicated) client.pragma('wal_autocheckpoint = 0')
  // better-sqlite3 opens an existing WAL file with NORMAL: a commit would then not be on disk when we answer.
  client.pragma('synchronous = FULL')
  // Without it REPLACE deletes rows past the triggers that forbid deleting.
  client.pragma('recursive_triggers = ON')
  // A savepoint's journal would else need a writable temporary directory, which a locked-down service may not have.
  client.pragma('temp_store = MEMORY')
  // A longer wait would block the event loop; busy acts are retried asynchronously instead (db/busy.ts).
  client.pragma('busy_timeout = 250')
}

/** A whole copy, on disk under its name before anything is changed. One of an earlier try is replaced when it is whole. */
function copyBeside(client: Sqlite.Database, copy: string) {
  const unfinished = `${copy}.unfinished`
  rmSync(unfinished, { force: true })
  client.prepare('VACUUM INTO ?').run(unfinished)
  sync(unfinished)
  renameSync(unfinished, copy)
  // Windows has no handle for a directory.
  if (process.platform !== 'win32') sync(dirname(copy))
}

function sync(path: string) {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/**
 * All that is pending in one transaction, its references checked before the commit. drizzle's own migrator commits by
 * itself, and what it broke would stay. The table is drizzle's, as databases have it.
 */
function applyMigrations(client: Sqlite.Database, path: string, needsCopy: boolean) {
  const applied = appliedMigrations(client)
  const pending = readMigrationFiles({ migrationsFolder }).filter(
    ({ folderMillis }) => !applied.includes(folderMillis),
  )
  if (pending.length === 0) return
  if (needsCopy) copyBeside(client, `${path}.before-migration-${applied.length}`)
  // A generated table rebuild with foreign keys on cascades deletes.
  client.pragma('foreign_keys = OFF')
  const applyAll = client.transaction(() => {
    client.exec(migrationsTable)
    const record = client.prepare('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)')
    for (const { sql, hash, folderMillis } of pending) {
      for (const statement of sql) client.exec(statement)
      record.run(hash, folderMillis)
    }
    const broken = client.prepare('SELECT count(*) FROM pragma_foreign_key_check').pluck().get()
    if (broken !== 0) {
      throw new DatabaseRefused(
        `${path}: a migration would break ${counted(Number(broken), 'reference')}; nothing was changed.`,
      )
    }
  })
  applyAll.immediate()
}

const migrationsTable = `CREATE TABLE IF NOT EXISTS __drizzle_migrations (
  id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)`

/** Looks without writing: a connection that may write would fold the log of a refused database into it. */
function checkUntouched(path: string) {
  const beside = ['-wal', '-shm'].map((end) => path + end)
  const added = beside.filter((file) => !existsSync(file))
  const client = new Sqlite(path, { readonly: true })
  try {
    refuseUnlessKnown(client, path)
  } finally {
    client.close()
    // Of a reader alone: the log is empty, and the other file is made anew by whoever opens next.
    for (const file of added) rmSync(file, { force: true })
  }
}

/**
 * Opens (and creates or migrates) the database at `path`.
 * Throws DatabaseRefused when the file is damaged, foreign, or newer than this program; it is then untouched.
 */
export function openDatabase(path: string, options: OpenOptions = {}): Db {
  const isNew = !existsSync(path)
  if (!isNew) unlessDamaged(path, () => checkUntouched(path))
  const client = new Sqlite(path)
  return unlessDamaged(path, () => {
    try {
      setPragmas(client, options)
      applyMigrations(client, path, !isNew && !options.isCopy)
      client.pragma('foreign_keys = ON')
      return drizzle({ client, schema, casing: 'snake_case' })
    } catch (error) {
      client.close()
      throw error
    }
  })
}

function unlessDamaged<Result>(path: string, act: () => Result): Result {
  try {
    return act()
  } catch (error) {
    if (error instanceof Sqlite.SqliteError && /^SQLITE_(NOTADB|CORRUPT)/.test(error.code)) {
      const what = error.code === 'SQLITE_NOTADB' ? 'not an SQLite database' : 'damaged'
      throw new DatabaseRefused(`${path} is ${what}. Restore it from a backup.`)
    }
    throw error
  }
}
