import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished, vi } from 'vitest'
import { openLimits } from '../../src/web/limits.ts'
import { temporaryFolder } from '../outbox/rig.ts'

/** Counters whose disk refuses everything, as a damaged or full one does. */
async function limitsThatCannotCount() {
  const path = join(temporaryFolder(), 'limits.sqlite')
  const limits = openLimits(path, { submissions: 2, submissionsOverall: 100 })
  onTestFinished(() => limits.close())
  const client = new Sqlite(path)
  onTestFinished(() => void client.close())
  const tables = () => client.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all()
  // They are made in the background.
  await vi.waitFor(() => expect(tables().length).toBeGreaterThanOrEqual(7))
  for (const table of tables()) client.exec(`DROP TABLE ${table}`)
  return limits
}

it('P14, P16: where nothing can be counted on disk, guesses are counted all the same, and claimants get through', async () => {
  const { signIns, signInsOfClient, signInsOfAccount, codesOfAccount, keyMisses, submissions } =
    await limitsThatCannotCount()
  for (const [limit, most] of [
    [signIns, 10],
    [signInsOfClient, 60],
    [signInsOfAccount, 100],
    [codesOfAccount, 20],
    [keyMisses, 60],
  ] as const) {
    for (let nth = 0; nth < most; nth++) expect(await limit.take('somebody')).toBeNull()
    expect(await limit.take('somebody')).toEqual(expect.any(Number))
    expect(await limit.take('somebody else')).toBeNull()
  }
  for (let nth = 0; nth < 5; nth++) expect(await submissions.take('somebody')).toBeNull()
})
