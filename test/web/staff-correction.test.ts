import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { correctFields } from '../../src/actions/correct-fields.ts'
import { receiptOf } from '../../src/actions/receipt-of.ts'
import { reportedPages, takedowns } from '../../src/db/schema.ts'
import { findAccount } from '../../src/staff/accounts.ts'
import { pagesOf, type Takedown } from '../../src/takedowns/store.ts'
import { sendPreviewed } from '../support/letters.ts'
import { claimantAddress, mailOf, receive } from '../support/mail.ts'
import { type TestApp, testApp } from '../support/test-app.ts'

const rowOf = (app: TestApp, id: number): Takedown => {
  const row = app.services.db.select().from(takedowns).where(eq(takedowns.id, id)).get()
  if (!row) throw new Error('no takedown')
  return row
}

/** A takedown that came by mail, and the form that puts it right. */
async function byMail(text = 'My photograph is on https://ashams.com/articles/1') {
  const app = await testApp()
  const cookie = await app.signIn({ locale: 'en', role: 'admin', email: 'editor@example.org' })
  const mail = await receive(app, await mailOf({ text, messageId: '<first@example.org>' }))
  const id = mail.takedownId ?? 0
  const path = `/staff/takedowns/${rowOf(app, id).reference}`
  const [page] = pagesOf(app.services.db, id)
  const asItStands = () => ({
    version: String(rowOf(app, id).version),
    name: rowOf(app, id).claimantName,
    phone: '',
    email: claimantAddress,
    locale: rowOf(app, id).locale,
  })
  const send = (change: Record<string, string>, more: readonly (readonly [string, string])[] = []) => {
    const fields = Object.entries({ ...asItStands(), ...change })
    const body = new URLSearchParams([...fields, ...more].map(([name, value]) => [name, value]))
    return app.post(`${path}/correction`, body, { cookie })
  }
  const show = async () => (await app.get(path, { cookie })).text()
  const addresses = () => pagesOf(app.services.db, id).map(({ canonicalUrl }) => canonicalUrl)
  return { app, id, path, cookie, pageId: page?.id ?? 0, send, show, addresses }
}

/** As a reader sees it, in one line. */
const plain = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

it('names in the history each field with what stood there before, and each page that was added', async () => {
  const { app, id, send, show } = await byMail()
  const before = rowOf(app, id)
  await send({ name: 'Another Name', phone: '050-1112222', locale: 'he', page: 'ashams.com/articles/9' })
  const history = plain(await show()).split('Details put right')[1] ?? ''
  expect(history).toContain(`Full name Before: ${before.claimantName}`)
  expect(history).toContain('Phone number Before: not found')
  expect(history).toContain('Language Before: English')
  expect(history).toMatch(/Page added: .*articles ?\/ ?9/)
})

it('says of a page that cannot be added why, at a field that is there, and keeps what was typed', async () => {
  const { send, addresses } = await byMail()
  const tries = {
    'https://example.net/elsewhere': 'example.net',
    'not an address': 'Copy the whole page address',
    'ashams.com/articles/1?utm_source=x': 'This page is reported already',
  }
  for (const [page, reason] of Object.entries(tries)) {
    const answer = await send({ name: 'Typed Name', phone: '050-1112222', page })
    const html = await answer.text()
    expect(answer.status).toBe(422)
    expect(plain(html)).toContain(reason)
    expect(html).toContain('href="#correct-page"')
    expect(html).toMatch(/<details open[^>]*><summary>Put details right/)
    for (const value of ['Typed Name', '050-1112222', page]) expect(html).toContain(`value="${value}"`)
    expect(html).toMatch(/id="correct-page"[^>]*aria-invalid="true"/)
  }
  expect(addresses()).toEqual(['https://ashams.com/articles/1'])
})

it('keeps the ticks of named pages after a fault in another field', async () => {
  const { app, send } = await byMail()
  const text = 'And also https://ashams.com/articles/2'
  await receive(app, await mailOf({ text, inReplyTo: '<first@example.org>' }))
  const answer = await send({ phone: '12' }, [['page', 'https://ashams.com/articles/2']])
  const html = await answer.text()
  expect(answer.status).toBe(422)
  expect(html).toMatch(/<input type="checkbox" name="page" value="https:\/\/ashams.com\/articles\/2" checked/)
  expect(html).toMatch(/id="correct-page"[^>]* value\/>/)
  expect(html).toContain('href="#correct-phone"')
})

it('puts the address of a page right, keeps the one that came in the history and in the signed receipt', async () => {
  const { app, id, pageId, send, show, addresses } = await byMail()
  const { db, office, receiptKey } = app.services
  const receipt = receiptOf(db, office, receiptKey, rowOf(app, id))
  expect((await send({ [`page-${pageId}`]: 'https://ashams.com/articles/10' })).status).toBe(303)
  expect((await send({ [`page-${pageId}`]: 'https://ashams.com/articles/11' })).status).toBe(303)
  expect(addresses()).toEqual(['https://ashams.com/articles/11'])
  expect(receiptOf(db, office, receiptKey, rowOf(app, id))).toBe(receipt)
  const history = plain(await show())
  expect(history).toMatch(/Page address changed to .*11 .*Before: .*articles\/10/)
  expect(history).toMatch(/Page address changed to .*Before: \S*articles\/1 /)
})

