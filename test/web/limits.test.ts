import { randomUUID } from 'node:crypto'
import { expect, it, onTestFinished } from 'vitest'
import { type Locale, locales } from '../../src/i18n/locales.ts'
import { attributeOf, readPage, textOf } from '../support/read-page.ts'
import { filledForm, startTestApp, stopTestApp, testApp } from '../support/test-app.ts'

it('P16: the twenty-first takedown within the hour is told when to come back and how else to reach the publisher', async () => {
  const app = await testApp()
  const submission = randomUUID()
  const first = await app.submit({ submission })
  for (let nth = 2; nth <= 20; nth++) await app.submit()
  const answer = await app.post('/en/takedowns', await filledForm({ statement: 'kept words' }))
  expect(answer.status).toBe(429)
  const seconds = Number(answer.headers.get('retry-after'))
  expect(seconds).toBeGreaterThan(0)
  expect(seconds).toBeLessThanOrEqual(3600)
  const page = await readPage(answer)
  expect(page.text).toContain('info@ashams.com')
  expect(page.values('statement')).toEqual(['kept words'])
  expect(page.values('kept')).toHaveLength(1)

  const json = await app.post('/ar/takedowns', await filledForm(), { accept: 'application/json' })
  expect(json.status).toBe(429)
  expect(json.headers.get('retry-after')).toMatch(/^\d+$/)
  expect(await json.text()).toContain('info@ashams.com')

  expect((await app.submit({ submission })).reference, 'what was taken before is answered as before').toBe(
    first.reference,
  )
})

it('P16: of twenty-one people behind one address twenty get through, and the last is told in their own language', async () => {
  const app = await testApp({ TRUST_PROXY: '1' })
  const shared = { 'x-forwarded-for': '203.0.113.7' }
  const send = async (person: number, locale: Locale) => {
    const form = await filledForm({
      name: `Person ${person}`,
      phone: `05012345${10 + person}`,
      email: `person${person}@example.org`,
      statement: `words of ${person}`,
    })
    return app.post(`/${locale}/takedowns`, form, shared)
  }
  for (let person = 1; person <= 20; person++) {
    expect((await send(person, locales[person % 3] ?? 'ar')).status, `person ${person}`).toBe(303)
  }
  for (const locale of locales) {
    const page = await readPage(await send(21, locale))
    expect(page.status).toBe(429)
    expect(page.all('html', { lang: locale })).toHaveLength(1)
    expect(page.errors().length + page.all('div', { role: 'alert' }).length).toBeGreaterThan(0)
    expect(page.text).toContain('info@ashams.com')
    expect([page.values('name'), page.values('statement')]).toEqual([['Person 21'], ['words of 21']])
    expect(page.values('kept')).toHaveLength(1)
  }
  const elsewhere = await app.post('/he/takedowns', await filledForm(), { 'x-forwarded-for': '203.0.113.8' })
  expect(elsewhere.status, 'nobody at another address notices').toBe(303)
})

it('P16: too many of all together are told when to come back, and it costs nobody their own count', async () => {
  const app = await testApp({
    SUBMISSIONS_PER_HOUR: '2',
    SUBMISSIONS_PER_HOUR_OVERALL: '1',
    TRUST_PROXY: '1',
  })
  const from = async (address: string) =>
    app.post('/he/takedowns', await filledForm(), { 'x-forwarded-for': address })
  expect((await from('203.0.113.1')).status).toBe(303)
  for (let tries = 0; tries < 3; tries++) {
    const refused = await from('203.0.113.2')
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await refused.text()).toContain('info@ashams.com')
  }
  // The hour of all is over; that of the one client goes on.
  for (let taken = 0; taken < 4; taken++) await app.services.limits.submissionsOverall.giveBack('all')
  expect((await from('203.0.113.2')).status).toBe(303)
})

