import { Writable } from 'node:stream'
import pino from 'pino'
import { expect, it } from 'vitest'
import { chooseForMail, dueChoices, undoMs } from '../../src/actions/settle-mail.ts'
import { type MailReading, startReadingMail } from '../../src/workers/read-mail.ts'
import { staffIdOf } from '../support/claimant.ts'
import { mailOf, receive } from '../support/mail.ts'
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
