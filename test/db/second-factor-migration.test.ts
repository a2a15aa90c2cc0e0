import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { openDatabase } from '../../src/db/open.ts'
import { projectRoot } from '../../src/lib/project-root.ts'

const journalShape = z.looseObject({ entries: z.array(z.looseObject({ idx: z.number() })) })

it('P8: accounts and sessions of the version before are all there after 0008, and it runs once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rightsdesk-db-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const before = join(folder, 'migrations')
  await cp(join(projectRoot, 'migrations'), before, { recursive: true })
  const journalPath = join(before, 'meta/_journal.json')
  const journal = journalShape.parse(JSON.parse(await readFile(journalPath, 'utf8')))
  const entries = journal.entries.filter(({ idx }) => idx < 8)
  await writeFile(journalPath, JSON.stringify({ ...journal, entries }))

  const path = join(folder, 'takedowns.sqlite')
  const old = new Sqlite(path)
  migrate(drizzle(old), { migrationsFolder: before })
  old.exec(`INSERT INTO staff (email, name, role, locale, password_hash, created_at)
      VALUES ('a@example.org', 'اسم', 'admin', 'ar', 'h', 1), ('b@example.org', 'שם', 'viewer', 'he', 'h', 2);
    INSERT INTO staff_sessions (token_hash, staff_id, created_at, last_seen_at) VALUES ('t', 1, 3, 4)`)
  const rowsOf = (client: Sqlite.Database) =>
    ['staff', 'staff_sessions'].map((table) => client.prepare(`SELECT * FROM ${table}`).all())
  const rows = rowsOf(old)
  old.close()

  for (const opening of ['first', 'second']) {
    const { $client } = openDatabase(path)
    expect(rowsOf($client), opening).toMatchObject(rows)
    expect($client.pragma('foreign_key_check')).toEqual([])
    expect($client.prepare('SELECT count(*) FROM staff_events').pluck().get()).toBe(0)
    $client.close()
  }
})
