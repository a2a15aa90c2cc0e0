import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { keepUploads } from '../../src/actions/keep-uploads.ts'
import { sweepOnce } from '../../src/workers/sweep-kept-uploads.ts'
import { takedownOf } from '../support/claimant.ts'
import { pngOf } from '../support/images.ts'
import { type TestApp, testApp } from '../support/test-app.ts'

const day = 24 * 3_600_000

/** A file on the shelf that was written two days ago. */
async function oldFile(app: TestApp, sha256: string, shelf: 'originals' | 'copies' = 'originals') {
  const path = app.services.evidence.pathOf(sha256, shelf)
  await mkdir(dirname(path), { recursive: true })
  if (!existsSync(path)) writeFileSync(path, 'content')
  age(app, path)
  return path
}

const age = (app: TestApp, path: string) => {
  const at = (app.clock.now() - 2 * day) / 1000
  utimesSync(path, at, at)
}

const quarantined = (app: TestApp) => readdirSync(join(app.dataDir, 'evidence', 'quarantine'))
const hashesOf = (app: TestApp, reference: string) =>
  app.services.db.$client
    .prepare('SELECT sha256 FROM screenshots WHERE takedown_id = ?')
    .pluck()
    .all(takedownOf(app, { reference }).id)
    .map(String)

it('P4: a file that no row names goes to quarantine after a day, and is not deleted', async () => {
  const app = await testApp()
  await app.submit()
  const stray = await oldFile(app, 'a1'.repeat(32))
  const copy = await oldFile(app, 'a2'.repeat(32), 'copies')
  const young = await oldFile(app, 'a3'.repeat(32))
  utimesSync(young, app.clock.now() / 1000, app.clock.now() / 1000)
  await sweepOnce(app.services)
  expect([existsSync(stray), existsSync(copy), existsSync(young)]).toEqual([false, false, true])
  expect(quarantined(app).map((name) => name.split('-')[2])).toEqual(
    expect.arrayContaining(['a1'.repeat(32), 'a2'.repeat(32)]),
  )
})

it('P4: what a takedown or an unsent form of today names stays, however old the file', async () => {
  const app = await testApp()
  const { reference } = await app.submit()
  const [sent = ''] = hashesOf(app, reference)
  const kept = { sha256: 'b1'.repeat(32), fileName: 'a.png', mediaType: 'image/png', bytes: 7 }
  keepUploads(
    app.services.db,
    'form',
    [{ ...kept, width: 1, height: 1, copyState: 'pending' }],
    app.clock.now(),
  )
  const paths = [await oldFile(app, sent), await oldFile(app, kept.sha256)]
  await sweepOnce(app.services)
  expect(paths.map((path) => existsSync(path))).toEqual([true, true])
})

it('P4: a screenshot taken off the form before it was sent is swept with the rest', async () => {
  const app = await testApp()
  const first = await pngOf(11)
  const form = new FormData()
  form.append('submission', 'one-form')
  form.append('screenshot', new Blob([new Uint8Array(first)], { type: 'image/png' }), 'wrong.png')
  expect((await app.post('/en/takedowns', form)).status).toBe(422)
  const { reference } = await app.submit({ submission: 'one-form' })
  const originals = join(app.dataDir, 'evidence', 'originals')
  const files = readdirSync(originals).flatMap((part) =>
    readdirSync(join(originals, part)).map((name) => join(originals, part, name)),
  )
  expect(files).toHaveLength(2)
  for (const path of files) age(app, path)
  app.clock.pass(2 * day)
  await sweepOnce(app.services)
  expect(files.filter((path) => existsSync(path)).map((path) => path.slice(-64))).toEqual(
    hashesOf(app, reference),
  )
})

it('P4: beside a database that knows of no evidence nothing is a stray', async () => {
  const app = await testApp()
  const file = await oldFile(app, 'c1'.repeat(32))
  await sweepOnce(app.services)
  expect(existsSync(file)).toBe(true)
})
