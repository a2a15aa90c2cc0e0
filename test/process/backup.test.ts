import { cp, mkdtemp, readdir, readFile, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { beforeAll, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { copyDatabase } from '../../src/db/copy-database.ts'
import { openDatabase } from '../../src/db/open.ts'
import { openReadOnly } from '../../src/db/open-read-only.ts'
import { outgoingMessages, screenshots, staffSessions } from '../../src/db/schema.ts'
import { heldByRestore } from '../../src/outbox/held.ts'
import { enqueue, noon } from '../outbox/rig.ts'
import { builtCli } from '../support/built-cli.ts'
import { pngOf } from '../support/images.ts'
import { startTestApp, stopTestApp, testApp } from '../support/test-app.ts'

/** A backup of an app with one takedown, made once; tests damage copies of it. */
let pristine = ''
let evidence = ''

async function folderOf() {
  const folder = await mkdtemp(join(tmpdir(), 'rightsdesk-backup-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

beforeAll(async () => {
  pristine = await mkdtemp(join(tmpdir(), 'rightsdesk-pristine-'))
  const app = await startTestApp()
  await app.submit()
  evidence = app.services.db.select().from(screenshots).get()?.sha256 ?? ''
  expect(await builtCli(['backup', pristine], { DATA_DIR: app.dataDir })).toMatchObject({ code: 0, err: '' })
  await stopTestApp(app)
  return () => rm(pristine, { recursive: true, force: true })
})

async function damagedCopy() {
  const folder = await folderOf()
  await cp(pristine, folder, { recursive: true })
  const [snapshot = ''] = await readdir(join(folder, 'snapshots'))
  return { folder, inSnapshot: (name: string) => join(folder, 'snapshots', snapshot, name) }
}

async function flip(path: string) {
  const bytes = await readFile(path)
  const middle = Math.floor(bytes.length / 2)
  bytes[middle] = (bytes[middle] ?? 0) ^ 1
  await writeFile(path, bytes)
}

const fileOf = (folder: string) => join(folder, 'files', evidence.slice(0, 2), evidence)
type Copy = Awaited<ReturnType<typeof damagedCopy>>

it.each<[string, (copy: Copy) => Promise<unknown>, () => string]>([
  ['a flipped bit of a screenshot', ({ folder }) => flip(fileOf(folder)), () => `${evidence} is damaged`],
  ['a cut-off screenshot', ({ folder }) => truncate(fileOf(folder), 9), () => 'bytes are missing'],
  ['a missing screenshot', ({ folder }) => rm(fileOf(folder)), () => `${evidence} is missing`],
  [
    'a flipped bit of the database',
    ({ inSnapshot }) => flip(inSnapshot('takedowns.sqlite')),
    () => 'takedowns.sqlite is damaged',
  ],
  [
    'a missing key',
    ({ inSnapshot }) => rm(inSnapshot('keys/access.key')),
    () => 'keys/access.key is missing',
  ],
  [
    'a flipped bit of the manifest',
    ({ inSnapshot }) => flip(inSnapshot('manifest.json')),
    () => 'manifest.json is damaged',
  ],
  [
    'a cut-off manifest',
    ({ inSnapshot }) => truncate(inSnapshot('manifest.json'), 200),
    () => 'manifest.json is damaged',
  ],
  ['no manifest', ({ inSnapshot }) => rm(inSnapshot('manifest.json')), () => 'cut off before its manifest'],
])(
  'P9: %s is found by verify and by restore, which names it and makes nothing',
  async (_what, damage, told) => {
    const copy = await damagedCopy()
    await damage(copy)
    const verified = await builtCli(['backup', 'verify', copy.folder], {})
    expect(verified.code).toBe(1)
    expect(verified.out + verified.err).toContain(told())
    const target = join(await folderOf(), 'new')
    const restored = await builtCli(['restore', copy.folder, '--data-dir', target], {})
    expect(restored).toMatchObject({ code: 1, err: expect.stringContaining(told()) })
    expect(await readdir(join(target, '..'))).toEqual([])
  },
)

it('evidence that the folder lost is brought again: by its size at once, by its hash with --check', async () => {
  const app = await testApp()
  await app.submit()
  const folder = await folderOf()
  const take = async (...words: string[]) => {
    const ran = await builtCli(['backup', folder, '--json', ...words], { DATA_DIR: app.dataDir })
    expect(ran).toMatchObject({ code: 0, err: '' })
    return z.object({ newFiles: z.number(), mended: z.number() }).parse(JSON.parse(ran.out))
  }
  const isWhole = async () => (await builtCli(['backup', 'verify', folder], {})).code === 0
  await take()
  const [shot] = app.services.db.select().from(screenshots).all()
  const stored = join(folder, 'files', shot?.sha256.slice(0, 2) ?? '', shot?.sha256 ?? '')
  await truncate(stored, 9)
  expect(await isWhole()).toBe(false)
  expect(await take()).toMatchObject({ mended: 1 })
  expect(await isWhole()).toBe(true)
  await flip(stored)
  expect(await take()).toMatchObject({ mended: 0 })
  expect(await isWhole()).toBe(false)
  expect(await take('--check')).toMatchObject({ mended: 1 })
  expect(await isWhole()).toBe(true)
  // A file that the data directory lost stays: the backup's is the good one.
  await writeFile(
    join(app.dataDir, 'evidence/originals', shot?.sha256.slice(0, 2) ?? '', shot?.sha256 ?? ''),
    '',
  )
  expect(await take('--check')).toMatchObject({ mended: 0 })
  expect(await isWhole()).toBe(true)
})

it('a backup into the data directory is refused, by whatever way it is reached', async () => {
  const app = await testApp()
  const way = join(await folderOf(), 'link')
  await symlink(app.dataDir, way)
  for (const place of [app.dataDir, join(app.dataDir, 'a/b'), join(way, 'c')]) {
    expect(await builtCli(['backup', place], { DATA_DIR: app.dataDir })).toMatchObject({
      code: 2,
      err: expect.stringContaining('is in the data directory'),
    })
  }
  expect(await readdir(app.dataDir)).not.toContain('snapshots')
})

it('a second backup brings what is new; --keep removes old ones with what they alone held', async () => {
  const app = await testApp()
  const folder = await folderOf()
  const take = async (...words: string[]) => {
    const ran = await builtCli(['backup', folder, '--json', ...words], { DATA_DIR: app.dataDir })
    expect(ran).toMatchObject({ code: 0, err: '' })
    return z.object({ newFiles: z.number(), removed: z.number() }).parse(JSON.parse(ran.out))
  }
  await app.submit()
  expect((await take()).newFiles).toBeGreaterThan(0)
  await app.submit({
    submission: 'another-submission',
    files: [{ name: 'b.png', content: await pngOf(31, 31) }],
  })
  const [first, second] = app.services.db.select().from(screenshots).all()
  await expect
    .poll(
      () =>
        app.services.db
          .select()
          .from(screenshots)
          .all()
          .every((s) => s.copyState === 'ready'),
      { timeout: 15_000 },
    )
    .toBe(true)
  expect((await take()).newFiles).toBeGreaterThan(0)
  expect(await take()).toEqual({ newFiles: 0, removed: 0 })
  expect(await take('--keep', '1')).toEqual({ newFiles: 0, removed: 3 })
  for (const { sha256 } of [first, second].filter((shot) => shot !== undefined)) {
    expect((await stat(join(folder, 'files', sha256.slice(0, 2), sha256))).mode & 0o777).toBe(0o600)
  }
  expect(await builtCli(['backup', 'verify', folder], {})).toMatchObject({ code: 0 })
})

it('one tar goes through a pipe, into a service that holds what may have gone out, and signs everybody out', async () => {
  const app = await testApp()
  const sent = await app.submit()
  await app.letters(2)
  await app.signIn()
  const letter = enqueue(app.services.db, { now: noon + 10 * 365 * 86_400_000 })
  const { bytes, code } = await builtCli(['backup', '-'], { DATA_DIR: app.dataDir })
  expect(code).toBe(0)
  expect(await builtCli(['backup', 'verify', '-'], {}, bytes)).toMatchObject({ code: 0 })
  const cut = await builtCli(['backup', 'verify', '-'], {}, bytes.subarray(0, bytes.length - 3000))
  expect(cut.code).toBe(1)
  const target = join(await folderOf(), 'new')
  expect(await builtCli(['restore', '-', '--data-dir', target], {}, bytes)).toMatchObject({
    code: 0,
    err: '',
  })
  expect(await builtCli(['restore', '-', '--data-dir', target], {}, bytes)).toMatchObject({
    code: 1,
    err: expect.stringContaining('not empty'),
  })
  const restored = await startTestApp({}, { dataDir: target })
  onTestFinished(() => restored.stop())
  const { db } = restored.services
  expect(db.select().from(staffSessions).all()).toEqual([])
  const held = db
    .select()
    .from(outgoingMessages)
    .all()
    .filter((row) => row.lastReply === heldByRestore)
  expect(held).toMatchObject([{ messageId: letter.messageId, state: 'failed' }])
  expect((await restored.get(new URL(sent.statusUrl).pathname + new URL(sent.statusUrl).search)).status).toBe(
    303,
  )
  const cookie = await restored.signIn({ email: 'other@example.org', locale: 'en' })
  expect(await (await restored.get('/staff/mail', { cookie })).text()).toContain('restored from a backup')
  const gone = () => restored.post(`/staff/mail/${held[0]?.id}/departure`, new URLSearchParams(), { cookie })
  expect((await gone()).status).toBe(303)
  expect((await gone()).status).toBe(409)
  expect(await (await restored.get('/staff/mail', { cookie })).text()).not.toContain('restored from a backup')
})

it('a backup ends while somebody writes all the time', async () => {
  const folder = await folderOf()
  const path = join(folder, 'takedowns.sqlite')
  const db = openDatabase(path)
  onTestFinished(() => void db.$client.close())
  for (let n = 0; n < 400; n++) enqueue(db, { html: 'x'.repeat(50_000) })
  const reader = openReadOnly(path)
  let written = 0
  await copyDatabase(reader, join(folder, 'copy.sqlite'), () => {
    // Another connection than the one that copies, as the server is.
    enqueue(db)
    written++
    if (written > 50) throw new Error('it began anew again and again')
  })
  reader.$client.close()
  expect(written).toBeGreaterThan(1)
  const copy = new Sqlite(join(folder, 'copy.sqlite'), { readonly: true })
  expect(copy.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(copy.prepare('SELECT count(*) FROM outgoing_messages').pluck().get()).toBe(400)
  copy.close()
})
