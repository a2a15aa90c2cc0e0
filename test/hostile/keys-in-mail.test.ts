import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { eq, sql } from 'drizzle-orm'
import type Mail from 'nodemailer/lib/mailer'
import pino from 'pino'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { indexForSearch } from '../../src/actions/index-for-search.ts'
import {
  events,
  incomingMessages,
  messages,
  notes,
  outgoingMessages,
  takedowns,
} from '../../src/db/schema.ts'
import { keyMark } from '../../src/lib/without-keys.ts'
import { cleanReply } from '../../src/outbox/classify.ts'
import { showAccessKey } from '../../src/takedowns/access-key.ts'
import { typedText } from '../../src/web/forms/typed-text.ts'
import { openAs, staffIdOf, takedownOf } from '../support/claimant.ts'
import { pngOf } from '../support/images.ts'
import { letGoOut, sendPreviewed } from '../support/letters.ts'
import { mailOf, receive } from '../support/mail.ts'
import { pageOf } from '../support/read-page.ts'
import { type Submitted, startTestApp, stopTestApp, type TestApp, testApp } from '../support/test-app.ts'

/** A third of the key in a row, whatever stands between its characters: lines, quotes, escapes of JSON. */
function holds(text: string, { accessKey }: Submitted): boolean {
  const folded = text
    .replace(/\\n|&gt;|&amp;|=\r?\n/g, '')
    .replace(/[^0-9A-Za-z]/g, '')
    .toUpperCase()
  return [0, 9, 18].some((from) => folded.includes(accessKey.slice(from, from + 9)))
}

/** Every page on which staff read what came in. */
async function deskShows(app: TestApp, sent: Submitted, cookie: string, incoming: readonly number[] = []) {
  const folds = ['waiting', 'automatic', 'spam', 'notOurs', 'filed'].map(
    (fold) => `/staff/inbox?fold=${fold}`,
  )
  const mails = incoming.map((id) => `/staff/inbox/${id}`)
  const places = ['/staff', '/staff/takedowns', '/staff/takedowns.csv', '/staff/mail', ...folds, ...mails]
  const shown: string[] = []
  for (const place of [...places, `/staff/takedowns/${sent.reference}`]) {
    const answer = await app.get(place, { cookie })
    const html = await answer.text()
    expect([place, answer.status]).toEqual([place, 200])
    for (const text of [html, pageOf(html).text])
      expect([place, holds(text, sent)], text).toEqual([place, false])
    shown.push(html)
  }
  return shown.join('\n')
}

async function officeIsTold(app: TestApp, sent: Submitted, atLeast: number) {
  const letters = await app.letters(atLeast)
  const toOffice = letters.filter((letter) => letter.to?.[0]?.address === 'info@ashams.com')
  expect(toOffice.length).toBeGreaterThan(0)
  for (const { subject, text, html } of toOffice)
    expect(holds(`${subject}\n${text}\n${html}`, sent), text).toBe(false)
  return toOffice
}

async function databaseHolds(app: TestApp, sent: Submitted): Promise<string[]> {
  const names = (await readdir(app.dataDir)).filter((name) => name.startsWith('takedowns.sqlite'))
  expect(names).toContain('takedowns.sqlite')
  const held = await Promise.all(
    names.map(async (name) => holds((await readFile(join(app.dataDir, name))).toString('latin1'), sent)),
  )
  return names.filter((_name, at) => held[at])
}

const receiptTo = (app: TestApp, sent: Submitted) =>
  app.services.db
    .select({ messageId: outgoingMessages.messageId })
    .from(outgoingMessages)
    .where(
      sql`${outgoingMessages.kind} = 'receipt' and ${outgoingMessages.takedownId} = ${takedownOf(app, sent).id}`,
    )
    .get()?.messageId ?? ''

const half = (link: string, by: string) => link.slice(0, -14) + by + link.slice(-14)
const intro = 'On Mon, 2 Nov 2026 at 10:00, Radio <info@ashams.com> wrote:'

type Answer = (sent: Submitted) => Mail.Options | Promise<Mail.Options>

