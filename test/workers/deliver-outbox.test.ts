import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { Writable } from 'node:stream'
import { eq } from 'drizzle-orm'
import pino from 'pino'
import PostalMime from 'postal-mime'
import { expect, onTestFinished, test } from 'vitest'
import { recordSafeCopy } from '../../src/actions/record-safe-copy.ts'
import { requeueLetter } from '../../src/actions/requeue-letter.ts'
import { resumeMail } from '../../src/actions/resume-mail.ts'
import type { Db } from '../../src/db/open.ts'
import { outgoingMessages } from '../../src/db/schema.ts'
import { pauseMs } from '../../src/outbox/channel-pause.ts'
import { createSmtpChannel, type SmtpTimeouts } from '../../src/outbox/smtp.ts'
import { outboxSummary } from '../../src/outbox/store.ts'
import { readEvents } from '../../src/takedowns/events.ts'
import { type DeliveryDeps, startDeliveringOutbox } from '../../src/workers/deliver-outbox.ts'
import {
  enqueue,
  insertScreenshot,
  insertTakedown,
  noon,
  openTestDatabase,
  startMailServer,
  startScriptedServer,
  temporaryFolder,
} from '../outbox/rig.ts'
import { testEvidenceStore } from '../support/evidence-store.ts'

const timeouts: SmtpTimeouts = {
  connection: 9_000,
  greeting: 9_000,
  socket: 9_000,
  attempt: 20_000,
  quit: 100,
}
const minute = 60_000

interface Line {
  level: string
  msg: string
}

/** A worker on a clock that the test moves, with what it logged. */
async function deliver(db: Db, smtpUrl: string, over: Partial<DeliveryDeps> = {}) {
  const clock = { at: noon, now: () => clock.at }
  const lines: string[] = []
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(`${chunk}`)
      done()
    },
  })
  const worker = startDeliveringOutbox({
    db,
    clock,
    logger: pino({ formatters: { level: (level) => ({ level }) } }, sink),
    channel: createSmtpChannel(smtpUrl, timeouts),
    sender: { name: 'Publisher', address: 'info@publisher.example' },
    ownAddresses: ['info@publisher.example'],
    accessKeyFor: () => 'THEKEY',
    evidence: await testEvidenceStore(temporaryFolder()),
    random: () => 0,
    pollMs: 25,
    stopWithinMs: 100,
    ...over,
  })
  onTestFinished(() => worker.stop())
  const logged = (msg: string) =>
    lines.map((line): Line => JSON.parse(line)).filter((line) => line.msg === msg)
  return { ...worker, clock, lines, logged }
}

const letters = (db: Db) => db.select().from(outgoingMessages).all()
const states = (db: Db) => letters(db).map((letter) => letter.state)
const soon = { timeout: 10_000, interval: 10 }

test('P17: letters leave, and say so in the log without a name or an address', async () => {
  const db = openTestDatabase()
  const { url, taken } = await startMailServer()
  const { subject } = enqueue(db, {
    subject: 'طلبكم',
    recipient: { name: 'رنا', address: 'rana@example.org' },
  })
  const worker = await deliver(db, url)
  await expect.poll(() => states(db), soon).toEqual(['submitted'])
  expect((await PostalMime.parse(taken[0]?.raw ?? '')).subject).toBe(subject)
  expect(letters(db)[0]).toMatchObject({ submittedAt: noon, attempts: 1, leaseToken: null })
  await worker.stop()
  expect(worker.logged('letter_submitted')).toHaveLength(1)
  expect(worker.lines.join('')).not.toMatch(/rana|رنا|طلبكم/)
})

test('the letter to the office waits for the safe copy and takes it along', async () => {
  const db = openTestDatabase()
  const evidence = await testEvidenceStore(temporaryFolder())
  const { url, taken } = await startMailServer()
  const takedown = insertTakedown(db)
  const screenshot = insertScreenshot(db, takedown.id, { fileName: 'لقطة.png' })
  enqueue(db, {
    takedownId: takedown.id,
    attachedScreenshots: [screenshot],
    waitForCopiesUntil: noon + minute,
  })
  const worker = await deliver(db, url, { evidence })
  const picture = Buffer.from('a re-encoded picture')
  const copySha256 = createHash('sha256').update(picture).digest('hex')
  const path = evidence.newUploadPath()
  writeFileSync(path, picture)
  await evidence.keep(path, copySha256, 'copies')
  expect(states(db)).toEqual(['queued'])
  const made = { sha256: copySha256, mediaType: 'image/jpeg', bytes: picture.length, likeness: null }
  recordSafeCopy(db, screenshot, { kind: 'made', ...made }, noon)
  worker.wake()
  await expect.poll(() => taken.length, soon).toBe(1)
  const { attachments } = await PostalMime.parse(taken[0]?.raw ?? '', { attachmentEncoding: 'utf8' })
  expect(attachments).toMatchObject([{ filename: 'لقطة.jpg', content: 'a re-encoded picture' }])
})

