import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { beginSafeCopy } from '../../src/actions/begin-safe-copy.ts'
import { recordSafeCopy } from '../../src/actions/record-safe-copy.ts'
import { outgoingMessages } from '../../src/db/schema.ts'
import { pauseChannel, pauseMs, readPause } from '../../src/outbox/channel-pause.ts'
import { claimDueLetters, nextDueAt, releaseLeases } from '../../src/outbox/claim.ts'
import type { Settlement } from '../../src/outbox/classify.ts'
import { settleLetter } from '../../src/outbox/settle.ts'
import { lettersNeedingAttention, lettersOf, outboxSummary } from '../../src/outbox/store.ts'
import {
  enqueue,
  insertScreenshot,
  insertTakedown,
  newLetter,
  noon,
  openTestDatabase,
  temporaryFolder,
} from './rig.ts'

const minute = 60_000
const lease = 4 * minute
const made = {
  kind: 'made',
  sha256: 'b'.repeat(64),
  mediaType: 'image/png',
  bytes: 1,
  likeness: null,
} as const
const retry: Settlement = { kind: 'retry', reply: '451 later' }

const detailsOf = (plan: unknown) =>
  z
    .array(z.object({ detail: z.string() }))
    .parse(plan)
    .map(({ detail }) => detail)

test('P2: the same cause queues its letter once', () => {
  const db = openTestDatabase()
  const { dedupeKey } = enqueue(db)
  enqueue(db, { dedupeKey })
  expect(db.select().from(outgoingMessages).all()).toHaveLength(1)
})

test('P2: a letter is claimed once, by one of two connections', () => {
  const folder = temporaryFolder()
  const [one, two] = [openTestDatabase(folder), openTestDatabase(folder)]
  for (let i = 0; i < 10; i++) enqueue(one)
  const claims = Array.from({ length: 5 }, () => [
    ...claimDueLetters(one, noon, lease, 1),
    ...claimDueLetters(two, noon, lease, 1),
  ]).flat()
  expect(new Set(claims.map((letter) => letter.id)).size).toBe(10)
  expect(claimDueLetters(two, noon, lease, 4)).toEqual([])
})

test('P2: a letter whose lease was lost is claimed again, with the same Message-ID, and counts its attempts', () => {
  const db = openTestDatabase()
  const { messageId } = enqueue(db)
  claimDueLetters(db, noon, lease, 4)
  expect(claimDueLetters(db, noon + lease - 1, lease, 4)).toEqual([])
  expect(claimDueLetters(db, noon + lease, lease, 4)).toMatchObject([{ messageId, attempts: 2 }])
})

test('a process that starts alone takes over the letters of its predecessor at once', () => {
  const db = openTestDatabase()
  enqueue(db)
  claimDueLetters(db, noon, lease, 4)
  expect(releaseLeases(db, noon + 1)).toBe(1)
  expect(claimDueLetters(db, noon + 1, lease, 4)).toHaveLength(1)
})

test('who lost the lease settles nothing', () => {
  const db = openTestDatabase()
  enqueue(db)
  const [first] = claimDueLetters(db, noon, lease, 1)
  const [second] = claimDueLetters(db, noon + lease, lease, 1)
  if (!first || !second) throw new Error('not claimed')
  const late = settleLetter(db, first, { kind: 'failed', reply: '550 no' }, noon + lease, 0)
  const taken = settleLetter(db, second, { kind: 'submitted', reply: '250 ok' }, noon + lease, 0)
  expect([late.isOurs, taken.isOurs]).toEqual([false, true])
  expect(db.select().from(outgoingMessages).get()).toMatchObject({ state: 'submitted', lastReply: '250 ok' })
})

test('an uncertain letter is tried again by backoff', () => {
  const db = openTestDatabase()
  enqueue(db)
  const [letter] = claimDueLetters(db, noon, lease, 1)
  if (!letter) throw new Error('not claimed')
  settleLetter(db, letter, { kind: 'uncertain', reply: 'ECONNECTION' }, noon, 0)
  expect(claimDueLetters(db, noon + minute - 1, lease, 1)).toEqual([])
  expect(nextDueAt(db, noon)).toBe(noon + minute)
  expect(claimDueLetters(db, noon + minute, lease, 1)).toHaveLength(1)
})

test('a letter waits for its copies, and not beyond its moment', () => {
  const db = openTestDatabase()
  const takedown = insertTakedown(db)
  const screenshot = insertScreenshot(db, takedown.id)
  const waiting = { attachedScreenshots: [screenshot], waitForCopiesUntil: noon + minute }
  enqueue(db, waiting)
  expect(claimDueLetters(db, noon, lease, 4)).toEqual([])
  expect(nextDueAt(db, noon)).toBe(noon + minute)
  expect(claimDueLetters(db, noon + minute, lease, 4)).toHaveLength(1)
})

test('a letter is due when the last copy that it waits for is there', () => {
  const db = openTestDatabase()
  const { id: takedownId } = insertTakedown(db)
  const attachedScreenshots = [
    insertScreenshot(db, takedownId),
    insertScreenshot(db, takedownId, { position: 1 }),
  ]
  const waiting = { takedownId, attachedScreenshots, waitForCopiesUntil: noon + minute }
  enqueue(db, waiting)
  enqueue(db, { ...waiting, attachedScreenshots: attachedScreenshots.slice(0, 1) })
  enqueue(db, { ...waiting, attachedScreenshots: [] })
  expect(claimDueLetters(db, noon, lease, 4)).toHaveLength(1)
  const [first = 0] = attachedScreenshots
  recordSafeCopy(db, first, made, noon)
  expect(claimDueLetters(db, noon, lease, 4)).toHaveLength(1)
  for (let attempt = 0; attempt < 3; attempt++) beginSafeCopy(db, noon)
  expect(claimDueLetters(db, noon, lease, 4)).toEqual([])
  expect(beginSafeCopy(db, noon)).toEqual({ task: null, isSettled: true })
  expect(claimDueLetters(db, noon, lease, 4)).toHaveLength(1)
})

