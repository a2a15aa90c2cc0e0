import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { pendAct, previewMark } from '../../src/actions/pend-act.ts'
import { rehearseAct } from '../../src/actions/rehearse-act.ts'
import { takeOnTakedown } from '../../src/actions/take-on-takedown.ts'
import { staffIdOf, targetOf } from '../support/claimant.ts'
import { startServerProcess } from '../support/server-process.ts'
import { startTestApp, type TestApp } from '../support/test-app.ts'

const acts = 100
const kills = 4

it('P2: letters that waited to be undone leave once, as they were previewed, whenever the process is killed', () =>
  leaveOnce('SIGKILL'))

it('P7: so they do when it is stopped while they wait and while they are carried out, and it ends with 0', () =>
  leaveOnce('SIGTERM'))

async function leaveOnce(signal: 'SIGKILL' | 'SIGTERM') {
  const app = await startTestApp({ SUBMISSIONS_PER_HOUR: '10000' })
  onTestFinished(() => rm(app.dataDir, { recursive: true, force: true }))
  await app.signIn()
  const previewed: string[] = []
  for (let row = 0; row < acts; row++) previewed.push(await leaveWaiting(app, row))
  await app.stop()
  // Its clock is weeks ahead of the test app's: every act is due.
  const environment = { DATA_DIR: app.dataDir, BASE_URL: app.listening, LOG_LEVEL: 'silent' }
  const db = new Sqlite(join(app.dataDir, 'takedowns.sqlite'), { readonly: true })
  const waiting = () => Number(db.prepare('select count(*) from pending_acts').pluck().get())

  for (let kill = 0; kill < kills; kill++) {
    const before = waiting()
    expect(before, 'there is something left to be killed at').toBeGreaterThan(0)
    if (signal === 'SIGTERM') spaceOut(app.dataDir, 250)
    const server = startServerProcess(environment)
    await expect.poll(waiting, { timeout: 20_000, interval: 2 }).toBeLessThan(before)
    await sleep(Math.random() * 30)
    server.child.kill(signal)
    expect(await Promise.race([server.ended, sleep(30_000, 'still running')])).toBe(
      signal === 'SIGTERM' ? 0 : signal,
    )
  }
  if (signal === 'SIGTERM') spaceOut(app.dataDir, 0)
  const server = startServerProcess(environment)
  await expect.poll(waiting, { timeout: 30_000 }).toBe(0)
  server.child.kill('SIGTERM')
  await server.ended

  const letters = db.prepare("select html_body from outgoing_messages where kind = 'update'").pluck().all()
  expect(letters.toSorted()).toEqual(previewed.toSorted())
  expect(db.prepare("select count(*) from messages where author = 'staff'").pluck().get()).toBe(acts)
  db.close()
}

/** One after the other falls due, so that at a stop some are under way and others can still be undone. */
function spaceOut(dataDir: string, everyMs: number): void {
  const db = new Sqlite(join(dataDir, 'takedowns.sqlite'))
  db.prepare(
    'update pending_acts set carry_out_at = ? + ? * (select count(*) from pending_acts as first where first.id < pending_acts.id)',
  ).run(Date.now(), everyMs)
  db.close()
}

/** A letter to a claimant of their own, seen and sent; answers its HTML. */
async function leaveWaiting(app: TestApp, row: number): Promise<string> {
  const { db, office } = app.services
  const staffId = staffIdOf(app)
  const sent = await app.submit({ name: `Example ${row}`, email: `claimant-${row}@example.org` })
  takeOnTakedown(db, targetOf(app, sent), staffId)
  const message = { key: `kill-${row}`, body: `Words for the claimant, ${row}` }
  const outgoing = { act: 'letter', message } as const
  const rehearsal = rehearseAct(db, office, targetOf(app, sent), outgoing, staffId)
  if (!rehearsal.ok || !rehearsal.letter) throw new Error('there is no letter to preview')
  const seen = previewMark(outgoing, rehearsal)
  const pended = pendAct(db, office, targetOf(app, sent), { outgoing, fields: {}, seen, staffId })
  expect(pended.ok).toBe(true)
  return rehearsal.letter.html
}