const answers: Record<string, Answer> = {
  'below its own words': ({ statusUrl }) => ({
    text: `Yes.\n\n${intro}\n> Follow it:\n> ${statusUrl}\n> Thank you`,
  }),
  'above what it answers': ({ statusUrl }) => ({ text: `I cannot open ${statusUrl} on my phone.` }),
  flowed: ({ statusUrl }) => ({ text: `Yes.\n\n${intro}\n> ${half(statusUrl, ' \n> ')}\n> Thank you` }),
  'with escapes that were left over': ({ statusUrl }) => ({
    text: `Yes.\n\n${intro}\n> ${half(statusUrl.replace('=', '=3D'), '=\n')}\n> Thank you`,
  }),
  'with a link that a filter rewrote': ({ statusUrl }) => ({
    text: `Yes.\n\n${intro}\n> https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(statusUrl)}&data=05`,
  }),
  'in HTML alone': ({ statusUrl }) => ({
    text: '',
    html: `<p>Yes, it is mine.</p><blockquote><p>Follow it: <a href="${statusUrl}">${statusUrl}</a></p></blockquote>`,
  }),
  'in a table of HTML, with its link behind words': ({ statusUrl }) => ({
    text: '',
    html: `<table><tr><td>Yes</td><td><a href="${statusUrl}">Open</a> ${statusUrl.replace('=', '&#61;')}</td></tr></table>`,
  }),
  'as it stands on the status page': ({ accessKey }) => ({
    text: `Is this still my key: ${showAccessKey(accessKey)}?\n\nor ${accessKey.toLowerCase()}`,
  }),
  'in the subject and the name': ({ statusUrl }) => ({
    subject: `Re: ${statusUrl}`,
    from: { name: statusUrl, address: 'claimant@example.org' },
    text: 'Yes.',
  }),
  'in the name of a file': ({ statusUrl }) => ({
    text: 'Yes.',
    attachments: [{ filename: `${statusUrl.slice(8)}.txt`, content: 'text' }],
  }),
  'in a mail that it carries': async ({ statusUrl }) => ({
    text: 'See the mail below.',
    attachments: [
      {
        contentType: 'message/rfc822',
        contentTransferEncoding: '7bit',
        content: (await mailOf({ text: `Our letter: ${statusUrl}` })).toString(),
      },
    ],
  }),
}

describe('P13: a claimant who answers our letter by mail', () => {
  let app: TestApp
  let sent: Submitted
  let viewer: string
  let logged = ''
  beforeAll(async () => {
    const out = new Writable({
      write(line, _encoding, done) {
        logged += String(line)
        done()
      },
    })
    app = await startTestApp({ DEFAULT_LOCALE: 'en' }, { logger: pino({ level: 'trace' }, out) })
    sent = await app.submit({ locale: 'en' })
    viewer = await app.signIn({ email: 'viewer@example.org', role: 'viewer' })
    return () => stopTestApp(app)
  })
  let told = 2

  it.each(Object.entries(answers))(
    'and quotes the link %s tells it to nobody: not the database, not staff, not the office',
    async (_how, answer) => {
      const mail = await receive(
        app,
        await mailOf({ inReplyTo: receiptTo(app, sent), ...(await answer(sent)) }),
      )
      expect(mail.standing).toBe('reply')
      told += 1
      expect(await deskShows(app, sent, viewer, [mail.id])).toContain(keyMark)
      await officeIsTold(app, sent, told)
      expect(await databaseHolds(app, sent)).toEqual([])
    },
  )

  it('keeps the mail byte for byte, for those alone who act here', async () => {
    const { db } = app.services
    const [last] = db
      .select()
      .from(incomingMessages)
      .where(sql`${incomingMessages.subject} like 'Re: http%'`)
      .all()
    const editor = await app.signIn({ email: 'editor@example.org', role: 'editor' })
    const at = `/staff/inbox/${last?.id}`
    expect(logged).not.toContain('mail_opened_raw')
    expect(holds(await (await app.get(`${at}/raw`, { cookie: editor })).text(), sent)).toBe(true)
    const whom = { incoming: last?.id, staff: staffIdOf(app, 'editor@example.org'), msg: 'mail_opened_raw' }
    const line = logged.split('\n').find((one) => one.includes('mail_opened_raw'))
    expect(JSON.parse(line ?? '{}')).toMatchObject(whom)
    expect(holds(logged, sent)).toBe(false)
    const page = await (await app.get(at, { cookie: editor })).text()
    expect(page).toContain(`${at}/raw`)
    expect((await app.get(`${at}/raw`, { cookie: viewer })).status).toBe(403)
    const theirs = await (await app.get(at, { cookie: viewer })).text()
    expect(theirs).not.toContain(`${at}/raw`)
    expect(theirs).toContain('are for those who act on requests')
  })

  it('and attaches our letter: its files are for those alone who act here', async () => {
    const { statusUrl } = sent
    const attachments = [
      { filename: 'letter.html', content: `<a href="${statusUrl}">${statusUrl}</a>` },
      {
        filename: 'letter.eml',
        contentType: 'application/octet-stream',
        content: `Subject: x\r\n\r\n${statusUrl}`,
      },
    ]
    const mail = await receive(app, await mailOf({ text: 'Attached.', attachments }))
    const editor = await app.signIn({ email: 'another@example.org', role: 'editor' })
    for (const part of [0, 1]) {
      const at = `/staff/inbox/${mail.id}/files/${part}`
      expect(holds(await (await app.get(at, { cookie: editor })).text(), sent)).toBe(true)
      expect((await app.get(at, { cookie: viewer })).status).toBe(403)
    }
    expect(await (await app.get(`/staff/inbox/${mail.id}`, { cookie: viewer })).text()).not.toContain(
      '/files/',
    )
  })
})

