import { chmod, mkdir, statfs, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { events } from '../../src/db/schema.ts'
import {
  examineClock,
  examineDisk,
  examineLog,
  examineModes,
  examineNode,
} from '../../src/doctor/examine-machine.ts'
import { insertTakedown, noon, openTestDatabase, temporaryFolder } from '../outbox/rig.ts'

const zone = 'Asia/Jerusalem'
const minute = 60_000

it('a clock behind the newest event is a fault, a minute apart is not', () => {
  const db = openTestDatabase()
  expect(examineClock(db, noon, zone)).toMatchObject([{ level: 'ok' }])
  const { id } = insertTakedown(db)
  const at = noon + 10 * minute
  db.insert(events).values({ takedownId: id, at, actor: 'system', type: 'closed', detail: '{}' }).run()
  expect(examineClock(db, at - minute, zone)).toMatchObject([{ level: 'ok' }])
  expect(examineClock(db, noon, zone)).toMatchObject([
    { level: 'fault', what: 'the newest event is 10 minutes ahead of the clock' },
  ])
})

it('a clock that was never set is a fault', () => {
  expect(examineClock(openTestDatabase(), Date.UTC(1970, 0), zone)).toMatchObject([
    { level: 'fault', what: 'it stands before 2024' },
  ])
})

it('room below the floor is a fault, near it a warning', async () => {
  const folder = temporaryFolder()
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  const levelAt = async (floor: number) => (await examineDisk(folder, floor)).map(({ level }) => level)
  expect(await levelAt(0)).toEqual(['ok'])
  expect(await levelAt(free * 0.7)).toEqual(['warning'])
  expect(await levelAt(free * 2)).toEqual(['fault'])
})

it('a log of the database that nobody folds in is a warning, with what to do', async () => {
  const folder = temporaryFolder()
  expect(examineLog(folder, false)).toEqual([])
  await writeFile(join(folder, 'takedowns.sqlite-wal'), '')
  await truncate(join(folder, 'takedowns.sqlite-wal'), 255 * 1_048_576)
  expect(examineLog(folder, true)).toEqual([])
  await truncate(join(folder, 'takedowns.sqlite-wal'), 300 * 1_048_576)
  expect(examineLog(folder, true)).toMatchObject([
    { level: 'warning', do: expect.stringMatching(/Litestream/) },
  ])
  expect(examineLog(folder, false)).toMatchObject([{ level: 'warning', do: expect.stringMatching(/end it/) }])
})

it('keys that are missing where takedowns need them are faults', async () => {
  const folder = temporaryFolder()
  await chmod(folder, 0o700)
  expect(await examineModes(folder, false)).toMatchObject([{ level: 'ok' }])
  expect(await examineModes(folder, true)).toMatchObject([
    { level: 'fault', what: 'keys/access.key is missing' },
    { level: 'fault', what: 'keys/receipt-ed25519.pem is missing' },
  ])
})

it('others who can enter the data directory are a warning', async () => {
  const folder = temporaryFolder()
  await chmod(folder, 0o755)
  expect(await examineModes(folder, false)).toMatchObject([
    { level: 'warning', do: expect.stringMatching(/^chmod 700 /) },
  ])
})

it('files that others can read are told one by one, and keys the loudest', async () => {
  const folder = temporaryFolder()
  await chmod(folder, 0o700)
  await mkdir(join(folder, 'keys'), { mode: 0o700 })
  for (const [name, mode] of [
    ['takedowns.sqlite', 0o644],
    ['limits.sqlite', 0o600],
    ['takedowns.sqlite-wal', 0o620],
    ['keys/clients.key', 0o640],
  ] as const) {
    await writeFile(join(folder, name), '')
    await chmod(join(folder, name), mode)
  }
  const found = await examineModes(folder, false)
  expect(found.map(({ level, what }) => `${level}: ${what}`).sort()).toEqual([
    'fault: others can read keys/clients.key',
    'warning: others can read takedowns.sqlite',
    'warning: others can read takedowns.sqlite-wal',
  ])
})

it('knows which Node is too old', () => {
  const levelOf = (version: string) => examineNode(version)[0]?.level
  expect(['18.20.0', '20.18.9', '20.19.0', '22.1.0'].map(levelOf)).toEqual(['fault', 'fault', 'ok', 'ok'])
})