it('takes one address for a page, of the site, that is not reported already', async () => {
  const { app, pageId, send, addresses } = await byMail(
    'https://ashams.com/articles/1 https://ashams.com/articles/2',
  )
  const field = `page-${pageId}`
  const tries = {
    '': 'Enter the address of the page',
    'https://example.net/elsewhere': 'example.net',
    'https://ashams.com/articles/2': 'This page is reported already',
    'https://ashams.com/articles/3 https://ashams.com/articles/4': 'Enter one page address here',
  }
  for (const [typed, reason] of Object.entries(tries)) {
    const answer = await send({ [field]: typed })
    const html = await answer.text()
    expect(answer.status).toBe(422)
    expect(plain(html)).toContain(reason)
    expect(html).toContain(`href="#correct-page-${pageId}"`)
    expect(html).toContain(`id="correct-page-${pageId}"`)
  }
  const both = await send({ [field]: 'ashams.com/articles/5', page: 'ashams.com/articles/5' })
  expect(both.status).toBe(422)
  expect(addresses()).toEqual(['https://ashams.com/articles/1', 'https://ashams.com/articles/2'])
  expect(
    app.services.db.$client.prepare("SELECT 1 FROM events WHERE type = 'fields_corrected'").all(),
  ).toEqual([])
})

it('leaves the address of a page about which something was decided or done', async () => {
  const { app, id, pageId, send, show, addresses } = await byMail()
  app.services.db.update(reportedPages).set({ useState: 'paused' }).where(eq(reportedPages.id, pageId)).run()
  expect(await show()).not.toContain(`id="correct-page-${pageId}"`)
  const answer = await send({ [`page-${pageId}`]: 'https://ashams.com/articles/10' })
  expect(answer.status).toBe(409)
  expect(await answer.text()).toContain('value="https://ashams.com/articles/10"')
  expect(addresses()).toEqual(['https://ashams.com/articles/1'])
  expect(rowOf(app, id).claimantName).toBe('Example Claimant')
})

it('refuses pages at an end, where the person can still be put right', async () => {
  const { app, id, pageId, send, show, addresses } = await byMail()
  app.services.db.update(takedowns).set({ status: 'closed' }).where(eq(takedowns.id, id)).run()
  expect(await show()).not.toContain('id="correct-page"')
  for (const field of ['page', `page-${pageId}`]) {
    const answer = await send({ name: 'Not Taken', [field]: 'https://ashams.com/articles/10' })
    const html = await answer.text()
    expect(answer.status).toBe(409)
    expect(html).toContain('value="https://ashams.com/articles/10"')
    expect(html).toContain('value="Not Taken"')
  }
  expect(rowOf(app, id).claimantName).toBe('Example Claimant')
  expect(addresses()).toEqual(['https://ashams.com/articles/1'])
  expect((await send({ name: 'Taken' })).status).toBe(303)
  expect(rowOf(app, id).claimantName).toBe('Taken')
})

it('refuses pages while a letter waits to go out, and not the rest', async () => {
  const { app, id, path, cookie, pageId, send, addresses } = await byMail()
  const version = () => String(rowOf(app, id).version)
  await app.post(`${path}/assignment`, new URLSearchParams({ version: version() }), { cookie })
  const body = { version: version(), body: 'Which one?', key: randomUUID(), kind: 'question' }
  const preview = await app.post(`${path}/messages`, new URLSearchParams(body), { cookie })
  expect((await sendPreviewed(app, preview, cookie)).status).toBe(303)
  for (const field of ['page', `page-${pageId}`]) {
    const answer = await send({ [field]: 'https://ashams.com/articles/10' })
    expect(answer.status).toBe(409)
    expect(await answer.text()).toContain('value="https://ashams.com/articles/10"')
  }
  expect(addresses()).toEqual(['https://ashams.com/articles/1'])
  expect((await send({ name: 'Taken' })).status).toBe(303)
})

it('refuses a takedown of the form, and a page of another takedown', async () => {
  const { app, send, pageId, addresses } = await byMail()
  const { reference } = await app.submit()
  const { db, clock } = app.services
  const form = db.select().from(takedowns).where(eq(takedowns.reference, reference)).get()
  const [other] = pagesOf(db, form?.id ?? 0)
  const corrected = {
    name: 'Somebody Else',
    phone: { typed: '', e164: null },
    email: null,
    locale: 'en',
    addedPages: [],
    correctedPages: [],
  } as const
  const target = { reference, version: form?.version ?? 0, now: clock.now() }
  const staffId = findAccount(db, 'editor@example.org')?.id ?? 0
  expect(correctFields(db, target, corrected, staffId)).toEqual({ ok: false, refusal: 'refused' })
  await send({ [`page-${other?.id}`]: 'https://ashams.com/articles/77' })
  expect(pagesOf(db, form?.id ?? 0)[0]?.canonicalUrl).toBe(other?.canonicalUrl)
  expect(addresses()).toHaveLength(1)
  expect(pageId).not.toBe(other?.id)
})
