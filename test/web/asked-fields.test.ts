import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { receiptOf } from '../../src/actions/receipt-of.ts'
import { readEvents } from '../../src/takedowns/events.ts'
import { openAs, reportedPagesOf, takedownOf } from '../support/claimant.ts'
import { pngOf } from '../support/images.ts'
import { letGoOut, sendPreviewed } from '../support/letters.ts'
import { attributeOf, readPage } from '../support/read-page.ts'
import { type Submitted, startTestApp, stopTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let cookie: string
beforeAll(async () => {
  app = await startTestApp({ SUBMISSIONS_PER_HOUR: '1000' })
  cookie = await app.signIn()
})
afterAll(() => stopTestApp(app))

const post = (sent: Submitted, what: string, fields: [string, string][]) =>
  app.post(
    `/staff/takedowns/${sent.reference}/${what}`,
    new URLSearchParams([['version', String(takedownOf(app, sent).version)], ...fields]),
    { cookie },
  )
const ask = async (sent: Submitted, fields: readonly string[], others: [string, string][] = []) => {
  const answer = await post(sent, 'messages', [
    ['body', 'Something is missing.'],
    ...fields.map((field): [string, string] => ['ask', field]),
    ...others,
  ])
  await sendPreviewed(app, answer, cookie)
  letGoOut(app)
}
const asked = async (fields: readonly string[], locale: 'en' | 'ar' = 'en') => {
  const sent = await app.submit({ locale })
  await post(sent, 'assignment', [])
  await ask(sent, fields)
  return sent
}
const status = async (sent: Submitted) =>
  readPage(await app.get(`/en/takedowns/${sent.reference}`, await openAs(app, sent)))
const offered = async (sent: Submitted) =>
  [...(await status(sent)).all('input'), ...(await status(sent)).all('textarea')]
    .map((input) => attributeOf(input, 'name') ?? '')
    .filter((name) => name.startsWith('asked-'))
const reply = async (sent: Submitted, fields: Record<string, string>, file?: Uint8Array) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  if (file) form.append('screenshot', new Blob([new Uint8Array(file)], { type: 'image/png' }), 'new.png')
  return app.post(`/en/takedowns/${sent.reference}/messages`, form, await openAs(app, sent))
}
const lastEvents = (sent: Submitted) => readEvents(app.services.db, takedownOf(app, sent).id)
const lettersOf = (sent: Submitted, kind: string): string =>
  app.services.db.$client
    .prepare('SELECT text_body FROM outgoing_messages WHERE takedown_id = ? AND kind = ? ORDER BY id')
    .pluck()
    .all(takedownOf(app, sent).id, kind)
    .join('\n')

