import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { messages, outgoingMessages, reportedPages, screenshots, takedowns } from '../../src/db/schema.ts'
import { translate } from '../../src/i18n/translate.ts'
import { pngOf } from '../support/images.ts'
import { claimantAddress, mailOf, receive } from '../support/mail.ts'
import { type TestApp, testApp } from '../support/test-app.ts'

const takedownOf = (app: TestApp, id: number | null) =>
  app.services.db
    .select()
    .from(takedowns)
    .where(eq(takedowns.id, id ?? 0))
    .get()

const shot = async () => ({ filename: 'screenshot.png', content: await pngOf(), contentType: 'image/png' })

it('makes a takedown of a mail that names a page, received when the mail host took it in', async () => {
  const app = await testApp()
  const takenInAt = app.clock.now() - 3_600_000
  const mail = await receive(app, await mailOf({ attachments: [await shot()] }), { takenInAt })
  expect(mail.standing).toBe('takedown')
  const takedown = takedownOf(app, mail.takedownId)
  expect(takedown).toMatchObject({
    source: 'email',
    status: 'received',
    claimantName: 'Example Claimant',
    email: claimantAddress,
    receivedAt: takenInAt,
    locale: 'en',
    askedFields: '["phone"]',
  })
  const { db } = app.services
  expect(
    db
      .select()
      .from(reportedPages)
      .all()
      .map((page) => page.canonicalUrl),
  ).toEqual(['https://ashams.com/articles/1'])
  expect(db.select().from(screenshots).all()).toHaveLength(1)
})

it('acknowledges it in the language of its writer, with what is missing and the link', async () => {
  const app = await testApp()
  const text = 'السلام عليكم، نشرتم صورتي هنا https://ashams.com/articles/1 بدون إذن.\n\nمع الاحترام،'
  await receive(app, await mailOf({ text, subject: 'صورتي', messageId: '<first@example.org>' }))
  const letters = await app.letters(2)
  const receipt = letters.find((letter) => letter.to?.[0]?.address === claimantAddress)
  expect(receipt?.text).toContain('لقطة شاشة')
  expect(receipt?.text).toContain('رقم الهاتف')
  expect(receipt?.text).not.toContain('– الاسم الكامل')
  expect(receipt?.text).not.toContain('لا يلزم منكم أي شيء')
  expect(receipt?.text).toMatch(/\/ar\/takedowns\/TD-\S+\?key=/)
  expect(receipt?.inReplyTo).toBe('<first@example.org>')
})

it('greets a writer without a name, and says on the status page what was not given', async () => {
  const app = await testApp()
  const mail = await receive(
    app,
    await mailOf({ from: claimantAddress, text: 'https://ashams.com/articles/1' }),
  )
  const letters = await app.letters(2)
  const receipt = letters.find((letter) => letter.to?.[0]?.address === claimantAddress)
  expect(receipt?.text).toMatch(/^Hello,\n\nWe have received/)
  expect(receipt?.html).toContain('Hello,')
  const link = /\/en\/takedowns\/TD-\S+\?key=\S+/.exec(receipt?.text ?? '')?.[0] ?? ''
  const opened = await app.get(link)
  const cookie = opened.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const page = await (await app.get(link.split('?')[0] ?? '', { cookie })).text()
  for (const term of ['Full name', 'Phone number'])
    expect(page).toContain(`<dt>${term}</dt><dd>${translate('en', 'status.sent.none')}</dd>`)
  for (const field of ['asked-name', 'asked-phone']) expect(page).toContain(`name="${field}"`)
  for (const field of ['asked-page', 'asked-email']) expect(page).not.toContain(`name="${field}"`)
  expect(takedownOf(app, mail.takedownId)?.askedFields).toBe('["name","phone","screenshot"]')
})

it('tells the office of a request and of words that came by mail that they came by mail', async () => {
  const app = await testApp({ DEFAULT_LOCALE: 'en' })
  await receive(app, await mailOf({ messageId: '<first@example.org>' }))
  await receive(app, await mailOf({ inReplyTo: '<first@example.org>', text: 'One more thing.' }))
  const letters = await app.letters(3)
  const toOffice = letters.filter((letter) => letter.to?.[0]?.address === 'info@ashams.com')
  const words = toOffice.map((letter) => letter.text).join('\n')
  expect(words).toContain('has come in by mail to the info address')
  expect(words).toContain('added the following by mail')
  expect(words).not.toContain('through the form')
  expect(words).not.toContain('on the status page:')
})

