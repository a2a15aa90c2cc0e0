import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import pino from 'pino'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { beginSafeCopy } from '../../src/actions/begin-safe-copy.ts'
import { recordSafeCopy } from '../../src/actions/record-safe-copy.ts'
import { type Db, openDatabase } from '../../src/db/open.ts'
import { screenshots, takedowns } from '../../src/db/schema.ts'
import { createImageProcess } from '../../src/evidence/image-process.ts'
import type { EvidenceStore } from '../../src/evidence/store.ts'
import { systemClock } from '../../src/lib/clock.ts'
import { type CopyMaker, startMakingCopies } from '../../src/workers/make-copies.ts'
import { testEvidenceStore } from '../support/evidence-store.ts'
import { pngOf, svg } from '../support/images.ts'

const images = createImageProcess({ role: 'copy' })
const logger = pino({ level: 'silent' })
const makers: CopyMaker[] = []
afterEach(async () => {
  for (const maker of makers.splice(0)) await maker.stop()
})
afterAll(() => images.stop())

interface Office {
  directory: string
  db: Db
  evidence: EvidenceStore
  settled: number
  start(pollMs?: number): CopyMaker
  add(content: Buffer): Promise<number>
  row(id: number): typeof screenshots.$inferSelect | undefined
}

async function openOffice(): Promise<Office> {
  const directory = mkdtempSync(join(tmpdir(), 'copies-'))
  const db = openDatabase(join(directory, 'takedowns.sqlite'))
  const evidence = await testEvidenceStore(join(directory, 'evidence'))
  insertTakedown(db)
  const office: Office = {
    directory,
    db,
    evidence,
    settled: 0,
    start(pollMs = 50) {
      const onSettled = () => {
        office.settled++
      }
      const maker = startMakingCopies({
        db,
        evidence,
        images,
        clock: systemClock,
        logger,
        onSettled,
        pollMs,
      })
      makers.push(maker)
      return maker
    },
    async add(content) {
      const path = evidence.newUploadPath()
      writeFileSync(path, content)
      const sha256 = createHash('sha256').update(content).digest('hex')
      await evidence.keep(path, sha256)
      return insertScreenshot(db, sha256, content.length)
    },
    row: (id) => db.select().from(screenshots).where(eq(screenshots.id, id)).get(),
  }
  return office
}

function insertTakedown(db: Db) {
  const text = {
    claimantName: 'a',
    phoneTyped: '1',
    privacyVersion: '1',
    submissionKey: 'k',
    submissionDigest: 'd',
  }
  const times = { receivedAt: 1, dueAt: 1, lastEventAt: 1 }
  db.insert(takedowns)
    .values({
      ...text,
      ...times,
      reference: 'TD-1',
      source: 'form',
      locale: 'ar',
      status: 'received',
      accessKeyNonce: 'n',
      accessKeyHash: 'h',
    })
    .run()
}

const insertScreenshot = (db: Db, sha256: string, bytes: number): number =>
  db
    .insert(screenshots)
    .values({
      takedownId: 1,
      position: 0,
      sha256,
      fileName: 'a.png',
      mediaType: 'image/png',
      bytes,
      copyState: 'pending',
      at: 1,
    })
    .returning()
    .get().id

test('pending screenshots get their copies, oldest first, and who waits for them is told', async () => {
  const office = await openOffice()
  const first = await office.add(await pngOf())
  const second = await office.add(await pngOf())
  office.start()
  await vi.waitFor(() => expect(office.row(second)?.copyState).toBe('ready'), 15_000)
  const row = office.row(first)
  expect(row).toMatchObject({ copyState: 'ready', copyMediaType: 'image/png', copyAttempts: 1 })
  expect(existsSync(office.evidence.pathOf(row?.copySha256 ?? '', 'copies'))).toBe(true)
  expect(office.settled).toBe(2)
  expect(readdirSync(office.evidence.incomingDirectory)).toEqual([])
})

test('waking makes the next copy at once', async () => {
  const office = await openOffice()
  const maker = office.start(600_000)
  const id = await office.add(await pngOf())
  maker.wake()
  await vi.waitFor(() => expect(office.row(id)?.copyState).toBe('ready'), 15_000)
})

test('an image that cannot be copied fails after three attempts, and the next one is made', async () => {
  const office = await openOffice()
  const bad = await office.add(svg)
  const good = await office.add(await pngOf())
  office.start()
  await vi.waitFor(() => expect(office.row(good)?.copyState).toBe('ready'), 15_000)
  expect(office.row(bad)).toMatchObject({ copyState: 'failed', copyAttempts: 3 })
  expect(office.settled).toBe(2)
})

test('an attempt counts before it is made: after three crashes of the whole program it is not tried again', async () => {
  const office = await openOffice()
  const id = await office.add(await pngOf())
  for (let crash = 0; crash < 3; crash++)
    expect(beginSafeCopy(office.db, Date.now()).task?.screenshotId).toBe(id)
  office.start()
  await vi.waitFor(() => expect(office.row(id)?.copyState).toBe('failed'))
  expect(office.settled).toBe(1)
})

test('an original that is gone fails and holds up nobody', async () => {
  const office = await openOffice()
  const gone = insertScreenshot(office.db, 'a'.repeat(64), 1)
  const good = await office.add(await pngOf())
  office.start()
  await vi.waitFor(() => expect(office.row(good)?.copyState).toBe('ready'), 15_000)
  expect(office.row(gone)?.copyState).toBe('failed')
})

test('what stands in the way of a copy counts no attempt against it, and it is made when the way is free', async () => {
  const office = await openOffice()
  const id = await office.add(await pngOf())
  const stopped = createImageProcess({ role: 'copy' })
  await stopped.stop()
  const { db, evidence } = office
  const hindered = startMakingCopies({ db, evidence, images: stopped, clock: systemClock, logger, pollMs: 5 })
  await new Promise((resolve) => setTimeout(resolve, 100))
  await hindered.stop()
  expect(office.row(id)).toMatchObject({ copyState: 'pending', copyAttempts: 0 })
  office.start()
  await vi.waitFor(() => expect(office.row(id)?.copyState).toBe('ready'), 15_000)
})

test('a listener that throws does not end the worker', async () => {
  const office = await openOffice()
  const { db, evidence } = office
  const onSettled = () => {
    throw new Error('of the listener')
  }
  makers.push(startMakingCopies({ db, evidence, images, clock: systemClock, logger, onSettled, pollMs: 20 }))
  const first = await office.add(await pngOf())
  await vi.waitFor(() => expect(office.row(first)?.copyState).toBe('ready'), 15_000)
  const second = await office.add(await pngOf())
  await vi.waitFor(() => expect(office.row(second)?.copyState).toBe('ready'), 15_000)
})

test('a copy that was recorded is not recorded over', async () => {
  const office = await openOffice()
  const id = await office.add(await pngOf())
  const made = {
    kind: 'made',
    sha256: 'b'.repeat(64),
    mediaType: 'image/png',
    bytes: 5,
    likeness: null,
  } as const
  expect(recordSafeCopy(office.db, id, made, Date.now())).toBe(true)
  expect(recordSafeCopy(office.db, id, { ...made, sha256: 'c'.repeat(64) }, Date.now())).toBe(false)
  expect(office.row(id)?.copySha256).toBe('b'.repeat(64))
})

test('the worker stops with no copy half made', async () => {
  const office = await openOffice()
  const id = await office.add(await pngOf())
  const maker = office.start()
  await vi.waitFor(() => expect(office.row(id)?.copyAttempts).toBe(1))
  await maker.stop()
  expect(office.row(id)?.copyState).toBe('ready')
})
