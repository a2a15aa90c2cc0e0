import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { projectRoot } from '../../src/lib/project-root.ts'
import { cli } from '../support/cli.ts'

const fixtures = join(projectRoot, 'test/fixtures/data-dirs')

/** Of every database in a folder: how many of its letters would go out by themselves. */
const queuedIn = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name.startsWith('takedowns.sqlite'))
      .map((name) => {
        const client = new Sqlite(join(folder, name), { readonly: true })
        const waiting = "SELECT count(*) FROM outgoing_messages WHERE state = 'queued'"
        try {
          return [name, client.prepare(waiting).pluck().get()]
        } finally {
          client.close()
        }
      }),
  )

it('P9: a backup of an older schema is restored into one database, and no letter in it goes out by itself', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rightsdesk-restore-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const [dataDir, backups, restored] = [
    join(folder, 'data'),
    join(folder, 'backups'),
    join(folder, 'restored'),
  ]
  const older =
    readdirSync(fixtures)
      .filter((name) => /^\d{4}$/.test(name))
      .at(-1) ?? ''
  for (const part of ['keys', 'evidence'])
    cpSync(join(fixtures, older, part), join(dataDir, part), { recursive: true })
  const path = join(dataDir, 'takedowns.sqlite')
  writeFileSync(path, gunzipSync(readFileSync(join(fixtures, older, 'takedowns.sqlite.gz'))))
  const client = new Sqlite(path)
  const queued = client.prepare("UPDATE outgoing_messages SET state = 'queued'").run().changes
  client.close()
  expect(queued).toBeGreaterThan(0)
  expect(await cli(dataDir, ['backup', backups])).toMatchObject({ code: 0 })
  expect(await cli(dataDir, ['restore', backups, '--data-dir', restored])).toMatchObject({ code: 0 })
  expect(queuedIn(restored)).toEqual({ 'takedowns.sqlite': 0 })
})
