import { eq } from 'drizzle-orm'
import { expect, it, vi } from 'vitest'
import { inOnePiece, keepArrivingMail } from '../../src/actions/keep-mail.ts'
import { incomingMessages, outgoingMessages, takedowns } from '../../src/db/schema.ts'
import { claimantAddress, mailOf, receive } from '../support/mail.ts'
import { type TestApp, testApp } from '../support/test-app.ts'

const lettersTo = (app: TestApp, address: string) =>
  app.services.db.select().from(outgoingMessages).where(eq(outgoingMessages.recipientAddress, address)).all()

it('P15: a machine that strips every header and answers every letter stops by itself', async () => {
  const app = await testApp()
  await receive(app, await mailOf())
  let answered = 0
  for (let round = 0; round < 30; round++) {
    const letters = lettersTo(app, claimantAddress)
    if (letters.length === answered) break
    const letter = letters[answered++]
    // No In-Reply-To, no Auto-Submitted, a subject of its own, and the letter's words again, page and all.
    const text = `We have received your message number ${round}.\n\n${letter?.textBody}`
    const mail = await receive(
      app,
      await mailOf({ subject: `Ticket ${round}`, text, messageId: `<r${round}@machine.example>` }),
    )
    expect(mail.standing).not.toBe('kept')
  }
  expect(answered).toBe(1)
  expect(lettersTo(app, claimantAddress)).toHaveLength(1)
  expect(app.services.db.select().from(takedowns).all()).toHaveLength(2)
})

it('a day later it is answered once more, and not twice', async () => {
  const app = await testApp()
  const mailAt = (n: number) =>
    mailOf({ text: `https://ashams.com/articles/${n}`, messageId: `<d${n}@example.org>` })
  await receive(app, await mailAt(1))
  app.clock.pass(23 * 3_600_000)
  await receive(app, await mailAt(2))
  expect(lettersTo(app, claimantAddress)).toHaveLength(1)
  app.clock.pass(2 * 3_600_000)
  await receive(app, await mailAt(3))
  await receive(app, await mailAt(4))
  expect(lettersTo(app, claimantAddress)).toHaveLength(2)
})

it('P15: a bomb of mails neither stops the form nor makes letters of them', async () => {
  const app = await testApp()
  const { db, evidence, mailReading } = app.services
  const first = await receive(app, await mailOf({ from: 'bomb0@example.org', messageId: '<b0@example.org>' }))
  // Three times what an hour takes: from there on each further mail costs the same.
  const bomb = 600
  for (let n = 1; n <= bomb; n++) {
    const raw = await mailOf({
      from: `bomb${n}@example.org`,
      messageId: `<b${n}@example.org>`,
      text: `https://ashams.com/articles/${n}`,
    })
    const now = app.clock.now()
    await keepArrivingMail(
      db,
      evidence,
      { raw: inOnePiece(raw), door: 'imap', takenInAt: now, place: null },
      now,
    )
  }
  mailReading.wake()
  const answer = await app.submit({ email: 'somebody@example.net' })
  expect(answer.reference).toMatch(/^TD-/)
  const rows = () => db.select().from(incomingMessages).all()
  await vi.waitFor(() => expect(rows().filter(({ standing }) => standing === 'kept')).toHaveLength(0), {
    timeout: 60_000,
    interval: 100,
  })
  const standings = (wanted: string) => rows().filter(({ standing }) => standing === wanted).length
  expect(first.standing).toBe('takedown')
  expect(standings('takedown')).toBe(200)
  expect(rows().filter(({ matchedBy }) => matchedBy === 'flood')).toHaveLength(bomb + 1 - 200)
  const receipts = db.select().from(outgoingMessages).where(eq(outgoingMessages.kind, 'receipt')).all()
  expect(receipts.length).toBeLessThanOrEqual(61)
}, 120_000)

it('acknowledgements name the thread they answer, and carry one Message-ID', async () => {
  const app = await testApp()
  await receive(app, await mailOf({ messageId: '<one@example.org>' }))
  const letters = await app.letters(2)
  expect(new Set(letters.map(({ messageId }) => messageId)).size).toBe(2)
  expect(letters.map(({ inReplyTo }) => inReplyTo)).toContain('<one@example.org>')
})
