import { eq } from 'drizzle-orm'
import { expect, it, vi } from 'vitest'
import { receiptOf } from '../../src/actions/receipt-of.ts'
import { incomingMessages, outgoingMessages, takedowns } from '../../src/db/schema.ts'
import { pagesOf } from '../../src/takedowns/store.ts'
import { pdf } from '../support/images.ts'
import { claimantAddress, mailOf, receive } from '../support/mail.ts'
import { readPage } from '../support/read-page.ts'
import { type TestApp, testApp } from '../support/test-app.ts'

const unmatched = (change = {}) =>
  mailOf({ subject: 'A question', text: 'Please call me, 052-765-4321.', ...change })
const standingOf = (app: TestApp, id: number) =>
  app.services.db.select().from(incomingMessages).where(eq(incomingMessages.id, id)).get()
const choose = (app: TestApp, cookie: string, id: number, fields: Record<string, string>) =>
  app.post(`/staff/inbox/${id}/choice`, new URLSearchParams(fields), { cookie })
const later = (app: TestApp) => {
  app.clock.pass(16_000)
  app.services.mailReading.wake()
}

it('shows what waits, with why, and the mail with what was understood of it', async () => {
  const app = await testApp()
  const cookie = await app.signIn({ locale: 'en' })
  const mail = await receive(app, await unmatched())
  const list = await (await app.get('/staff/inbox', { cookie })).text()
  expect(list).toContain('A question')
  expect(list).toContain('It names no page of the site.')
  const page = await (await app.get(`/staff/inbox/${mail.id}`, { cookie })).text()
  expect(page).toContain('052-765-4321')
  expect(page).toContain('from the text')
})

it('makes a takedown of it fifteen seconds later, and asks for what it lacks, the page too', async () => {
  const app = await testApp()
  const cookie = await app.signIn()
  const mail = await receive(app, await unmatched())
  expect((await choose(app, cookie, mail.id, { act: 'make' })).status).toBe(303)
  expect(app.services.db.select().from(takedowns).all()).toHaveLength(0)
  later(app)
  await vi.waitFor(() => expect(standingOf(app, mail.id)?.standing).toBe('takedown'))
  expect(app.services.db.select().from(takedowns).all()).toMatchObject([
    { source: 'email', phoneE164: '+972527654321', askedFields: '["screenshot","page"]' },
  ])
  for (const list of ['/staff', '/staff/takedowns', '/staff/takedowns.csv'])
    expect([list, (await app.get(list, { cookie })).status]).toEqual([list, 200])
})

it('puts it into a takedown, or takes the choice back', async () => {
  const app = await testApp()
  const cookie = await app.signIn()
  const { reference } = await app.submit()
  const mail = await receive(app, await unmatched())
  await choose(app, cookie, mail.id, { act: 'file', reference })
  expect((await app.post(`/staff/inbox/${mail.id}/undoing`, new URLSearchParams(), { cookie })).status).toBe(
    303,
  )
  later(app)
  expect(standingOf(app, mail.id)).toMatchObject({ standing: 'unmatched', chosenUntil: null })
  await choose(app, cookie, mail.id, { act: 'file', reference })
  later(app)
  await vi.waitFor(() =>
    expect(standingOf(app, mail.id)).toMatchObject({ standing: 'reply', matchedBy: 'staff' }),
  )
  const status = await (await app.get(`/staff/takedowns/${reference}`, { cookie })).text()
  expect(status).toContain('Please call me')
})

it('refuses a reference that nobody has, and keeps what was typed', async () => {
  const app = await testApp()
  const cookie = await app.signIn({ locale: 'en' })
  const mail = await receive(app, await unmatched())
  const answer = await choose(app, cookie, mail.id, { act: 'file', reference: 'TD-0000-0001' })
  const page = await readPage(answer)
  expect(page.status).toBe(422)
  expect(page.values('reference')).toEqual(['TD-0000-0001'])
  expect(page.errors()).toEqual([{ at: '#reference', words: 'There is no request with this reference.' }])
  expect(page.html).toMatch(/<title>Error: /)
})

it('puts aside what is not ours, and brings it back', async () => {
  const app = await testApp()
  const cookie = await app.signIn()
  const mail = await receive(app, await unmatched())
  await choose(app, cookie, mail.id, { act: 'not_ours' })
  later(app)
  await vi.waitFor(() => expect(standingOf(app, mail.id)?.standing).toBe('not_ours'))
  expect(app.services.db.select().from(outgoingMessages).all()).toHaveLength(0)
  await choose(app, cookie, mail.id, { act: 'back' })
  expect(standingOf(app, mail.id)?.standing).toBe('unmatched')
})

it('gives a file of the mail and the mail itself as downloads alone', async () => {
  const app = await testApp()
  const cookie = await app.signIn()
  const content = '<script>alert(1)</script>'
  const raw = await unmatched({
    attachments: [
      { filename: 'عقد.html', content, contentType: 'text/html' },
      { filename: 'not-a.pdf', content, contentType: 'application/pdf' },
      { filename: 'program.exe', content: pdf, contentType: 'application/octet-stream' },
    ],
  })
  const mail = await receive(app, raw)
  const file = await app.get(`/staff/inbox/${mail.id}/files/0`, { cookie })
  expect(file.headers.get('content-type')).toBe('application/octet-stream')
  expect(file.headers.get('content-disposition')).toMatch(/^attachment/)
  expect(await file.text()).toBe(content)
  for (const [part, name] of [
    [1, 'not-a.pdf.bin'],
    [2, 'program.exe.pdf'],
  ] as const) {
    const other = await app.get(`/staff/inbox/${mail.id}/files/${part}`, { cookie })
    expect(other.headers.get('content-disposition')).toContain(`filename="${name}"`)
  }
  const whole = await app.get(`/staff/inbox/${mail.id}/raw`, { cookie })
  expect(Buffer.from(await whole.arrayBuffer()).equals(raw)).toBe(true)
  expect((await app.get(`/staff/inbox/${mail.id}/files/3`, { cookie })).status).toBe(404)
  expect((await app.get(`/staff/inbox/${mail.id}`)).status).toBe(303)
})

