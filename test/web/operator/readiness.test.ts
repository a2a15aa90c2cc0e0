import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished, vi } from 'vitest'
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

it('P5: evidence whose write does not end is told after ten seconds, and is well when it has ended', async () => {
  const app = await testApp()
  vi.useFakeTimers({ toFake: ['performance'] })
  onTestFinished(() => void vi.useRealTimers())
  let end = () => {}
  const written = app.services.evidence.whileWriting(
    new Promise<void>((resolve) => {
      end = resolve
    }),
  )
  vi.advanceTimersByTime(9000)
  expect((await app.get('/readyz')).status).toBe(200)
  vi.advanceTimersByTime(2000)
  const answer = await app.get('/readyz')
  expect(answer.status).toBe(503)
  const why = 'a write to the evidence folder hangs'
  expect(await answer.json()).toMatchObject({ database: 'ok', checks: { evidence: { ok: false, why } } })
  expect(await (await app.get('/metrics')).text()).toContain('evidence_write_seconds 11')
  end()
  await written
  expect((await app.get('/readyz')).status).toBe(200)
})

it('P5: after a write that failed something is written in earnest, once, and the failure is counted', async () => {
  const app = await testApp({ CANARY_HOURS: '0' })
  const { commit, db } = app.services
  const other = new Sqlite(join(app.dataDir, 'takedowns.sqlite'))
  onTestFinished(() => void other.close())
  /** Changes with every commit of somebody else. */
  const seen = () => other.pragma('data_version', { simple: true })
  const isWritten = async () => {
    const before = seen()
    expect((await app.get('/readyz')).status).toBe(200)
    return seen() !== before
  }
  db.$client.exec('CREATE TABLE filler (words)')
  expect(await isWritten(), 'nothing failed').toBe(false)
  db.$client.pragma('max_page_count = 1')
  await expect(commit(() => db.$client.exec('INSERT INTO filler VALUES (zeroblob(1e6))'))).rejects.toThrow()
  expect(await isWritten(), 'one failed').toBe(true)
  expect(await isWritten(), 'one was taken since').toBe(false)
  expect(await (await app.get('/metrics')).text()).toMatch(/^database_write_failures 1$/m)
})
