import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { jpegOf } from '../support/images.ts'
import { filledForm, startTestApp } from '../support/test-app.ts'
import { booksOf } from './books.ts'
import { preparedData, startOnFaultyDisk } from './faulty-server.ts'

const hangMs = 10_000
/** More than libuv has threads for files. */
const forms = 8

async function submitTo(origin: string) {
  const key = randomUUID()
  const files = [{ name: 'shot.jpg', content: await jpegOf(320, 240), type: 'image/jpeg' }]
  const answer = await fetch(`${origin}/en/takedowns`, {
    method: 'POST',
    headers: { origin, accept: 'application/json' },
    body: await filledForm({ submission: key, files }),
  })
  await answer.arrayBuffer()
  return { key, status: answer.status }
}

/** Every answer's status, once all have answered. */
const ask = async (origin: string) =>
  Promise.all(['/healthz', '/ar', '/he/track'].map(async (path) => (await fetch(`${origin}${path}`)).status))

/** Each once, whole, after a kill and a new start. */
async function expectKept(dataDir: string, keys: readonly string[]) {
  const app = await startTestApp({ CANARY_HOURS: '0' }, { dataDir })
  const { takedowns, half } = booksOf(app.services.db.$client, dataDir)
  await app.stop()
  expect(half).toEqual([])
  for (const key of keys) expect(takedowns.get(key)).toHaveLength(1)
  expect(takedowns.size).toBe(keys.length + 1)
}

it('P5: while the disk syncs no screenshot for ten seconds pages answer, and then every form is taken', async () => {
  const { disk, server, origin, dataDir } = await startOnFaultyDisk(await preparedData())
  disk.order({ act: 'hang', call: 'fsync', path: 'evidence', last: 1_000_000 })
  let answered = 0
  const sent = Array.from({ length: forms }, async () => {
    const one = await submitTo(origin)
    answered += 1
    return one
  })
  const until = performance.now() + hangMs
  while (performance.now() < until) {
    expect(await ask(origin)).toEqual([200, 200, 200])
    await sleep(100)
  }
  const looked = await fetch(`${origin}/readyz`)
  expect(looked.status).toBe(503)
  expect(await looked.json()).toMatchObject({ database: 'ok', disk: 'the disk does not answer' })
  expect(answered, 'no reference without its file on disk').toBe(0)
  disk.relent()
  const taken = await Promise.all(sent)
  expect(taken.map(({ status }) => status)).toEqual(taken.map(() => 201))
  await expect.poll(async () => (await fetch(`${origin}/readyz`)).status).toBe(200)
  server.child.kill('SIGKILL')
  await server.ended
  await expectKept(
    dataDir,
    taken.map(({ key }) => key),
  )
})

it('P5: one screenshot whose sync does not end is told by /readyz, while all else is well', async () => {
  const { disk, origin } = await startOnFaultyDisk(await preparedData())
  disk.order({ act: 'hang', call: 'fsync', path: 'evidence', last: 1 })
  const sent = submitTo(origin)
  const ready = async () => (await fetch(`${origin}/readyz`)).json()
  expect(await ready()).toMatchObject({ ready: true })
  await expect.poll(ready, { timeout: hangMs + 5000, interval: 500 }).toMatchObject({
    ready: false,
    database: 'ok',
    disk: 'ok',
    checks: { evidence: { ok: false, why: 'a write to the evidence folder hangs' } },
  })
  disk.relent()
  expect((await sent).status).toBe(201)
  expect(await ready()).toMatchObject({ ready: true })
})

it('P5: while the sync of a commit hangs for ten seconds everybody waits, and then everybody is answered and every form is taken', async () => {
  const { disk, server, origin, dataDir } = await startOnFaultyDisk(await preparedData())
  disk.order({ act: 'hang', call: 'fsync', path: 'takedowns.sqlite', last: 1_000_000 })
  let answered = 0
  const count = <Answer>(answer: Answer) => {
    answered += 1
    return answer
  }
  const sent = Array.from({ length: forms }, () => submitTo(origin).then(count))
  await sleep(hangMs / 2)
  const asked = ask(origin).then(count)
  await sleep(hangMs / 2)
  expect(answered, 'no reference before its commit is on disk').toBe(0)
  disk.relent()
  const taken = await Promise.all(sent)
  expect(await asked).toEqual([200, 200, 200])
  expect(taken.map(({ status }) => status)).toEqual(taken.map(() => 201))
  server.child.kill('SIGKILL')
  await server.ended
  await expectKept(
    dataDir,
    taken.map(({ key }) => key),
  )
})
