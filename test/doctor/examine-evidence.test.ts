import { mkdir, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { examineEvidence } from '../../src/doctor/examine-evidence.ts'
import { insertScreenshot, insertTakedown, noon, openTestDatabase, temporaryFolder } from '../outbox/rig.ts'

const day = 24 * 3_600_000

async function put(path: string, ageMs: number) {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, 'something')
  await utimes(path, (noon - ageMs) / 1000, (noon - ageMs) / 1000)
}

it('a file without a row is advice once the sweep should have taken it, and so is quarantine', async () => {
  const folder = temporaryFolder()
  const db = openTestDatabase()
  const stray = (name: string) => join(folder, 'originals', name.slice(0, 2), name)
  await put(stray('b'.repeat(64)), day)
  expect(await examineEvidence(folder, db, noon)).toMatchObject([{ level: 'ok' }])
  await put(stray('c'.repeat(64)), 3 * day)
  await put(join(folder, 'quarantine', `2026-${'d'.repeat(64)}`), day)
  const [, ...findings] = await examineEvidence(folder, db, noon)
  expect(findings).toMatchObject([
    { level: 'advice', what: '1 file of more than two days has no row' },
    { level: 'advice', what: expect.stringContaining('1 file lies in quarantine') },
  ])
})

it('rows without a file are faults; of very many the first are named and the rest counted', async () => {
  const db = openTestDatabase()
  const { id } = insertTakedown(db)
  for (let n = 0; n < 25; n++) {
    insertScreenshot(db, id, { position: n, sha256: String(n).padStart(64, '0') })
  }
  const faults = (await examineEvidence(temporaryFolder(), db, noon)).filter(({ level }) => level === 'fault')
  expect(faults).toHaveLength(21)
  expect(faults[0]?.what).toMatch(/^originals\/00\/0{64} is missing/)
  expect(faults[20]?.what).toBe('5 more like the last one')
})
