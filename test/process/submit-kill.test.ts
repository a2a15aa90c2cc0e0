import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { pngOf } from '../support/images.ts'
import { type ServerProcess, startServerProcess } from '../support/server-process.ts'
import { filledForm } from '../support/test-app.ts'

const kills = 10
const answerShape = z.object({ reference: z.string(), accessKey: z.string() })
type Answer = z.infer<typeof answerShape>

interface Sent {
  readonly key: string
  readonly sha256: string
  readonly form: () => Promise<FormData>
  /** What the claimant was told, if the answer came through. */
  answer: Answer | null
}

/** Sends forms one after the other until the server is gone. */
async function sendUntilKilled(server: ServerProcess, sent: Sent[]): Promise<void> {
  const origin = await server.origin
  for (;;) {
    const submission = randomUUID()
    const content = await pngOf(20, 20)
    const one: Sent = {
      key: submission,
      sha256: createHash('sha256').update(content).digest('hex'),
      form: () => filledForm({ submission, files: [{ name: 'shot.png', content }] }),
      answer: null,
    }
    sent.push(one)
    const answer = await send(origin, one)
    if (answer === null) return
    one.answer = answer
  }
}

/** Null when the server died before the answer was whole. */
async function send(origin: string, one: Sent): Promise<Answer | null> {
  try {
    const headers = { origin, accept: 'application/json' }
    const response = await fetch(`${origin}/ar/takedowns`, {
      method: 'POST',
      headers,
      body: await one.form(),
    })
    return answerShape.parse(await response.json())
  } catch {
    return null
  }
}

it('P1, P3: killed at any moment, what was answered is there once, whole, and sending again changes nothing', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'rightsdesk-kill-'))
  const sent: Sent[] = []
  for (let kill = 0; kill < kills; kill++) {
    const server = startServerProcess({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' })
    await server.origin
    const sending = Promise.all([sendUntilKilled(server, sent), sendUntilKilled(server, sent)])
    const before = sent.length
    const answers = () => sent.slice(before).filter((one) => one.answer).length
    // Every second time there is something to lose by then, however slow the machine.
    if (kill % 2 === 1) await expect.poll(answers, { timeout: 60_000, interval: 5 }).toBeGreaterThan(2)
    await sleep(Math.random() * 500)
    server.child.kill('SIGKILL')
    await Promise.all([server.ended, sending])
  }
  const answered = sent.filter((one) => one.answer !== null)
  expect(answered.length).toBeGreaterThan(kills)

  const server = startServerProcess({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' })
  const origin = await server.origin
  for (const one of sent) {
    const again = await send(origin, one)
    expect(again).not.toBeNull()
    if (one.answer) expect(again).toEqual(one.answer)
  }
  server.child.kill('SIGTERM')
  expect(await server.ended).toBe(0)
  await expectOnDisk(dataDir, sent)
  await rm(dataDir, { recursive: true, force: true })
}, 180_000)

/** Each submission once, its file byte for byte under its hash, both letters queued once or gone. */
async function expectOnDisk(dataDir: string, sent: readonly Sent[]): Promise<void> {
  const client = new Sqlite(join(dataDir, 'takedowns.sqlite'), { readonly: true })
  const column = (query: string) =>
    z.array(z.union([z.string(), z.number()])).parse(client.prepare(query).pluck().all())
  const keys = column('select submission_key from takedowns order by 1')
  expect(keys).toEqual(sent.map((one) => one.key).sort())
  expect(column('select sha256 from screenshots order by 1')).toEqual(sent.map((one) => one.sha256).sort())
  expect(
    column('select count(*) from outgoing_messages group by takedown_id').every((count) => count === 2),
  ).toBe(true)
  expect(column('select count(distinct message_id) from outgoing_messages')).toEqual([sent.length * 2])
  client.close()
  for (const { sha256 } of sent) {
    const file = await readFile(join(dataDir, 'evidence', 'originals', sha256.slice(0, 2), sha256))
    expect(createHash('sha256').update(file).digest('hex')).toBe(sha256)
  }
}
