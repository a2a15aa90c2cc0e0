import { createHash, randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { jpegOf } from '../support/images.ts'
import type { ServerProcess } from '../support/server-process.ts'
import { filledForm, startTestApp } from '../support/test-app.ts'
import { booksOf } from './books.ts'
import type { FaultyDisk, FileCall } from './faulty-disk.ts'
import { preparedData, startOnFaultyDisk, untilCommit } from './faulty-server.ts'

/** Of the writes, most of which are pages of one commit, every so many-th is tried. */
const stride = 7
const answerShape = z.object({ reference: z.string(), accessKey: z.string() })
type Answer = z.infer<typeof answerShape>

interface Submission {
  readonly key: string
  readonly sha256: string
  send(origin: string): Promise<Answer | null>
}

async function newSubmission(): Promise<Submission> {
  const key = randomUUID()
  const content = await jpegOf(640, 480)
  const sha256 = createHash('sha256').update(content).digest('hex')
  const files = [{ name: 'shot.jpg', content, type: 'image/jpeg' }]
  return { key, sha256, send: async (origin) => send(origin, await filledForm({ submission: key, files })) }
}

/** Null when the server died before the answer was whole. */
async function send(origin: string, body: FormData): Promise<Answer | null> {
  try {
    const headers = { origin, accept: 'application/json' }
    return answerShape.parse(
      await (await fetch(`${origin}/en/takedowns`, { method: 'POST', headers, body })).json(),
    )
  } catch {
    return null
  }
}

/** What one submission calls until both its letters have gone and its copy is made. */
async function callsOfOne(prepared: string, submission: Submission) {
  const { disk, server, origin, dataDir } = await startOnFaultyDisk(prepared)
  disk.order({ act: 'watch' })
  expect(await submission.send(origin)).not.toBeNull()
  const untilAnswer = disk.calls()
  await expect.poll(() => lettersWritten(dataDir)).toBe(4)
  await sleep(1000)
  server.child.kill('SIGKILL')
  await server.ended
  return { untilAnswer, all: disk.calls() }
}

const lettersWritten = (dataDir: string) =>
  readdirSync(join(dataDir, 'mail')).filter((name) => name.endsWith('.eml')).length

it('P1: when the reference comes, every byte and every name written for it was synced', async () => {
  const { untilAnswer } = await callsOfOne(await preparedData(), await newSubmission())
  expect(unsyncedAfter(untilCommit(untilAnswer))).toEqual([])
})

/** Paths whose content, or whose name in its directory, a power cut would take. */
function unsyncedAfter(calls: readonly FileCall[]): string[] {
  const contents = new Set<string>()
  const entries = new Set<string>()
  for (const { call, path } of calls) {
    if (call === 'write' || call === 'ftruncate') contents.add(path)
    if (call === 'mkdir' || call === 'rename') entries.add(path)
    if (call !== 'fsync') continue
    contents.delete(path)
    for (const entry of entries) if (dirname(entry) === path) entries.delete(entry)
  }
  // The counters of limits may be lost.
  return [...contents, ...entries].filter((path) => !path.startsWith('limits.sqlite'))
}

it(`P1, P3, P4: killed at any open, sync, rename or new directory of one submission, or in the middle of every ${stride}th write, what was answered is there whole, the rest is nowhere half, and sending again makes one takedown`, async () => {
  const prepared = await preparedData()
  const submission = await newSubmission()
  const points = pointsOf((await callsOfOne(prepared, submission)).all)
  expect(points.filter(({ call }) => call === 'fsync').length).toBeGreaterThan(8)
  let [killed, answered] = [0, 0]
  for (const point of points) {
    const { dataDir, disk, server, origin } = await startOnFaultyDisk(prepared)
    disk.order({ act: 'kill', call: point.call, first: point.nth })
    const answer = await submission.send(origin)
    if (await diesOf(server, disk)) killed += 1
    if (answer) answered += 1
    await expectWholeOrAbsent(dataDir, submission, answer, `${point.call} ${point.nth}`)
  }
  process.stdout.write(`${points.length} points, ${killed} kills, ${answered} of them after the answer\n`)
  // Letters and copies run side by side: the last calls of one run may not come in another.
  expect(killed).toBeGreaterThan(points.length * 0.9)
  expect(answered).toBeGreaterThan(0)
})

interface Point {
  readonly call: FileCall['call']
  readonly nth: number
}

function pointsOf(calls: readonly FileCall[]): Point[] {
  const seen = new Map<FileCall['call'], number>()
  const points = calls.map(({ call }): Point => {
    const nth = (seen.get(call) ?? 0) + 1
    seen.set(call, nth)
    return { call, nth }
  })
  return points.filter(({ call, nth }) => call !== 'write' || nth % stride === 1)
}

/** False when the call did not come; the server is ended either way. */
async function diesOf(server: ServerProcess, disk: FaultyDisk): Promise<boolean> {
  const isDead = () => server.child.signalCode !== null
  await expect
    .poll(isDead, { timeout: 5000 })
    .toBe(true)
    .catch(() => disk.relent())
  const isKilled = isDead()
  server.child.kill('SIGKILL')
  await server.ended
  return isKilled
}

/** After a new start, and again after the same form was sent once more. */
async function expectWholeOrAbsent(
  dataDir: string,
  { key, sha256, send }: Submission,
  answer: Answer | null,
  at: string,
) {
  const app = await startTestApp({ CANARY_HOURS: '0' }, { dataDir })
  try {
    const { $client } = app.services.db
    const left = booksOf($client, dataDir)
    expect(left.half, at).toEqual([])
    if (answer) expect(left.takedowns.get(key), at).toEqual([answer.reference])
    expect(
      left.strays.filter((name) => name !== `originals/${sha256}` && name.startsWith('originals/')),
      at,
    ).toEqual([])
    expect(readdirSync(join(dataDir, 'evidence/incoming')), at).toEqual([])

    const again = await send(app.listening)
    if (answer) expect(again, at).toEqual(answer)
    const reference = again?.reference
    if (left.takedowns.has(key)) expect([reference], at).toEqual(left.takedowns.get(key))
    const sentAgain = booksOf($client, dataDir)
    expect(sentAgain.half, at).toEqual([])
    expect(sentAgain.takedowns.get(key), at).toEqual([reference])
    expect(sentAgain.takedowns.size, at).toBe(2)
  } finally {
    await app.stop()
  }
}
