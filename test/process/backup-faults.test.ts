import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { expect, it, onTestFinished } from 'vitest'
import { knownMigrations } from '../../src/db/open.ts'
import { lockProcess } from '../../src/db/process-lock.ts'
import { keptUploads, screenshots } from '../../src/db/schema.ts'
import { projectRoot } from '../../src/lib/project-root.ts'
import { builtCli } from '../support/built-cli.ts'
import { startServerProcess } from '../support/server-process.ts'
import { type TestApp, testApp } from '../support/test-app.ts'

async function folderOf() {
  const folder = await mkdtemp(join(tmpdir(), 'rightsdesk-backup-faults-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

const backup = (app: TestApp, folder: string, ...words: string[]) =>
  builtCli(['backup', folder, ...words], { DATA_DIR: app.dataDir })
const verify = (folder: string) => builtCli(['backup', 'verify', folder], {})
const snapshotsOf = (folder: string) => readdir(join(folder, 'snapshots'))

/** Files of forms that were begun: enough to be in the middle of them. */
async function keepUploads(app: TestApp, count: number) {
  for (let n = 0; n < count; n++) {
    const content = randomBytes(2000)
    const sha256 = createHash('sha256').update(content).digest('hex')
    const folder = join(app.dataDir, 'evidence/originals', sha256.slice(0, 2))
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, sha256), content)
    app.services.db
      .insert(keptUploads)
      .values({
        submissionKey: `submission-${n}`,
        sha256,
        fileName: 'a.png',
        mediaType: 'image/png',
        bytes: content.length,
        at: app.clock.now(),
      })
      .run()
  }
}

const storedFiles = (folder: string): string[] =>
  existsSync(join(folder, 'files'))
    ? readdirSync(join(folder, 'files'), { recursive: true, encoding: 'utf8' })
    : []

/** Resolves once a file of evidence is there, or the process has ended. */
async function untilItCopies(folder: string, child: ChildProcess) {
  while (child.exitCode === null && !storedFiles(folder).some((name) => /[0-9a-f]{64}$/.test(name))) {
    await sleep(1)
  }
}

it('P9: a backup that was killed while it copied is cut off, and the next one is whole', async () => {
  const app = await testApp()
  await app.submit()
  const folder = await folderOf()
  expect(await backup(app, folder)).toMatchObject({ code: 0 })
  const [before = ''] = await snapshotsOf(folder)
  await rm(join(folder, 'files'), { recursive: true })
  await keepUploads(app, 600)
  const main = join(projectRoot, 'dist/src/cli/main.js')
  const child = spawn(process.execPath, [main, 'backup', folder], {
    env: { PATH: process.env.PATH, DATA_DIR: app.dataDir },
    stdio: 'ignore',
  })
  await untilItCopies(folder, child)
  child.kill('SIGKILL')
  await new Promise((resolve) => child.once('exit', resolve))
  expect(child.signalCode).toBe('SIGKILL')
  const [, cutOff = ''] = (await snapshotsOf(folder)).sort()
  expect(await verify(join(folder, 'snapshots', cutOff))).toMatchObject({
    code: 1,
    err: expect.stringContaining('no whole backup'),
  })
  const again = await backup(app, folder)
  expect(again).toMatchObject({ code: 0, err: '' })
  expect(await snapshotsOf(folder)).not.toContain(cutOff)
  expect(storedFiles(folder).filter((name) => name.includes('part'))).toEqual([])
  expect(await verify(folder)).toMatchObject({ code: 0 })
  expect(await verify(join(folder, 'snapshots', before))).toMatchObject({ code: 0 })
})

it('P9: of two backups into one folder at once the second is refused and disturbs nothing', async () => {
  const app = await testApp()
  await app.submit()
  const folder = await folderOf()
  const [one, other] = await Promise.all([backup(app, folder), backup(app, folder)])
  expect([one.code, other.code]).toContain(0)
  const first = lockProcess(join(folder, 'backup.lock'))
  const refused = await backup(app, folder, '--keep', '1')
  first.release()
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('another backup into') })
  expect(await verify(folder)).toMatchObject({ code: 0 })
  expect(await backup(app, folder, '--keep', '1')).toMatchObject({ code: 0 })
  expect(await snapshotsOf(folder)).toHaveLength(1)
  expect(await verify(folder)).toMatchObject({ code: 0 })
})

