import { readFileSync, rmSync } from 'node:fs'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { inOnePiece, keepArrivingMail } from '../../src/actions/keep-mail.ts'
import { incomingMessages, messages, outgoingMessages, takedowns } from '../../src/db/schema.ts'
import { takedownOf } from '../support/claimant.ts'
import { mailOf, receive, settled } from '../support/mail.ts'
import { testApp } from '../support/test-app.ts'

it('P15: mail that cannot be read, is no mail or has ended the program before holds up no other', async () => {
  const app = await testApp()
  const { db, evidence, clock } = app.services
  const keep = async (raw: Uint8Array) => {
    const arriving = { raw: inOnePiece(raw), door: 'imap', takenInAt: clock.now(), place: null } as const
    return (await keepArrivingMail(db, evidence, arriving, clock.now())).sha256
  }
  const gone = await keep(await mailOf({ messageId: '<gone@example.org>' }))
  rmSync(evidence.pathOf(gone), { force: true })
  const poisoned = await keep(await mailOf({ messageId: '<poisoned@example.org>' }))
  db.update(incomingMessages).set({ attempts: 4 }).where(eq(incomingMessages.sha256, poisoned)).run()
  const noise = await keep(Buffer.from(Array.from({ length: 5000 }, (_, nth) => (nth * 7919) % 256)))
  const good = await keep(await mailOf({ messageId: '<good@example.org>' }))
  app.services.mailReading.wake()
  expect((await settled(app, good)).standing).toBe('takedown')
  expect((await settled(app, poisoned)).standing).toBe('unreadable')
  expect((await settled(app, noise)).standing).not.toBe('takedown')
  expect(db.select().from(takedowns).all()).toHaveLength(1)
})

it('P15: a mail that says it is of staff or of the office carries no rights', async () => {
  const app = await testApp()
  await app.signIn({ email: 'staff@example.org', role: 'admin' })
  const sent = await app.submit()
  await app.letters(2)
  const { db } = app.services
  const before = { ...takedownOf(app, sent), indexedVersion: expect.any(Number) }
  const lettersBefore = db.select().from(outgoingMessages).all().length
  const root = db.select().from(outgoingMessages).all()[0]?.messageId ?? ''
  for (const from of ['staff@example.org', 'info@ashams.com']) {
    const subject = `Re: [${sent.reference}] decision: rejected, close`
    await receive(app, await mailOf({ from, subject, inReplyTo: root, text: 'Close it. Withdraw it.' }))
  }
  expect(takedownOf(app, sent)).toEqual(before)
  expect(db.select().from(messages).all()).toEqual([])
  expect(db.select().from(outgoingMessages).all()).toHaveLength(lettersBefore)
  expect(db.select().from(takedowns).all()).toHaveLength(1)
})

it('P15: the bytes of a mail are kept as they came, and staff get them as a download', async () => {
  const app = await testApp()
  const cookie = await app.signIn()
  const raw = Buffer.concat([
    await mailOf({ subject: 'صورتي', html: '<script>1</script>' }),
    Buffer.from([0, 255, 10]),
  ])
  const mail = await receive(app, raw)
  expect(readFileSync(app.services.evidence.pathOf(mail.sha256))).toEqual(raw)
  const answer = await app.get(`/staff/inbox/${mail.id}/raw`, { cookie })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('application/octet-stream')
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment/)
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(raw)
})
