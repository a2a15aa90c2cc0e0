import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { testApp } from '../../support/test-app.ts'

it('says of every check that it is well', async () => {
  const app = await testApp()
  const answer = await app.get('/readyz')
  expect(answer.status).toBe(200)
  const well = { ok: true, why: null }
  expect(await answer.json()).toMatchObject({
    ready: true,
    checks: {
      database: well,
      disk: well,
      outbox: well,
      inbox: well,
      images: well,
      clock: well,
      evidence: well,
    },
  })
})

it('P5: while another process holds the database it answers 503, says so, and the event loop goes on', async () => {
  const app = await testApp()
  const other = new Sqlite(join(app.dataDir, 'takedowns.sqlite'))
  onTestFinished(() => void other.close())
  other.exec('BEGIN IMMEDIATE')
  const answer = await app.get('/readyz')
  expect(answer.status).toBe(503)
  expect(await answer.json()).toMatchObject({
    ready: false,
    database: 'not writable',
    mail: null,
    checks: { database: { ok: false, why: 'not writable' }, evidence: { ok: true }, disk: { ok: true } },
  })
  expect(app.services.db.$client.pragma('busy_timeout', { simple: true })).toBe(250)
  other.exec('ROLLBACK')
  expect((await app.get('/readyz')).status).toBe(200)
})

it('P18: a clock that stands before what was written last is told', async () => {
  const app = await testApp()
  await app.submit()
  app.clock.pass(-7_200_000)
  const answer = await app.get('/readyz')
  expect(answer.status).toBe(503)
  expect(await answer.json()).toMatchObject({
    checks: { clock: { ok: false, why: 'the clock is 7200 s behind the newest record' } },
  })
})

it('evidence that cannot be kept is told', async () => {
  const app = await testApp()
  await rm(app.services.evidence.incomingDirectory, { recursive: true })
  const answer = await app.get('/readyz')
  expect(answer.status).toBe(503)
  expect(await answer.json()).toMatchObject({ checks: { evidence: { ok: false } } })
})