it('P13: a mail of somebody else, of a machine or about a letter of ours quotes no key either', async () => {
  const app = await testApp({ DEFAULT_LOCALE: 'en' })
  const sent = await app.submit({ locale: 'en' })
  const viewer = await app.signIn({ role: 'viewer' })
  const inReplyTo = receiptTo(app, sent)
  const words = `${intro}\n> ${half(sent.statusUrl, '\n> ')}`
  const bare = `\n${sent.reference}: ${sent.accessKey}`
  const away = { 'Auto-Submitted': 'auto-replied' }
  const report = [
    'From: mailer-daemon@example.org\r\nTo: info@ashams.com\r\nSubject: failure notice\r\nReturn-Path: <>\r\n',
    `Hi. This is the qmail-send program.\r\n<claimant@example.org>:\r\n550 5.7.1 ${sent.statusUrl} is listed\r\n`,
    `--- Below this line is a copy of the message.\r\n\r\nMessage-ID: ${inReplyTo}\r\n\r\n${sent.statusUrl}\r\n`,
  ].join('\r\n')
  const mails = [
    await mailOf({ from: 'other@example.net', inReplyTo, text: `Look.\n\n${words}` }),
    await mailOf({ inReplyTo, headers: away, text: `I am away.\n\n${words}` }),
    await mailOf({ from: 'info@ashams.com', inReplyTo, text: `Colleagues, see:\n\n${words}` }),
    await mailOf({ from: 'other@example.net', subject: 'Fwd', text: `${words}\n${bare}` }),
    Buffer.from(report),
  ]
  const kept = []
  for (const raw of mails) kept.push(await receive(app, raw))
  expect(kept.map(({ standing }) => standing)).toEqual([
    'stranger',
    'automatic',
    'office',
    'unmatched',
    'bounce',
  ])
  await deskShows(
    app,
    sent,
    viewer,
    kept.map(({ id }) => id),
  )
  await app.services.mailReading.stop()
  expect(await databaseHolds(app, sent)).toEqual([])
})

it('P13: a mail that makes a takedown of its own, by itself or by staff, tells the key of another to nobody', async () => {
  const app = await testApp({ DEFAULT_LOCALE: 'en' })
  const sent = await app.submit({ locale: 'en' })
  const [editor, viewer] = [
    await app.signIn(),
    await app.signIn({ email: 'viewer@example.org', role: 'viewer' }),
  ]
  const forwarded = `---------- Forwarded message ---------\nFrom: Radio <info@ashams.com>\n\n${half(sent.statusUrl, '\n')}\n`
  const own = await receive(app, await mailOf({ text: `https://ashams.com/articles/7\n\n${sent.statusUrl}` }))
  const chosen = ['make', 'file'].map(async (act) => {
    const mail = await receive(
      app,
      await mailOf({ from: `${act}@example.net`, subject: act, text: forwarded }),
    )
    expect(mail.standing).toBe('unmatched')
    const body = new URLSearchParams({ act, ...(act === 'file' && { reference: sent.reference }) })
    expect((await app.post(`/staff/inbox/${mail.id}/choice`, body, { cookie: editor })).status).toBe(303)
    return mail
  })
  const kept = await Promise.all(chosen)
  app.clock.pass(16_000)
  app.services.mailReading.wake()
  const { db } = app.services
  await vi.waitFor(() => {
    const standings = kept.map(
      ({ id }) => db.select().from(incomingMessages).where(eq(incomingMessages.id, id)).get()?.standing,
    )
    expect(standings).toEqual(['takedown', 'reply'])
  })
  expect(db.select().from(takedowns).all()).toHaveLength(3)
  for (const { reference } of db.select().from(takedowns).all())
    await deskShows(app, { ...sent, reference }, viewer, [own.id, ...kept.map(({ id }) => id)])
  await officeIsTold(app, sent, 6)
  expect(await databaseHolds(app, sent)).toEqual([])
})

