import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../outbox/rig.ts'
import { startServerProcess } from '../support/server-process.ts'
import { filledForm } from '../support/test-app.ts'

const clients = 10_000
/** Beginning when all are there. */
const seconds = 30
const longestMs = 1500
const child = fileURLToPath(new URL('./slow-clients-child.ts', import.meta.url))

/** Linux. Needs a hard limit of open files (`ulimit -Hn`) above eleven thousand. */
function openFilesAllowed(): number {
  return Number(/^Max open files +\d+ +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1] ?? 0)
}

function startSlowClients(origin: string): ChildProcess {
  const started = spawn(process.execPath, ['--import', 'tsx', child, origin, `${clients}`, `${seconds}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void started.kill('SIGKILL'))
  return started
}

/** The status, or why there was none. */
async function submitTo(origin: string): Promise<number | string> {
  try {
    const answer = await fetch(`${origin}/en/takedowns`, {
      method: 'POST',
      headers: { origin, accept: 'application/json', connection: 'close' },
      body: await filledForm(),
    })
    await answer.arrayBuffer()
    return answer.status
  } catch (error) {
    return error instanceof Error ? String(error.cause) : 'no answer'
  }
}

it('P6: ten thousand slow clients do not stop an honest one', async () => {
  expect(openFilesAllowed(), 'this test needs `ulimit -Hn` above 11000').toBeGreaterThan(11_000)
  const server = startServerProcess({ DATA_DIR: temporaryFolder(), LOG_LEVEL: 'fatal' })
  onTestFinished(() => void server.child.kill('SIGKILL'))
  const origin = await server.origin
  const slow = startSlowClients(origin)
  let isOver = false
  const arrived = slow.stdout && once(slow.stdout, 'data')
  const ended = once(slow, 'exit').then(() => {
    isOver = true
  })

  const asked: number[] = []
  const asking = (async () => {
    while (!isOver) {
      const began = performance.now()
      await (await fetch(`${origin}/healthz`, { headers: { connection: 'close' } })).arrayBuffer()
      asked.push(performance.now() - began)
      await sleep(50)
    }
  })()
  await arrived
  const taken: { status: number | string; ms: number }[] = []
  while (!isOver) {
    const began = performance.now()
    const status = await submitTo(origin)
    taken.push({ status, ms: performance.now() - began })
    await sleep(500)
  }
  await asking
  await ended
  const longest = Math.max(...asked)
  const refused = taken.filter(({ status }) => status !== 201)
  process.stdout.write(
    `${asked.length} signs of life, the longest after ${longest.toFixed(0)} ms; ${taken.length} forms, ${refused.length} told to come back, the longest ${Math.max(...taken.map(({ ms }) => ms)).toFixed(0)} ms\n`,
  )
  expect(longest).toBeLessThan(longestMs)
  expect(refused.filter(({ status }) => status !== 503)).toEqual([])
  // Who comes while every place is taken by somebody who only just began is told to come back, and then gets one.
  expect(refused.length).toBeLessThan(taken.length / 4)
  server.child.kill('SIGTERM')
  expect(await server.ended).toBe(0)
})
