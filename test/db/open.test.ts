import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { DatabaseRefused, openDatabase } from '../../src/db/open.ts'
import { AlreadyRunning, lockProcess } from '../../src/db/process-lock.ts'
import { createLogger } from '../../src/lib/logger.ts'
import { projectRoot } from '../../src/lib/project-root.ts'
import { serve } from '../../src/serve.ts'
import { fixedClock } from '../support/fixed-clock.ts'
import { startTestApp, stopTestApp } from '../support/test-app.ts'

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rightsdesk-db-'))
  path = join(folder, 'takedowns.sqlite')
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
})
const open = () => {
  const db = openDatabase(path)
  onTestFinished(() => void db.$client.close())
  return db
}
const hashOf = async (file: string) =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex')

it('P1: every commit is synced, also on a file that is opened a second time', () => {
  openDatabase(path).$client.close()
  const { $client } = open()
  expect($client.pragma('synchronous', { simple: true })).toBe(2)
  expect($client.pragma('journal_mode', { simple: true })).toBe('wal')
  expect($client.pragma('foreign_keys', { simple: true })).toBe(1)
  expect($client.pragma('busy_timeout', { simple: true })).toBeLessThanOrEqual(300)
  expect($client.prepare('SELECT sqlite_version()').pluck().get()).toMatch(/^3\.(5[1-9]|[6-9]\d)/)
})

it('leaves the log to Litestream where that copies the database, and folds it in itself elsewhere', () => {
  const logged = (isReplicated: boolean) => {
    const { $client } = openDatabase(path, { isReplicated })
    onTestFinished(() => void $client.close())
    $client.exec('CREATE TABLE IF NOT EXISTS example (text)')
    const insert = $client.prepare('INSERT INTO example VALUES (?)')
    for (let row = 0; row < 1200; row++) insert.run('x'.repeat(4000))
    return statSync(`${path}-wal`).size
  }
  expect(logged(true)).toBeGreaterThan(1200 * 4096)
  const before = statSync(path).size
  logged(false)
  expect(statSync(path).size).toBeGreaterThan(before + 1000 * 4096)
})

describe('what is refused, with what to do, the file untouched', () => {
  const refused = async (words: RegExp) => {
    const before = await hashOf(path)
    expect(() => openDatabase(path)).toThrow(DatabaseRefused)
    expect(() => openDatabase(path)).toThrow(words)
    expect(await hashOf(path)).toBe(before)
  }

  it('P8: a database of a newer version', async () => {
    const { $client } = openDatabase(path)
    $client.exec("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('future', 9999999999999)")
    $client.pragma('journal_mode = DELETE')
    $client.close()
    await refused(/newer version/)
  })

  it('P8: a newer one with a log that was not folded in: neither file changes, and none is added', async () => {
    const { $client } = openDatabase(path)
    $client.exec("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('future', 9999999999999)")
    // As a kill leaves it: the newest pages stand in the log alone.
    const killed = join(folder, 'killed')
    await mkdir(killed)
    for (const end of ['', '-wal']) await copyFile(path + end, join(killed, `takedowns.sqlite${end}`))
    $client.close()
    path = join(killed, 'takedowns.sqlite')
    const log = await hashOf(`${path}-wal`)
    await refused(/newer version/)
    expect(await hashOf(`${path}-wal`)).toBe(log)
    expect((await readdir(killed)).sort()).toEqual(['takedowns.sqlite', 'takedowns.sqlite-wal'])
  })

  it('P8: a database that ends in the middle', async () => {
    const { $client } = openDatabase(path)
    $client.pragma('journal_mode = DELETE')
    $client.close()
    const bytes = await readFile(path)
    await writeFile(path, bytes.subarray(0, bytes.length >> 1))
    await refused(/damaged/)
  })

  it('P8: one whose migration fails, for that is one transaction; a copy stands beside', async () => {
    const { $client } = openDatabase(path)
    const applied = $client.prepare('SELECT count(*) FROM __drizzle_migrations').pluck()
    const last = Number(applied.get())
    $client.exec(
      'DELETE FROM __drizzle_migrations WHERE created_at = (SELECT max(created_at) FROM __drizzle_migrations)',
    )
    $client.close()
    // The last migration's own work is there already, so it fails in the middle.
    const before = await hashOf(path)
    expect(() => openDatabase(path)).toThrow()
    const client = new Sqlite(path, { readonly: true })
    expect(client.prepare('SELECT count(*) FROM __drizzle_migrations').pluck().get()).toBe(last - 1)
    expect(client.pragma('quick_check', { simple: true })).toBe('ok')
    client.close()
    expect(await hashOf(path)).toBe(before)
    expect((await readdir(folder)).filter((name) => name.includes('before-migration'))).toEqual([
      `takedowns.sqlite.before-migration-${last - 1}`,
    ])
  })

  it('P8: an SQLite file of something else', async () => {
    const client = new Sqlite(path)
    client.exec('CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES (1)')
    client.close()
    await refused(/something else/)
  })

  it('P8: a file that is no database', async () => {
    await writeFile(path, 'These are not the bytes that you are looking for. '.repeat(100))
    await refused(/not an SQLite database/)
  })

  it('P8: a database with a damaged page', async () => {
    const { $client } = openDatabase(path)
    $client.pragma('journal_mode = DELETE')
    $client.close()
    const bytes = await readFile(path)
    bytes.fill(0xa5, 4096, bytes.length)
    await writeFile(path, bytes)
    await refused(/damaged|not an SQLite|Restore/)
  })
})

