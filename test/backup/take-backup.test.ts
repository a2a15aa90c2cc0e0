import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openFolderSink } from '../../src/backup/folder-sink.ts'
import { findBackup, snapshotNameAt, snapshotsIn } from '../../src/backup/layout.ts'
import { takeBackup } from '../../src/backup/take-backup.ts'
import { verifyBackup } from '../../src/backup/verify-backup.ts'
import { screenshots } from '../../src/db/schema.ts'
import { type TestApp, testApp } from '../support/test-app.ts'

async function backupsOf(app: TestApp) {
  const folder = await mkdtemp(join(tmpdir(), 'rightsdesk-backups-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  let now = app.clock.now()
  const take = async () => {
    const sink = await openFolderSink(folder, snapshotNameAt(now))
    return takeBackup(app.dataDir, sink, now++)
  }
  return { folder, take, verify: async () => verifyBackup(await findBackup(folder)) }
}

const evidenceOf = async (app: TestApp) => {
  await app.submit()
  const sha256 = app.services.db.select().from(screenshots).get()?.sha256 ?? ''
  return { sha256, original: join(app.dataDir, 'evidence/originals', sha256.slice(0, 2), sha256) }
}

it('what was swept into quarantine while the backup was taken is brought from there', async () => {
  const app = await testApp()
  const { sha256, original } = await evidenceOf(app)
  const content = await readFile(original)
  const quarantine = join(app.dataDir, 'evidence/quarantine')
  await mkdir(quarantine, { recursive: true })
  await rename(original, join(quarantine, `2026-11-01-${sha256}`))
  const { folder, take, verify } = await backupsOf(app)
  expect((await take()).manifest.absent).toEqual([])
  expect(await readFile(join(folder, 'files', sha256.slice(0, 2), sha256))).toEqual(content)
  expect(await verify()).toMatchObject({ faults: [], absent: [] })
})

it('a lost file and a lost key are told of and hold up nothing else', async () => {
  const app = await testApp()
  const { sha256, original } = await evidenceOf(app)
  await rm(original)
  await rm(join(app.dataDir, 'keys/access.key'))
  const { take, verify } = await backupsOf(app)
  const { manifest } = await take()
  const lost = [
    { path: 'keys/access.key', fault: 'missing' },
    { path: `evidence/originals/${sha256.slice(0, 2)}/${sha256}`, fault: 'missing' },
  ]
  expect(manifest.absent).toEqual(lost)
  expect(manifest.files.map(({ path }) => path)).toContain('takedowns.sqlite')
  expect(await verify()).toMatchObject({
    faults: [],
    absent: lost.map(({ path }) => `${path} was missing`),
  })
})

it('a backup that cannot go on leaves the one before as it was, and the next one clears up', async () => {
  const app = await testApp()
  const { sha256 } = await evidenceOf(app)
  const { folder, take, verify } = await backupsOf(app)
  await take()
  const stored = join(folder, 'files', sha256.slice(0, 2), sha256)
  const content = await readFile(stored)
  await rm(stored)
  // Neither a file nor a free place.
  await mkdir(join(stored, 'in-the-way'), { recursive: true })
  await expect(take()).rejects.toThrow()
  const { whole, cutOff } = await snapshotsIn(folder)
  expect([whole.length, cutOff.length]).toEqual([1, 1])
  await rm(stored, { recursive: true })
  expect(await take()).toMatchObject({ newFiles: 1 })
  expect(await readFile(stored)).toEqual(content)
  expect((await readdir(dirname(stored))).filter((name) => name.includes('part'))).toEqual([])
  expect((await snapshotsIn(folder)).cutOff).toEqual([])
  expect(await verify()).toMatchObject({ faults: [] })
})
