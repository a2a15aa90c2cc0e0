import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { outboxSummary } from '../../src/outbox/store.ts'
import { enqueue, openTestDatabase, startMailServer, temporaryFolder } from '../outbox/rig.ts'

const child = fileURLToPath(new URL('./delivering-child.ts', import.meta.url))

function startDelivering(folder: string, smtpUrl: string): ChildProcess {
  const started = spawn(process.execPath, ['--import', 'tsx', child, folder, smtpUrl], { stdio: 'inherit' })
  onTestFinished(() => {
    started.kill('SIGKILL')
  })
  return started
}

test('a process killed at any moment loses no letter, and a second copy is the first one again', async () => {
  const folder = temporaryFolder()
  const db = openTestDatabase(folder)
  const { url, taken } = await startMailServer()
  const now = Date.now()
  const sent = Array.from({ length: 400 }, () => enqueue(db, { now }).messageId)
  for (let kills = 0; kills < 4; kills++) {
    const before = taken.length
    const delivering = startDelivering(folder, url)
    await expect.poll(() => taken.length, { timeout: 20_000, interval: 2 }).toBeGreaterThan(before + 3)
    await sleep(Math.random() * 80)
    delivering.kill('SIGKILL')
    await once(delivering, 'exit')
  }
  startDelivering(folder, url)
  await expect.poll(() => outboxSummary(db, now).counts.submitted, { timeout: 40_000 }).toBe(400)
  const copies = new Map<string, string[]>()
  for (const { raw } of taken) {
    const messageId = /^Message-ID: (\S+)/m.exec(raw)?.[1] ?? ''
    copies.set(messageId, [...(copies.get(messageId) ?? []), raw])
  }
  expect([...copies.keys()].toSorted()).toEqual(sent.toSorted())
  for (const [first, ...others] of copies.values()) {
    for (const other of others) expect(other).toBe(first)
  }
  // At most the four letters that each killed process had under way.
  expect(taken.length).toBeLessThanOrEqual(400 + 4 * 4)
})