it('shows a letter that came back, with the server’s words, and that the claimant was not reached', async () => {
  const app = await testApp()
  const cookie = await app.signIn({ locale: 'en' })
  const { reference } = await app.submit()
  const [receipt] = app.services.db
    .select()
    .from(outgoingMessages)
    .where(eq(outgoingMessages.kind, 'receipt'))
    .all()
  const report = [
    'From: MAILER-DAEMON@mx.example.org',
    'To: info@ashams.com',
    'Subject: Undelivered Mail Returned to Sender',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'Your mail could not be delivered.',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.org',
    '',
    `Final-Recipient: rfc822; ${claimantAddress}`,
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 <claimant@example.org>: user unknown',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${receipt?.messageId}`,
    'Subject: whatever',
    '--b--',
    '',
  ].join('\r\n')
  const mail = await receive(app, Buffer.from(report))
  expect(mail).toMatchObject({ standing: 'bounce', matchedBy: 'delivery_report' })
  const page = await (await app.get(`/staff/takedowns/${reference}`, { cookie })).text()
  expect(page).toContain('they were not reached')
  const letters = await (await app.get('/staff/mail', { cookie })).text()
  expect(letters).toContain('550 5.1.1')
})

it('lets staff put right what was understood, once, and keeps what stood there', async () => {
  const app = await testApp()
  const cookie = await app.signIn({ locale: 'en' })
  const mail = await receive(app, await mailOf())
  const [takedown] = app.services.db
    .select()
    .from(takedowns)
    .where(eq(takedowns.id, mail.takedownId ?? 0))
    .all()
  const path = `/staff/takedowns/${takedown?.reference}`
  const fields = { name: 'Another Name', phone: '050-1112222', email: claimantAddress, locale: 'ar' }
  const send = (version: number) =>
    app.post(`${path}/correction`, new URLSearchParams({ ...fields, version: String(version) }), { cookie })
  expect((await send(takedown?.version ?? 0)).status).toBe(303)
  expect((await send(takedown?.version ?? 0)).status).toBe(409)
  const page = await (await app.get(path, { cookie })).text()
  expect(page).toContain('Another Name')
  expect(page).toContain('Details put right')
  expect(app.services.db.select().from(takedowns).all()[0]).toMatchObject({
    locale: 'ar',
    phoneE164: '+972501112222',
    askedFields: '["screenshot"]',
  })
})

it('adds a page that was named and not reported, and leaves the signed receipt as it was', async () => {
  const app = await testApp()
  const cookie = await app.signIn({ locale: 'en' })
  const { db, office, receiptKey } = app.services
  const first = await receive(app, await mailOf({ messageId: '<first@example.org>' }))
  const takedown = () => {
    const row = db
      .select()
      .from(takedowns)
      .where(eq(takedowns.id, first.takedownId ?? 0))
      .get()
    if (!row) throw new Error('no takedown')
    return row
  }
  const receipt = receiptOf(db, office, receiptKey, takedown())
  const text = 'And also https://ashams.com/articles/2'
  await receive(app, await mailOf({ text, inReplyTo: '<first@example.org>' }))
  const path = `/staff/takedowns/${takedown().reference}`
  const desk = await (await app.get(path, { cookie })).text()
  expect(desk).toContain('name="page" value="https://ashams.com/articles/2"')
  const send = (page: string) =>
    app.post(
      `${path}/correction`,
      new URLSearchParams([
        ['version', String(takedown().version)],
        ['name', 'Another Name'],
        ['phone', ''],
        ['email', claimantAddress],
        ['locale', 'en'],
        ['page', 'https://ashams.com/articles/2'],
        ['page', page],
      ]),
      { cookie },
    )
  expect((await send('https://example.net/elsewhere')).status).toBe(422)
  expect((await send('ashams.com/articles/3')).status).toBe(303)
  expect(pagesOf(db, takedown().id).map((page) => page.canonicalUrl)).toEqual([
    'https://ashams.com/articles/1',
    'https://ashams.com/articles/2',
    'https://ashams.com/articles/3',
  ])
  expect(receiptOf(db, office, receiptKey, takedown())).toBe(receipt)
})

it('says beside the words of a reply that they may be forged, and of no other', async () => {
  const env = { MAIL_AUTH_HOST: 'mx.ashams.com' }
  const app = await testApp(env)
  const cookie = await app.signIn({ locale: 'en' })
  const first = await receive(app, await mailOf({ messageId: '<first@example.org>' }))
  const takedown = app.services.db
    .select()
    .from(takedowns)
    .where(eq(takedowns.id, first.takedownId ?? 0))
    .get()
  const show = async () => (await app.get(`/staff/takedowns/${takedown?.reference}`, { cookie })).text()
  const inReplyTo = '<first@example.org>'
  await receive(app, await mailOf({ inReplyTo, text: 'Honest words' }))
  expect(await show()).not.toContain('may be forged')
  const headers = { 'Authentication-Results': 'mx.ashams.com; dmarc=fail header.from=example.org' }
  await receive(app, await mailOf({ inReplyTo, text: 'Other words', headers }))
  expect(await show()).toMatch(/may be forged<\/strong><\/p><blockquote[^>]*>.*Other words/)
})
