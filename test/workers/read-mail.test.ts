import { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import pino from 'pino'
import { expect, it } from 'vitest'
import { inOnePiece, keepArrivingMail } from '../../src/actions/keep-mail.ts'
import { chooseForMail, dueChoices, undoMs } from '../../src/actions/settle-mail.ts'
import { incomingMessages } from '../../src/db/schema.ts'
import type { MailReader } from '../../src/workers/mail-reader.ts'
import { type MailReading, startReadingMail } from '../../src/workers/read-mail.ts'
import { staffIdOf } from '../support/claimant.ts'
import { mailOf, receive, settled } from '../support/mail.ts'
import { testApp } from '../support/test-app.ts'

it('P7: a stop ends after the mail in hand, and the other choices of staff wait for the next start', async () => {
  const app = await testApp()
  const { services } = app
  const { db, office, mailReader: reader, evidence, images } = services
  await app.signIn()
  for (let nth = 0; nth < 3; nth++) {
    const mail = await receive(
      app,
      await mailOf({ text: `It names no page, ${nth}.`, subject: 'A question' }),
    )
    chooseForMail(db, mail.id, { act: 'not_ours', staffId: staffIdOf(app) }, app.clock.now())
  }
  // The app's own worker looks by a clock at which nothing is due.
  const due = app.clock.now() + undoMs
  const lines: string[] = []
  let ended: Promise<void> | undefined
  const out = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      if (String(chunk).includes('mail_settled')) ended ??= reading.stop()
      done()
    },
  })
  const clock = { now: () => due }
  const reading: MailReading = startReadingMail({
    db,
    office,
    clock,
    logger: pino(out),
    reader,
    evidence,
    images,
  })
  await expect.poll(() => ended !== undefined, { timeout: 10_000 }).toBe(true)
  await ended
  expect(lines.filter((line) => line.includes('mail_settled'))).toHaveLength(1)
  expect(dueChoices(db, due)).toHaveLength(2)
})

/** An app whose own worker reads nothing, and readers of its mail as they begin with a start. */
async function appBetweenStarts() {
  const app = await testApp()
  const { services } = app
  await services.mailReading.stop()
  const { db, office, evidence, images, clock, mailReader, logger } = services
  return {
    app,
    keep: async (text: string) => {
      const arriving = {
        raw: inOnePiece(await mailOf({ text })),
        door: 'pipe',
        takenInAt: clock.now(),
        place: null,
      } as const
      return (await keepArrivingMail(db, evidence, arriving, clock.now())).sha256
    },
    start: (pausesMs: readonly number[], reader: Pick<MailReader, 'read'> = mailReader) =>
      startReadingMail({ db, office, clock, logger, reader, evidence, images, pausesMs, pollMs: 20 }),
    mails: () => db.select().from(incomingMessages).orderBy(incomingMessages.id).all(),
  }
}

/** As a process that is killed before its reading ends. */
const cutOff: Pick<MailReader, 'read'> = { read: () => new Promise(() => {}) }

it('P15: a mail that was in hand when the program was killed again and again soon after its start is not stepped over', async () => {
  const { app, keep, start, mails } = await appBetweenStarts()
  const sha256 = await keep('You use my photograph on https://ashams.com/articles/1 without asking.')
  start([60_000], cutOff)
  await expect.poll(() => mails()[0]?.attempts).toBe(1)
  for (let kill = 0; kill < 6; kill++) {
    const reading = start([60_000], cutOff)
    await sleep(60)
    await reading.stop()
  }
  const other = await keep('You use my drawing on https://ashams.com/articles/2 without asking.')
  const { mailReader, evidence } = app.services
  const read: string[] = []
  const noting = {
    read(path: string) {
      read.push(path)
      return mailReader.read(path)
    },
  }
  const reading = start([0], noting)
  expect((await settled(app, sha256)).standing).toBe('takedown')
  expect(read, 'after all other mail').toEqual([other, sha256].map((hash) => evidence.pathOf(hash)))
  await reading.stop()
})

it('P15: one that has ended the program four times after growing pauses is stepped over, and other mail is read', async () => {
  const { app, keep, start, mails } = await appBetweenStarts()
  const poisoned = await keep('You use my photograph on https://ashams.com/articles/1 without asking.')
  for (let times = 1; times <= 4; times++) {
    start([100, 100, 100], cutOff)
    await expect.poll(() => mails()[0]?.attempts).toBe(times)
  }
  const other = await keep('You use my drawing on https://ashams.com/articles/2 without asking.')
  const reading = start([100, 100, 100])
  expect(await settled(app, poisoned)).toMatchObject({ standing: 'unreadable', matchedBy: 'ended' })
  expect(mails().map(({ standing }) => standing)).toEqual(['unreadable', 'takedown'])
  expect((await settled(app, other)).standing).toBe('takedown')
  await reading.stop()
})