it('puts a reply into its takedown, with its files, and folds what it quotes', async () => {
  const app = await testApp()
  const { reference } = await app.submit()
  const [letter] = app.services.db
    .select()
    .from(outgoingMessages)
    .where(eq(outgoingMessages.kind, 'receipt'))
    .all()
  const mail = await receive(
    app,
    await mailOf({
      subject: `Re: [${reference}]`,
      inReplyTo: letter?.messageId ?? '',
      text: 'Here is another picture.\n\nOn Mon, 2 Nov 2026 at 10:00, Radio <info@ashams.com> wrote:\n> We have received it.\n> Thank you',
      attachments: [{ ...(await shot()), content: await pngOf(300, 300) }],
    }),
  )
  expect(mail).toMatchObject({ standing: 'reply', matchedBy: 'thread' })
  const [message] = app.services.db.select().from(messages).all()
  expect(message).toMatchObject({ author: 'claimant', body: 'Here is another picture.' })
  expect(message?.quoted).toContain('> We have received it.')
  expect(
    app.services.db
      .select()
      .from(screenshots)
      .where(eq(screenshots.messageId, message?.id ?? 0))
      .all(),
  ).toHaveLength(1)
})

it('P15: tells another sender in a known thread nothing, and shows it to staff', async () => {
  const app = await testApp()
  await app.submit()
  await app.letters(2)
  const [letter] = app.services.db
    .select()
    .from(outgoingMessages)
    .where(eq(outgoingMessages.kind, 'receipt'))
    .all()
  const mail = await receive(
    app,
    await mailOf({ from: 'other@example.net', inReplyTo: letter?.messageId ?? '' }),
  )
  expect(mail.standing).toBe('stranger')
  expect(app.services.db.select().from(outgoingMessages).all()).toHaveLength(2)
  expect(app.services.db.select().from(takedowns).all()).toHaveLength(1)
})

it('P15: takes the same mail once, with and without a Message-ID', async () => {
  const app = await testApp()
  const one = await mailOf({ messageId: '<same@example.org>' })
  const again = Buffer.concat([
    Buffer.from('Received: from another.example.org by mx; Mon, 2 Nov 2026 10:00:00 +0200\r\n'),
    one,
  ])
  expect((await receive(app, one)).standing).toBe('takedown')
  expect((await receive(app, one)).standing).toBe('takedown')
  expect((await receive(app, again)).standing).toBe('copy')
  expect(app.services.db.select().from(takedowns).all()).toHaveLength(1)
})

it('takes mail to a signed reply address for the claimant’s, and no other', async () => {
  const app = await testApp({ MAIL_PLUS_ADDRESSES: 'on' })
  await app.submit()
  const letters = await app.letters(2)
  const to =
    letters.find((letter) => letter.to?.[0]?.address === claimantAddress)?.replyTo?.[0]?.address ?? ''
  expect(to).toMatch(/^info\+td-/)
  const signed = await receive(app, await mailOf({ from: 'elsewhere@example.net', to, text: 'More of it.' }))
  expect(signed).toMatchObject({ standing: 'reply', matchedBy: 'reply_address' })
  const forged = to.replace(/[0-9a-f]{12}@/, '000000000000@')
  const other = await receive(
    app,
    await mailOf({ from: 'elsewhere@example.net', to: forged, text: 'I withdraw.' }),
  )
  expect(other.standing).toBe('unmatched')
  expect(app.services.db.select().from(takedowns).all()[0]?.status).toBe('received')
})

it('answers nobody whose domain disowns the mail', async () => {
  const app = await testApp({ MAIL_AUTH_HOST: 'mx.ashams.com' })
  const headers = { 'Authentication-Results': 'mx.ashams.com; dmarc=fail header.from=example.org' }
  const mail = await receive(app, await mailOf({ headers }))
  expect(mail.standing).toBe('takedown')
  const letters = app.services.db.select().from(outgoingMessages).all()
  expect(letters.map(({ kind }) => kind)).toEqual(['new-takedown'])
})

it('opens the same takedown by the link of the acknowledgement, and asks only for what is missing', async () => {
  const app = await testApp()
  await receive(app, await mailOf({ attachments: [await shot()] }))
  const letters = await app.letters(2)
  const receipt = letters.find((letter) => letter.to?.[0]?.address === claimantAddress)
  const url = new URL(/http\S+key=\S+/.exec(receipt?.text ?? '')?.[0] ?? '')
  const entry = await app.get(url.pathname + url.search)
  const cookie = entry.headers
    .getSetCookie()
    .map((value) => value.split(';')[0])
    .join('; ')
  const page = await (await app.get(url.pathname, { cookie })).text()
  expect(page).toContain('name="asked-phone"')
  expect(page).not.toContain('name="asked-name"')
})

it('P15: never answers machines, and knows its own letters', async () => {
  const app = await testApp()
  await app.submit()
  const [office] = await app.letters(2)
  expect(office).toBeDefined()
  const rows = app.services.db.select().from(outgoingMessages).all()
  const own = await receive(
    app,
    await mailOf({ from: 'info@ashams.com', messageId: rows[0]?.messageId ?? '' }),
  )
  const automatic = await receive(app, await mailOf({ headers: { 'Auto-Submitted': 'auto-replied' } }))
  const list = await receive(app, await mailOf({ headers: { 'List-Id': '<news.example.org>' } }))
  expect([own.standing, automatic.standing, list.standing]).toEqual(['own', 'automatic', 'automatic'])
  expect(app.services.db.select().from(takedowns).all()).toHaveLength(1)
  expect(app.services.db.select().from(outgoingMessages).all()).toHaveLength(2)
})