test('P2: after a drop behind the dot the second copy has the same Message-ID and the same bytes', async () => {
  const db = openTestDatabase()
  const server = await startScriptedServer({ dot: 'drop' })
  const { messageId } = enqueue(db)
  const worker = await deliver(db, server.url)
  await expect.poll(() => states(db), soon).toEqual(['uncertain'])
  worker.clock.at += minute
  worker.wake()
  await expect.poll(() => server.received.length, soon).toBe(2)
  expect(server.received[1]).toBe(server.received[0])
  expect(server.received[0]).toContain(`Message-ID: ${messageId}`)
})

test('a hung server conversation and a refused recipient hold up no other letter', async () => {
  const db = openTestDatabase()
  const { url, taken } = await startMailServer({
    onRcptTo: ({ address }, _session, callback) => {
      // The hung one is never answered.
      if (address.startsWith('no')) callback(Object.assign(new Error('no such user'), { responseCode: 550 }))
      else if (!address.startsWith('hung')) callback()
    },
  })
  enqueue(db, { recipient: { name: '', address: 'hung@example.org' } })
  enqueue(db, { recipient: { name: '', address: 'no@example.org' } })
  enqueue(db, { recipient: { name: '', address: 'not an address' } })
  for (let i = 0; i < 8; i++) enqueue(db)
  const worker = await deliver(db, url)
  await expect.poll(() => taken.length, soon).toBe(8)
  await expect.poll(() => states(db).slice(0, 3), soon).toEqual(['submitting', 'failed', 'failed'])
  await worker.stop()
  expect(states(db)[0]).toBe('queued')
})

test('a letter that cannot be put together marks only itself', async () => {
  const db = openTestDatabase()
  const { url, taken } = await startMailServer()
  const { dedupeKey } = enqueue(db)
  enqueue(db)
  db.update(outgoingMessages)
    .set({ attachedScreenshots: 'not JSON', waitForCopiesUntil: noon })
    .where(eq(outgoingMessages.dedupeKey, dedupeKey))
    .run()
  await deliver(db, url)
  await expect.poll(() => states(db), soon).toEqual(['queued', 'submitted'])
  expect(taken).toHaveLength(1)
  expect(letters(db)[0]).toMatchObject({ attempts: 1, nextAttemptAt: noon + minute })
})

test('a wrong password pauses the channel with one alarm, and one letter tries again after the pause', async () => {
  const db = openTestDatabase()
  let password = 'another'
  let tries = 0
  const { port, taken } = await startMailServer({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: (auth, _session, callback) => {
      tries += 1
      if (auth.password === password) callback(null, { user: 'desk' })
      else callback(new Error('no'))
    },
  })
  for (let i = 0; i < 6; i++) enqueue(db)
  const worker = await deliver(db, `smtp://desk:right@127.0.0.1:${port}`)
  await expect.poll(() => outboxSummary(db, noon).counts, soon).toMatchObject({ queued: 6 })
  await expect.poll(() => worker.logged('mail_channel_paused').length, soon).toBe(1)
  expect(outboxSummary(db, noon).paused).toMatchObject({ until: noon + pauseMs })
  const triesBefore = tries
  expect(triesBefore).toBeLessThanOrEqual(4)
  worker.clock.at += pauseMs
  worker.wake()
  await expect
    .poll(() => outboxSummary(db, worker.clock.at).paused?.until, soon)
    .toBe(worker.clock.at + pauseMs)
  expect(tries).toBe(triesBefore + 1)
  expect(worker.logged('mail_channel_paused')).toHaveLength(1)
  password = 'right'
  expect(resumeMail(db)).toBe(true)
  worker.wake()
  await expect.poll(() => taken.length, soon).toBe(6)
  await expect.poll(() => outboxSummary(db, worker.clock.at).counts, soon).toMatchObject({ submitted: 6 })
  expect(resumeMail(db)).toBe(false)
})

test('two workers on one database never send a letter twice', async () => {
  const folder = temporaryFolder()
  const [one, two] = [openTestDatabase(folder), openTestDatabase(folder)]
  const { url, taken } = await startMailServer()
  const sent = Array.from({ length: 60 }, () => enqueue(one).messageId)
  await deliver(one, url)
  await deliver(two, url)
  await expect.poll(() => outboxSummary(one, noon).counts.submitted, soon).toBe(60)
  const arrived = taken.map(({ raw }) => /^Message-ID: (\S+)/m.exec(raw)?.[1])
  expect(arrived.toSorted()).toEqual(sent.toSorted())
})

test('a letter whose process was killed is sent again by the next one, with the same Message-ID', async () => {
  const db = openTestDatabase()
  const { url, taken } = await startMailServer()
  const { messageId } = enqueue(db)
  // As the killed process left it: claimed, never settled.
  db.update(outgoingMessages)
    .set({ state: 'submitting', attempts: 1, leaseUntil: noon + minute, leaseToken: 'of the dead' })
    .run()
  const worker = await deliver(db, url)
  worker.clock.at = noon + minute
  worker.wake()
  await expect.poll(() => states(db), soon).toEqual(['submitted'])
  expect(taken[0]?.raw).toContain(messageId)
})