it('P13: what is typed into the forms of the site brings no key along: statement, page, words and what was asked for', async () => {
  const app = await testApp({ DEFAULT_LOCALE: 'en' })
  const sent = await app.submit({ locale: 'en' })
  const { accessKey, reference } = sent
  const link = `https://desk.ashams.com/en/takedowns/${reference}?key=${accessKey}`
  const told = `Like ${reference}: ${accessKey}, or ${half(link, '\n')}`
  const pages = [link, `https://ashams.com/share?u=${encodeURIComponent(link)}`, `${link.slice(0, -1)}`]
  const files = [{ name: `${link.slice(8)}.png`, content: await pngOf() }]
  const again = await app.submit({ locale: 'en', name: link, statement: told, pages, files })
  const viewer = await app.signIn({ role: 'viewer' })
  const cookie = await openAs(app, sent)
  const message = new URLSearchParams({
    body: `My key ${showAccessKey(accessKey).replaceAll('-', ' ')}\n${link}`,
  })
  expect((await app.post(`/en/takedowns/${reference}/messages`, message, cookie)).status).toBe(303)
  app.services.db.update(takedowns).set({ askedFields: '["name","statement","page"]' }).run()
  const given = new URLSearchParams({
    body: '',
    'asked-name': link,
    'asked-statement': accessKey,
    'asked-page': `${link}&page=2`,
  })
  expect((await app.post(`/en/takedowns/${reference}/messages`, given, cookie)).status).toBe(303)
  expect(takedownOf(app, sent)).toMatchObject({ statement: keyMark, askedFields: '[]' })
  for (const one of [sent, again]) await deskShows(app, { ...sent, reference: one.reference }, viewer)
  await officeIsTold(app, sent, 6)
  expect(await databaseHolds(app, sent)).toEqual([])
})

it('P13: staff who copy a mail into a letter or a note copy no key', async () => {
  const app = await testApp({ DEFAULT_LOCALE: 'en' })
  const sent = await app.submit({ locale: 'en' })
  const [editor, viewer] = [
    await app.signIn(),
    await app.signIn({ email: 'viewer@example.org', role: 'viewer' }),
  ]
  const at = `/staff/takedowns/${sent.reference}`
  const words = `${sent.accessKey}: you wrote:\n> ${half(sent.statusUrl, '\n> ')}`
  const note = new URLSearchParams({ note: words, key: 'one' })
  expect((await app.post(`${at}/notes`, note, { cookie: editor })).status).toBe(303)
  const version = String(takedownOf(app, sent).version)
  const letter = new URLSearchParams({ body: words, version, form: 'letter' })
  const form = await app.post(`${at}/messages`, letter, { cookie: editor })
  expect((await sendPreviewed(app, form, editor)).status).toBe(303)
  letGoOut(app)
  const written = app.services.db.select().from(messages).all()
  expect(written.map(({ body }) => [body.includes(keyMark), holds(body, sent)])).toEqual([[true, false]])
  expect(await deskShows(app, sent, viewer)).toContain(keyMark)
  await app.letters(3)
})

it('P13: no longer text that is typed keeps a link that opens a takedown: reasons, terms, kept replies', () => {
  const link = 'https://desk.ashams.com/ar/takedowns/TD-4K7M-9X2P?key=R6NE3GZ4RXTQ1MPV90D0KZ0VGTCA'
  expect(typedText(`As in ${link}\r\nand so on`)).toBe(`As in ${link.slice(0, -28)}${keyMark}\nand so on`)
})