test('a copy that is made late does not hurry a letter that was tried without it', () => {
  const db = openTestDatabase()
  const { id: takedownId } = insertTakedown(db)
  const screenshot = insertScreenshot(db, takedownId)
  enqueue(db, { takedownId, attachedScreenshots: [screenshot], waitForCopiesUntil: noon + minute })
  const [letter] = claimDueLetters(db, noon + minute, lease, 4)
  if (!letter) throw new Error('not claimed')
  settleLetter(db, letter, { kind: 'retry', reply: '451 later' }, noon + minute, 0)
  recordSafeCopy(db, screenshot, made, noon + minute)
  expect(claimDueLetters(db, noon + minute, lease, 4)).toEqual([])
})

test('what waits is read off an index alone, however much it is', () => {
  const db = openTestDatabase()
  const plans: string[] = []
  const { prepare } = db.$client
  Object.assign(db.$client, {
    prepare(text: string) {
      const explained = prepare.call(db.$client, `EXPLAIN QUERY PLAN ${text}`)
      const values = Array.from(text.matchAll(/\?/g), () => null)
      plans.push(...detailsOf(explained.all(values)))
      return prepare.call(db.$client, text)
    },
  })
  claimDueLetters(db, noon, lease, 4)
  nextDueAt(db, noon)
  const ofLetters = plans.filter((step) => /(SEARCH|SCAN) outgoing_messages/.test(step))
  expect(ofLetters.length).toBeGreaterThan(7)
  const isFromIndex = /USING (COVERING INDEX outgoing_on_its_way|INTEGER PRIMARY KEY)/
  expect(ofLetters.filter((step) => !isFromIndex.test(step))).toEqual([])
  // Of the five parts of a claim, a few letters each.
  expect(plans.filter((step) => /TEMP B-TREE/.test(step))).toEqual(['USE TEMP B-TREE FOR ORDER BY'])
})

test('P18: what stands far in the future after the clock jumped back counts as due', () => {
  const db = openTestDatabase()
  const sixYears = 6 * 365 * 24 * 60 * minute
  enqueue(db, { now: noon + sixYears, waitForCopiesUntil: noon + sixYears })
  enqueue(db, { now: noon + sixYears })
  claimDueLetters(db, noon + sixYears, lease, 1)
  expect(claimDueLetters(db, noon, lease, 4)).toHaveLength(2)
})

test('P18: a clock that jumps ahead does not hand out what this process is sending', () => {
  const db = openTestDatabase()
  enqueue(db)
  const [letter] = claimDueLetters(db, noon, lease, 1)
  const underWay = letter ? [letter.id] : []
  expect(claimDueLetters(db, noon + 288 * 60 * minute, lease, 4, underWay)).toEqual([])
})

test('bad credentials pause the channel once, and the attempt does not count', () => {
  const db = openTestDatabase()
  enqueue(db)
  enqueue(db)
  const refused: Settlement = { kind: 'badCredentials', reply: '535 no' }
  const paused = claimDueLetters(db, noon, lease, 2).map((letter) =>
    settleLetter(db, letter, refused, noon, 0),
  )
  expect(paused.map((settled) => settled.channelPaused)).toEqual([true, false])
  expect(readPause(db, noon)).toEqual({ until: noon + pauseMs, reason: '535 no' })
  expect(db.select().from(outgoingMessages).get()).toMatchObject({ state: 'queued', attempts: 0 })
})

test('P18: a pause written before the clock jumped back does not last for years', () => {
  const db = openTestDatabase()
  pauseChannel(db, '535 no', noon)
  expect(readPause(db, noon - 365 * 24 * 60 * minute)).toBeNull()
})

test('staff see what failed, what is uncertain and what is late, and nothing else', () => {
  const db = openTestDatabase()
  const takedown = insertTakedown(db)
  const kinds: Settlement['kind'][] = ['submitted', 'failed', 'uncertain', 'retry']
  for (const kind of kinds) {
    enqueue(db, { takedownId: takedown.id, kind })
    const [letter] = claimDueLetters(db, noon, lease, 1)
    if (letter) settleLetter(db, letter, { kind, reply: '' }, noon, 0)
  }
  expect(lettersNeedingAttention(db).map((letter) => letter.kind)).toEqual(['failed', 'uncertain'])
  db.update(outgoingMessages).set({ attempts: 3 }).where(eq(outgoingMessages.kind, 'retry')).run()
  expect(lettersNeedingAttention(db)).toHaveLength(3)
  expect(lettersOf(db, takedown.id)).toMatchObject(
    kinds.map((kind) => ({ kind, reference: takedown.reference })),
  )
})

test('the summary counts by state and tells for how long the oldest letter waits', () => {
  const db = openTestDatabase()
  expect(outboxSummary(db, noon)).toMatchObject({ oldestDueSeconds: 0, paused: null })
  enqueue(db)
  const [letter] = claimDueLetters(db, noon, lease, 1)
  if (letter) settleLetter(db, letter, retry, noon, 0)
  enqueue(db, { now: noon + minute })
  expect(outboxSummary(db, noon + 2 * minute)).toMatchObject({
    counts: { queued: 2, submitting: 0, submitted: 0, failed: 0, uncertain: 0 },
    oldestDueSeconds: 120,
  })
})

test('new letters have Message-IDs of their own', () => {
  expect(newLetter().messageId).toMatch(/^<[0-9a-f]{32}@publisher\.example>$/)
})