it('P8: a server does not start empty over evidence', async () => {
  const app = await startTestApp()
  await app.submit()
  await app.letters(2)
  await app.stop()
  for (const name of await readdir(app.dataDir)) {
    if (name.startsWith('takedowns.sqlite')) await rm(join(app.dataDir, name))
  }
  const start = () => startTestApp({}, { dataDir: app.dataDir })
  await expect(start()).rejects.toThrow(DatabaseRefused)
  await writeFile(join(app.dataDir, 'takedowns.sqlite'), '')
  await expect(start(), 'nor over an empty file').rejects.toThrow(DatabaseRefused)
  await rm(app.dataDir, { recursive: true, force: true })
})

describe('one process', () => {
  it('serves a data directory; a second one is refused until the first is gone', async () => {
    const first = lockProcess(join(folder, 'lock'))
    expect(() => lockProcess(join(folder, 'lock'))).toThrow(AlreadyRunning)
    first.release()
    lockProcess(join(folder, 'lock')).release()
  })

  it('P8: is refused before anything is listened on', async () => {
    const app = await startTestApp()
    onTestFinished(() => stopTestApp(app))
    const config = readConfig({ DATA_DIR: app.dataDir, PORT: '0', LOG_LEVEL: 'silent' })
    await expect(serve(config, fixedClock(), createLogger('silent'))).rejects.toThrow(AlreadyRunning)
    expect((await app.get('/readyz')).status).toBe(200)
  })
})

describe('the triggers', () => {
  it('hold the receipt, the events and the evidence as they were written', async () => {
    const app = await startTestApp()
    onTestFinished(() => stopTestApp(app))
    await app.submit()
    const { $client } = app.services.db
    const run = (sql: string) => () => $client.exec(sql)
    for (const change of [
      'UPDATE takedowns SET received_at = received_at + 1',
      "UPDATE takedowns SET reference = 'TD-0000-0000'",
      "UPDATE takedowns SET submission_key = 'other'",
      "UPDATE takedowns SET submission_digest = 'other'",
    ]) {
      expect(run(change), change).toThrow(/receipt of a takedown is fixed/)
    }
    expect(run('UPDATE takedowns SET received_at = received_at, status = status')).not.toThrow()
    expect(run('UPDATE events SET at = 0')).toThrow(/append-only/)
    expect(run('DELETE FROM events')).toThrow(/append-only/)
    expect(run('DELETE FROM takedowns')).toThrow(/never deleted/)
    expect(run('DELETE FROM screenshots')).toThrow(/never deleted/)
    expect(run("UPDATE screenshots SET sha256 = 'x'")).toThrow(/original of a screenshot is fixed/)
    expect(run('REPLACE INTO events SELECT * FROM events')).toThrow(/append-only|UNIQUE/)
    expect(run('REPLACE INTO takedowns SELECT * FROM takedowns')).toThrow()
  })
})

it('P8: a filled database of the first version is migrated whole, with a copy of it kept beside', async () => {
  const [first] = (await readdir(join(projectRoot, 'migrations'))).filter((name) => name.startsWith('0000'))
  const sql = await readFile(join(projectRoot, 'migrations', first ?? ''), 'utf8')
  const journal = await readFile(join(projectRoot, 'migrations/meta/_journal.json'), 'utf8')
  const when = /"when":\s*(\d+)/.exec(journal)?.[1]
  const client = new Sqlite(path)
  client.exec(sql.replaceAll('--> statement-breakpoint', ''))
  client.exec(
    'CREATE TABLE __drizzle_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, hash text NOT NULL, created_at numeric)',
  )
  client
    .prepare('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)')
    .run('first', Number(when))
  client.exec(`INSERT INTO takedowns (reference, source, locale, status, claimant_name, phone_typed, privacy_version,
    submission_key, submission_digest, access_key_nonce, access_key_hash, received_at, due_at, last_event_at)
    VALUES ('TD-1', 'form', 'ar', 'received', 'اسم', '050', 'v', 'k', 'd', 'n', 'h', 5, 6, 5);
    INSERT INTO events (takedown_id, at, actor, type, detail) VALUES (1, 5, 'claimant', 'submitted', '{"pages":1,"files":1}')`)
  client.close()
  const { $client } = open()
  expect($client.prepare('SELECT claimant_name FROM takedowns').pluck().all()).toEqual(['اسم'])
  expect($client.prepare('SELECT count(*) FROM events').pluck().get()).toBe(1)
  expect(() => $client.exec('DELETE FROM events')).toThrow(/append-only/)
  expect($client.pragma('foreign_key_check')).toEqual([])
  expect((await readdir(folder)).some((name) => name.includes('before-migration'))).toBe(true)
})
