import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { startServerProcess } from '../support/server-process.ts'
import { filledForm } from '../support/test-app.ts'

/** Needs Linux and root: it mounts a small volume of its own. */
it('P5: on a volume that fills up every accepted form is whole and every refused one absent, letters go out, and it recovers by itself', async () => {
  const volume = mkdtempSync(join(tmpdir(), 'rightsdesk-volume-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=32m', 'tmpfs', volume])
  const server = startServerProcess({
    DATA_DIR: join(volume, 'data'),
    LOG_LEVEL: 'info',
    CANARY_HOURS: '0',
    MIN_FREE_MB: '2',
    DISK_RESERVE_MB: '4',
  })
  onTestFinished(async () => {
    server.child.kill('SIGKILL')
    await server.ended
    execFileSync('umount', ['-l', volume])
    rmSync(volume, { recursive: true, force: true })
  })
  const origin = await server.origin
  const send = async (submission: string) => {
    const answer = await fetch(`${origin}/en/takedowns`, {
      method: 'POST',
      headers: { origin, accept: 'application/json' },
      body: await filledForm({ submission }),
    })
    await answer.arrayBuffer()
    return answer.status
  }
  const accepted: string[] = []
  const refused: string[] = []
  const submit = async () => {
    const submission = randomUUID()
    const status = await send(submission)
    expect([201, 503]).toContain(status)
    ;(status === 201 ? accepted : refused).push(submission)
  }
  for (let n = 0; n < 5; n++) await submit()
  await expect.poll(() => server.output(), { timeout: 10_000 }).toContain('disk_reserve_held')
  // Somebody else's file takes everything.
  const ballast = join(volume, 'ballast')
  const fill = () => {
    try {
      for (;;) writeFileSync(ballast, Buffer.alloc(64 * 1024, 1), { flag: 'a' })
    } catch {
      // The volume is full.
    }
  }
  fill()
  for (let n = 0; n < 10; n++) await submit()
  await expect.poll(() => server.output(), { timeout: 10_000 }).toContain('disk_reserve_given_up')
  expect((await fetch(`${origin}/readyz`)).status).toBe(503)
  expect((await fetch(`${origin}/en`)).status).toBe(200)
  await submit()
  expect(refused.length).toBeGreaterThan(0)
  const letters = () => readdirSync(join(volume, 'data/mail')).filter((name) => name.endsWith('.eml')).length
  await expect.poll(letters, { timeout: 90_000 }).toBe(2 * accepted.length)
  rmSync(ballast)
  await expect.poll(() => send(randomUUID()), { timeout: 20_000 }).toBe(201)
  await sleep(500)

  const database = new Sqlite(join(volume, 'data/takedowns.sqlite'), { readonly: true })
  const keys = database.prepare('SELECT submission_key FROM takedowns').pluck().all()
  for (const one of accepted) expect(keys).toContain(one)
  for (const one of refused) expect(keys).not.toContain(one)
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
  database.close()
})