describe('asking for something precise', () => {
  it('is a question that names it, and opens exactly these fields on the status page', async () => {
    const sent = await asked(['phone', 'page'])
    expect(takedownOf(app, sent)).toMatchObject({
      status: 'awaiting_claimant',
      askedFields: '["phone","page"]',
    })
    expect(lettersOf(sent, 'question')).toMatch(/Phone number[\s\S]*Page address/)
    expect(await offered(sent)).toEqual(['asked-phone', 'asked-page'])
    expect(lastEvents(sent).at(-1)).toMatchObject({
      type: 'claimant_asked',
      detail: { asked: ['phone', 'page'] },
    })
  })

  it('takes what is given by the rules of the form, and keeps what it replaced in the timeline', async () => {
    const sent = await asked(['name', 'phone', 'email', 'statement', 'page'])
    const answer = await reply(sent, {
      'asked-name': 'Another Name',
      'asked-phone': '02-555-0102',
      'asked-email': 'another@example.org',
      'asked-statement': 'The second picture',
      'asked-page': 'ashams.com/n/77',
    })
    expect(answer.status).toBe(303)
    expect(takedownOf(app, sent)).toMatchObject({
      status: 'in_review',
      claimantName: 'Another Name',
      phoneTyped: '02-555-0102',
      phoneE164: '+97225550102',
      email: 'another@example.org',
      statement: 'The second picture',
      askedFields: '[]',
    })
    expect(reportedPagesOf(app, sent).map((page) => page.canonicalUrl)).toEqual([
      'https://ashams.com/articles/1',
      'https://ashams.com/n/77',
    ])
    expect(lastEvents(sent).find(({ type }) => type === 'fields_given')).toMatchObject({
      actor: 'claimant',
      detail: { before: { name: 'Example Claimant', phone: '050-123-4567', email: 'claimant@example.org' } },
    })
    expect(lettersOf(sent, 'claimant-wrote')).toContain('رقم الهاتف')
    const desk = await readPage(await app.get(`/staff/takedowns/${sent.reference}`, { cookie }))
    expect(desk.text).toContain('Before: 050-123-4567')
    expect(await offered(sent)).toEqual([])
  })

  it('leaves the signed receipt as it was: it says what was received at its moment', async () => {
    const sent = await asked(['name', 'phone', 'email', 'statement', 'page'])
    await reply(sent, {
      'asked-name': 'Another Name',
      'asked-phone': '02-555-0102',
      'asked-email': 'another@example.org',
      'asked-statement': 'The second picture',
      'asked-page': 'ashams.com/n/77',
    })
    await ask(sent, ['phone'])
    await reply(sent, { 'asked-phone': '02-555-0103' })
    const { db, office, receiptKey } = app.services
    expect(receiptOf(db, office, receiptKey, takedownOf(app, sent))).toBe(sent.receipt)
  })

  it('what is wrong comes back with everything that was typed, and nothing has changed', async () => {
    const sent = await asked(['phone', 'page', 'email'])
    const page = await readPage(
      await reply(sent, {
        body: 'words',
        'asked-phone': '12',
        'asked-page': 'https://example.com/else',
        'asked-email': 'nobody',
      }),
    )
    expect(page.status).toBe(422)
    expect(page.errors().map(({ at }) => at)).toEqual(['#asked-phone', '#asked-page', '#asked-email'])
    expect(page.values('asked-phone')).toEqual(['12'])
    expect(page.values('body')).toEqual(['words'])
    expect(takedownOf(app, sent)).toMatchObject({
      phoneTyped: '050-123-4567',
      status: 'awaiting_claimant',
    })
  })

  it('what is not given stays open; words alone are an answer too', async () => {
    const sent = await asked(['phone', 'screenshot'])
    expect((await reply(sent, { body: 'I have no other phone.' })).status).toBe(303)
    expect(await offered(sent)).toEqual(['asked-phone'])
    expect((await reply(sent, {}, await pngOf(33, 21))).status).toBe(303)
    expect(takedownOf(app, sent).askedFields).toBe('["phone"]')
    expect((await reply(sent, {})).status).toBe(422)
  })

  it('what nobody asked for is not taken', async () => {
    const sent = await asked(['phone'])
    await reply(sent, { body: 'hello', 'asked-name': 'Somebody Else', 'asked-email': 'x@example.org' })
    expect(takedownOf(app, sent)).toMatchObject({
      claimantName: 'Example Claimant',
      email: 'claimant@example.org',
      askedFields: '["phone"]',
    })
  })

  it('sent twice is taken once; a page that was reported already is not reported twice', async () => {
    const sent = await asked(['page'])
    const fields = { submission: 'one-form', 'asked-page': 'https://www.ashams.com/articles/1' }
    await reply(sent, fields)
    await reply(sent, fields)
    expect(reportedPagesOf(app, sent)).toHaveLength(1)
    expect(lastEvents(sent).filter(({ type }) => type === 'fields_given')).toHaveLength(1)
  })

  it('of something unknown asks for nothing; a further question keeps what is still open', async () => {
    const sent = await asked(['password', 'phone'])
    expect(takedownOf(app, sent).askedFields).toBe('["phone"]')
    await ask(sent, ['email'])
    expect(takedownOf(app, sent).askedFields).toBe('["phone","email"]')
  })
})
