import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { knownMigrations } from '../../src/db/open.ts'
import { projectRoot } from '../../src/lib/project-root.ts'
import { startTestApp } from '../support/test-app.ts'

const fixtures = join(projectRoot, 'test/fixtures/data-dirs')
const versions = readdirSync(fixtures).filter((name) => /^\d{4}$/.test(name))
const linksShape = z.array(z.object({ reference: z.string(), accessKey: z.string(), path: z.string() }))

type Rows = Record<string, Record<string, unknown>[]>

/** Every row of every table of the office; FTS tables and drizzle's own are not read back by value. */
function rowsOf(path: string, tables?: readonly string[]): Rows {
  const client = new Sqlite(path, { readonly: true })
  const names =
    tables ??
    z
      .array(z.string())
      .parse(
        client
          .prepare(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'",
          )
          .pluck()
          .all(),
      )
  const rowShape = z.array(z.record(z.string(), z.unknown()))
  const rows = Object.fromEntries(
    names.map((name) => [name, rowShape.parse(client.prepare(`SELECT * FROM ${name} ORDER BY rowid`).all())]),
  )
  client.close()
  return rows
}

it('P8: there is a data directory of the first and of the newest schema but one', () => {
  expect(versions.at(0)).toBe('0001')
  expect(Number(versions.at(-1))).toBe(knownMigrations().length - 2)
})

it.each(versions)(
  'P8: a data directory of schema %s is migrated with every row, file and status link, and a copy beside',
  async (version) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'rightsdesk-upgrade-'))
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
    const fixture = join(fixtures, version)
    for (const part of ['keys', 'evidence'])
      cpSync(join(fixture, part), join(dataDir, part), { recursive: true })
    const path = join(dataDir, 'takedowns.sqlite')
    writeFileSync(path, gunzipSync(readFileSync(join(fixture, 'takedowns.sqlite.gz'))))
    const before = rowsOf(path)
    expect(before.takedowns).toHaveLength(3)

    const app = await startTestApp({ CANARY_HOURS: '0' }, { dataDir })
    onTestFinished(() => app.stop())
    const after = rowsOf(path, Object.keys(before))
    for (const table of [
      'takedowns',
      'reported_pages',
      'screenshots',
      'events',
      'outgoing_messages',
      'messages',
      'incoming_messages',
      'second_factors',
      'recovery_codes',
    ]) {
      // The search brings itself up to date meanwhile.
      const old = (before[table] ?? []).map(({ indexed_version: _, ...row }) => row)
      expect(after[table]?.length ?? 0, table).toBe(old.length)
      expect(after[table] ?? [], table).toMatchObject(old)
    }
    const { $client } = app.services.db
    const given = $client.prepare('SELECT count(*) FROM staff WHERE password_until IS NOT NULL').pluck()
    expect(given.get(), 'everybody keeps the password they have').toBe(0)
    expect($client.pragma('integrity_check', { simple: true })).toBe('ok')
    expect($client.pragma('foreign_key_check')).toEqual([])
    const copy = readdirSync(dataDir).filter((name) => name.includes('.before-migration-'))
    expect(copy).toEqual([`takedowns.sqlite.before-migration-${Number(version) + 1}`])
    expect(rowsOf(join(dataDir, copy[0] ?? ''))).toEqual(before)

    for (const shot of before.screenshots ?? []) {
      const opened = readFileSync(app.services.evidence.pathOf(String(shot.sha256)))
      expect(createHash('sha256').update(opened).digest('hex')).toBe(shot.sha256)
    }
    const links: unknown = JSON.parse(readFileSync(join(fixture, 'links.json'), 'utf8'))
    for (const { reference, path: link } of linksShape.parse(links)) {
      const exchanged = await app.get(link)
      expect(exchanged.status, link.split('?')[0]).toBe(303)
      const cookie = exchanged.headers.getSetCookie()[0]?.split(';')[0] ?? ''
      const page = await app.get(exchanged.headers.get('location') ?? '', { cookie })
      expect(page.status).toBe(200)
      expect(await page.text()).toContain(reference)
    }
    expect((await app.submit()).reference).toMatch(/^TD-/)
  },
)