it('P9: what was lost before the backup is told by each step; --despite-absent goes on', async () => {
  const app = await testApp()
  await app.submit()
  const sha256 = app.services.db.select().from(screenshots).get()?.sha256 ?? ''
  await rm(join(app.dataDir, 'evidence/originals', sha256.slice(0, 2), sha256))
  const folder = await folderOf()
  const told = expect.stringContaining(sha256)
  expect(await backup(app, folder)).toMatchObject({
    code: 1,
    out: told,
    err: expect.stringContaining('doctor'),
  })
  expect(await verify(folder)).toMatchObject({ code: 1, out: told })
  const target = join(await folderOf(), 'new')
  const restore = (...words: string[]) => builtCli(['restore', folder, '--data-dir', target, ...words], {})
  expect(await restore()).toMatchObject({ code: 1, err: expect.stringContaining('--despite-absent') })
  expect(existsSync(target)).toBe(false)
  expect(await restore('--despite-absent')).toMatchObject({ code: 0, err: '' })
  const examined = await builtCli(['doctor', '--offline'], { DATA_DIR: target })
  expect(examined).toMatchObject({ code: 1, out: told })
})

it('P9: nothing is restored over what is there, be it a single file', async () => {
  const app = await testApp()
  await app.submit()
  const folder = await folderOf()
  await backup(app, folder)
  const target = await folderOf()
  const restore = () => builtCli(['restore', folder, '--data-dir', target], {})
  await writeFile(join(target, 'notes.txt'), 'somebody else’s')
  expect(await restore()).toMatchObject({ code: 1, err: expect.stringContaining('nothing is restored over') })
  expect(await readdir(target)).toEqual(['notes.txt'])
  await rm(join(target, 'notes.txt'))
  expect(await restore()).toMatchObject({ code: 0 })
  expect((await stat(target)).mode & 0o777).toBe(0o700)
})

/** A database as the first version of this program made it. */
function makeFirstSchema(path: string): void {
  const [first] = readMigrationFiles({ migrationsFolder: join(projectRoot, 'migrations') })
  const db = new Sqlite(path)
  db.pragma('journal_mode = WAL')
  for (const statement of first?.sql ?? []) db.exec(statement)
  db.exec('CREATE TABLE __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)')
  db.prepare('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)').run(
    first?.hash,
    first?.folderMillis,
  )
  db.close()
}

it('P9: a backup of the oldest schema is restored by this program, which brings it up to date', async () => {
  const dataDir = await folderOf()
  makeFirstSchema(join(dataDir, 'takedowns.sqlite'))
  const folder = await folderOf()
  expect(await builtCli(['backup', folder], { DATA_DIR: dataDir })).toMatchObject({ code: 0, err: '' })
  expect(await verify(folder)).toMatchObject({ code: 0 })
  const target = join(await folderOf(), 'new')
  expect(await builtCli(['restore', folder, '--data-dir', target], {})).toMatchObject({ code: 0, err: '' })
  const db = new Sqlite(join(target, 'takedowns.sqlite'), { readonly: true })
  expect(db.prepare('SELECT count(*) FROM __drizzle_migrations').pluck().get()).toBe(knownMigrations().length)
  db.close()
  const server = startServerProcess({ DATA_DIR: target, LOG_LEVEL: 'silent' })
  expect((await fetch(`${await server.origin}/ar`)).status).toBe(200)
  server.child.kill('SIGTERM')
  expect(await server.ended).toBe(0)
})

it('P9: a tar whose reader leaves in the middle ends with 1', async () => {
  const app = await testApp()
  await app.submit()
  const child = spawn(process.execPath, [join(projectRoot, 'dist/src/cli/main.js'), 'backup', '-'], {
    env: { PATH: process.env.PATH, DATA_DIR: app.dataDir },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  child.stdout.once('data', () => child.stdout.destroy())
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(1)
})