it('P16: forms that fail, ask or are looked at again cost nothing', async () => {
  const app = await testApp({ SUBMISSIONS_PER_HOUR: '3' })
  const submission = randomUUID()
  await app.submit({ submission })
  for (let nth = 0; nth < 6; nth++) {
    expect((await app.post('/en/takedowns', await filledForm({ name: '' }))).status).toBe(422)
    const other = await filledForm({ submission, name: `Other ${nth}` })
    expect((await app.post('/en/takedowns', other)).status).toBe(409)
  }
  await app.submit()
  await app.submit()
  expect((await app.post('/en/takedowns', await filledForm())).status).toBe(429)
})

it('P16: a restart forgets no count, and the counts hold no address', async () => {
  const app = await startTestApp({ SUBMISSIONS_PER_HOUR: '2' })
  await app.submit()
  await app.submit()
  await app.stop()
  const again = await startTestApp({ SUBMISSIONS_PER_HOUR: '2' }, { dataDir: app.dataDir })
  onTestFinished(() => stopTestApp(again))
  expect((await again.post('/en/takedowns', await filledForm())).status).toBe(429)
})

it('P16: clients behind a trusted proxy are counted each by itself, a household of IPv6 as one', async () => {
  const app = await testApp({ SUBMISSIONS_PER_HOUR: '1', TRUST_PROXY: '1' })
  const from = async (address: string) =>
    (await app.post('/en/takedowns', await filledForm(), { 'x-forwarded-for': address })).status
  expect(await from('203.0.113.1')).toBe(303)
  expect(await from('203.0.113.1')).toBe(429)
  expect(await from('203.0.113.2')).toBe(303)
  expect(await from('2001:db8:1:2::1')).toBe(303)
  expect(await from('2001:db8:1:2:ffff::9')).toBe(429)
  expect(await from('2001:db8:1:3::1')).toBe(303)
  expect(await from('not an address at all'), 'what a proxy would never say is still counted').toBeLessThan(
    500,
  )
})

it('P16: without TRUST_PROXY nobody gets a new count by naming another address', async () => {
  const app = await testApp({ SUBMISSIONS_PER_HOUR: '1' })
  const from = async (address: string) =>
    (await app.post('/en/takedowns', await filledForm(), { 'x-forwarded-for': address })).status
  expect(await from('203.0.113.1')).toBe(303)
  expect(await from('203.0.113.2')).toBe(429)
})

it('P5: below the floor of free space the form says so, with the other way, before anybody types', async () => {
  const short = await testApp({ MIN_FREE_MB: '1000000' })
  const well = await testApp()
  for (const [locale, words] of [
    ['ar', 'لا يمكن حاليًا استلام الطلبات'],
    ['he', 'כרגע אי אפשר לשלוח בקשות'],
    ['en', 'cannot take requests at the moment'],
  ] as const) {
    await expect.poll(async () => (await readPage(await short.get(`/${locale}`))).text).toContain(words)
    const page = await readPage(await short.get(`/${locale}`))
    expect(page.status).toBe(200)
    const note = page.all('div').find((one) => attributeOf(one, 'data-banner') !== undefined)
    expect(note && textOf(note)).toContain('info@ashams.com')
    expect((await readPage(await well.get(`/${locale}`))).text).not.toContain(words)
  }
})

it('P5: below the floor of free space the form answers 503 with the other way, and keeps what was typed', async () => {
  const app = await testApp({ MIN_FREE_MB: '1000000' })
  const answer = await app.post('/he/takedowns', await filledForm({ statement: 'מילים' }))
  expect(answer.status).toBe(503)
  expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
  const page = await readPage(answer)
  expect(page.text).toContain('info@ashams.com')
  expect(page.values('statement')).toEqual(['מילים'])
  expect(page.values('kept')).toHaveLength(1)
  const json = await app.post('/he/takedowns', await filledForm(), { accept: 'application/json' })
  expect(json.status).toBe(503)
  expect((await app.get('/readyz')).status).toBe(503)
})