it('P13: a mail server that repeats the link of a letter in its refusal is quoted without the key', async () => {
  const link = 'https://desk.ashams.com/ar/takedowns/TD-4K7M-9X2P?key=R6NE3GZ4RXTQ1MPV90D0KZ0VGTCA'
  expect(cleanReply(`550 5.7.1 blocked: ${link} (in reply to DATA)`)).toBe(
    `550 5.7.1 blocked: ${link.slice(0, -28)}${keyMark} (in reply to DATA)`,
  )
})

describe('P13: rows of versions that kept keys', () => {
  /** As such a version has written them. */
  function keepAsBefore(app: TestApp, sent: Submitted) {
    const { db } = app.services
    const { id } = takedownOf(app, sent)
    const words = `Yes.\n${sent.accessKey}\n\n> ${half(sent.statusUrl, '\n> ')}`
    db.update(takedowns).set({ statement: words }).where(eq(takedowns.id, id)).run()
    const message = { takedownId: id, author: 'claimant', body: words, quoted: words, at: 1 } as const
    const kept = db
      .insert(messages)
      .values({ ...message, submissionKey: 'old' })
      .returning()
      .get()
    const event = { takedownId: id, at: 1, actor: 'claimant' } as const
    const detail = JSON.stringify({ fields: ['statement'], before: { statement: sent.statusUrl } })
    db.insert(events)
      .values({ ...event, type: 'fields_given', detail })
      .run()
    const added = JSON.stringify({ messageId: kept.id, files: 0 })
    db.insert(events)
      .values({ ...event, type: 'message_added', detail: added })
      .run()
    const staffId = staffIdOf(app)
    const note = { takedownId: id, staffId, body: `Note: ${sent.statusUrl}`, at: 1, submissionKey: 'old' }
    const { noteId } = db.insert(notes).values(note).returning({ noteId: notes.id }).get()
    const noted = { actor: 'staff', staffId, type: 'note_added', detail: JSON.stringify({ noteId }) } as const
    db.insert(events)
      .values({ takedownId: id, at: 1, ...noted })
      .run()
    db.run(sql`update reported_pages set reported_url = ${`https://ashams.com/x?u=${sent.statusUrl}`},
      canonical_url = ${`https://ashams.com/x?u=${encodeURIComponent(sent.statusUrl)}`} where takedown_id = ${id}`)
    return words
  }

  it('show none on any page of staff, and are not found by one', async () => {
    const app = await testApp({ DEFAULT_LOCALE: 'en' })
    const sent = await app.submit({ locale: 'en' })
    const viewer = await app.signIn({ role: 'viewer' })
    const mail = await receive(app, await mailOf({ inReplyTo: receiptTo(app, sent), text: 'Yes.' }))
    const words = keepAsBefore(app, sent)
    const { db } = app.services
    const found = { ...JSON.parse(mail.found ?? ''), subject: sent.statusUrl, body: words, quoted: words }
    db.update(incomingMessages)
      .set({ found: JSON.stringify(found), subject: sent.statusUrl, standing: 'stranger' })
      .run()
    expect(await deskShows(app, sent, viewer, [mail.id])).toContain('Note</bdi>: ')
    db.update(takedowns).set({ indexedVersion: 0 }).run()
    indexForSearch(db, 25)
    const search = (typed: string) => app.get(`/staff/takedowns?q=${typed}`, { cookie: viewer })
    const isListed = async (typed: string) => (await (await search(typed)).text()).includes(sent.reference)
    expect(await isListed('Claimant')).toBe(true)
    expect(await isListed(sent.accessKey.slice(0, 6))).toBe(false)
  })

  it('tell none to the office in a letter that still waits', async () => {
    const app = await testApp({ DEFAULT_LOCALE: 'en' })
    const sent = await app.submit({ locale: 'en' })
    await app.letters(2)
    const { db, outbox } = app.services
    const isToldLetter = eq(outgoingMessages.kind, 'new-takedown')
    const state = () => db.select().from(outgoingMessages).where(isToldLetter).get()?.state
    await vi.waitFor(() => expect(state()).toBe('submitted'))
    db.run(sql`update outgoing_messages set state = 'queued', text_body = text_body || ${sent.statusUrl},
      html_body = replace(html_body, '</body>', ${`${sent.statusUrl}</body>`}) where ${isToldLetter}`)
    outbox.wake()
    await vi.waitFor(() => expect(state()).toBe('submitted'))
    const [office] = await officeIsTold(app, sent, 2)
    for (const body of [office?.text, office?.html]) expect(body).toContain(`?key=${keyMark}`)
  })
})