test('while another process holds the database nothing is lost, and delivery goes on afterwards', async () => {
  const folder = temporaryFolder()
  const [db, other] = [openTestDatabase(folder), openTestDatabase(folder)]
  const { url } = await startMailServer()
  enqueue(db)
  other.$client.exec('BEGIN IMMEDIATE')
  db.$client.pragma('busy_timeout = 1')
  const worker = await deliver(db, url)
  await expect.poll(() => worker.logged('outbox_unreadable').length, soon).toBeGreaterThan(0)
  other.$client.exec('COMMIT')
  await expect.poll(() => states(db), soon).toEqual(['submitted'])
})

test('stopping lets a letter under way finish', async () => {
  const db = openTestDatabase()
  const waiting: (() => void)[] = []
  const { url } = await startMailServer({
    onData(stream, _session, callback) {
      stream.resume()
      waiting.push(callback)
    },
  })
  enqueue(db)
  const worker = await deliver(db, url, { stopWithinMs: 10_000 })
  await expect.poll(() => waiting.length, soon).toBe(1)
  const stopped = worker.stop()
  for (const finish of waiting) finish()
  await stopped
  expect(states(db)).toEqual(['submitted'])
})

test('stopping cuts off what does not end, and says that it is uncertain', async () => {
  const db = openTestDatabase()
  const server = await startScriptedServer({ dot: null })
  enqueue(db)
  const worker = await deliver(db, server.url)
  await expect.poll(() => server.received.length, soon).toBe(1)
  await worker.stop()
  expect(states(db)).toEqual(['uncertain'])
})

test('staff mend the address, and the letter goes there with the Message-ID it had', async () => {
  const db = openTestDatabase()
  const takedown = insertTakedown(db)
  const { url, taken } = await startMailServer({
    onRcptTo: ({ address }, _session, callback) =>
      callback(address === 'rana@example.org' ? null : Object.assign(new Error('no'), { responseCode: 550 })),
  })
  const { messageId } = enqueue(db, {
    takedownId: takedown.id,
    recipient: { name: '', address: 'rama@example.org' },
  })
  const worker = await deliver(db, url)
  await expect.poll(() => states(db), soon).toEqual(['failed'])
  const id = letters(db)[0]?.id ?? 0
  const act = { id, actor: { kind: 'system' }, now: worker.clock.at } as const
  expect(requeueLetter(db, { ...act, address: 'a@b.example, v@evil.example' })).toMatchObject({
    refusal: 'address',
  })
  expect(requeueLetter(db, { ...act, address: ' rana@example.org ' })).toEqual({ ok: true })
  worker.wake()
  await expect.poll(() => states(db), soon).toEqual(['submitted'])
  expect(taken).toMatchObject([{ to: ['rana@example.org'] }])
  expect(taken[0]?.raw).toContain(messageId)
  expect(requeueLetter(db, act)).toMatchObject({ refusal: 'refused' })
  const events = readEvents(db, takedown.id)
  expect(events).toMatchObject([{ type: 'letter_requeued', detail: { letterId: id } }])
  expect(JSON.stringify(events)).not.toContain('example.org')
})

test('a server that is down until later loses nothing', async () => {
  const db = openTestDatabase()
  const server = await startScriptedServer({ greeting: 'drop' })
  enqueue(db)
  const worker = await deliver(db, server.url)
  for (const [attempts, wait] of [1, 5, 15, 60, 60].entries()) {
    await expect.poll(() => letters(db)[0], soon).toMatchObject({ state: 'queued', attempts: attempts + 1 })
    expect(letters(db)[0]?.nextAttemptAt).toBe(worker.clock.at + wait * minute)
    worker.clock.at += wait * minute
    worker.wake()
  }
})

test('P2: down for nearly three days and then back, a server gets each letter once, under its own Message-ID', async () => {
  const db = openTestDatabase()
  let isDown = true
  const { url, taken } = await startMailServer({
    onConnect: (_session, callback) =>
      callback(isDown ? Object.assign(new Error('not now'), { responseCode: 421 }) : null),
  })
  const sent = Array.from({ length: 3 }, () => enqueue(db).messageId)
  const worker = await deliver(db, url)
  const end = noon + 71 * 60 * minute
  for (let attempt = 1; worker.clock.at < end; attempt++) {
    await expect
      .poll(() => letters(db).map(({ state, attempts }) => [state, attempts]), soon)
      .toEqual(sent.map(() => ['queued', attempt]))
    worker.clock.at = Math.max(...letters(db).map(({ nextAttemptAt }) => nextAttemptAt))
    if (worker.clock.at >= end) isDown = false
    worker.wake()
  }
  await expect.poll(() => states(db), soon).toEqual(sent.map(() => 'submitted'))
  const arrived = taken.map(({ raw }) => /^Message-ID: (\S+)/m.exec(raw)?.[1])
  expect(arrived.toSorted()).toEqual(sent.toSorted())
})
