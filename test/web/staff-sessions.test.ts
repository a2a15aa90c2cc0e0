import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { locales } from '../../src/i18n/locales.ts'
import { findAccount } from '../../src/staff/accounts.ts'
import { browserOf } from '../../src/staff/browser.ts'
import { staffEventsOf } from '../../src/staff/staff-events.ts'
import { attributeOf, type ReadPage, readPage } from '../support/read-page.ts'
import { staffPassword, startTestApp, stopTestApp, type TestApp } from '../support/test-app.ts'

const hour = 3_600_000
const ending = '/staff/settings/sessions/ending'
const agents = {
  phone:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
  desk: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  edge: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
}

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => stopTestApp(app))

const isIn = async (cookie: string) => (await app.get('/staff', { cookie })).status === 200
const idOf = (email: string) => findAccount(app.services.db, email)?.id ?? 0
const settings = async (cookie: string, query = '') =>
  readPage(await app.get(`/staff/settings${query}`, { cookie }))
/** What the list offers to end: ids, and then `others`. */
const offered = (page: ReadPage) =>
  page.all('input', { name: 'session', type: 'radio' }).map((one) => attributeOf(one, 'value') ?? '')
const end = (cookie: string, session: string, current = staffPassword, headers = {}) =>
  app.post(ending, new URLSearchParams({ session, current }), { cookie, ...headers })

/** An account that is there, signed in from one more browser. */
async function from(email: string, userAgent: string) {
  const body = new URLSearchParams({ email, password: staffPassword })
  const answer = await app.post('/staff/sign-in', body, { 'user-agent': userAgent })
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

it('P14: everybody sees where they are signed in, since when, and which of it is this browser', async () => {
  const email = 'list@example.org'
  await app.signIn({ email })
  await app.signIn({ email: 'somebody-else@example.org' })
  app.clock.pass(hour)
  const cookie = await from(email, agents.desk)
  await from(email, agents.phone)
  const page = await settings(cookie)
  expect(page.text).toMatch(/Firefox on Linux this browser/)
  expect(page.text).toContain('Safari on iPhone')
  expect(page.text, 'of a program that names none').toContain('Browser not known')
  expect(offered(page), 'two to end, and all others').toHaveLength(3)
  expect(page.all('time').length).toBeGreaterThanOrEqual(6)
  const rows = JSON.stringify(app.services.db.$client.prepare('SELECT * FROM staff_sessions').all())
  for (const detail of ['Mozilla', '140.0', '18_1', 'x86_64', '127.0.0.1']) expect(rows).not.toContain(detail)
  for (const locale of locales) {
    const other = await app.signIn({ email: `${locale}@example.org`, locale })
    expect((await settings(other)).all('section', { 'aria-labelledby': 'sessions' })).toHaveLength(1)
  }
})

it('P14: one session is ended, or all but this one, and it stays on record', async () => {
  const email = 'end@example.org'
  const first = await app.signIn({ email })
  const [second, third, fourth] = [
    await from(email, agents.desk),
    await from(email, agents.phone),
    await from(email, agents.edge),
  ]
  const stranger = await app.signIn({ email: 'stranger@example.org' })
  const [before, without] = [offered(await settings(first)), offered(await settings(second))]
  const idOfSecond = before.find((id) => !without.includes(id)) ?? ''
  const wrong = await readPage(await end(first, idOfSecond, 'wrong'))
  expect([wrong.status, wrong.errors()[0]?.at]).toEqual([422, '#sessions-current'])
  expect(await isIn(second), 'a thief of one session does not end the others').toBe(true)
  const answer = await end(first, idOfSecond)
  expect(answer.headers.get('location')).toBe('/staff/settings?ended=yes')
  expect((await settings(first, '?ended=yes')).all('div', { role: 'status' })).toHaveLength(1)
  expect(await Promise.all([first, second, third, fourth].map(isIn))).toEqual([true, false, true, true])
  await end(first, 'others')
  expect(await Promise.all([first, third, fourth, stranger].map(isIn))).toEqual([true, false, false, true])
  expect(offered(await settings(first)), 'there are no others').toEqual([])
  const ended = staffEventsOf(app.services.db, idOf(email)).filter(({ type }) => type === 'sessions_ended')
  expect(ended.map(({ byStaffId }) => byStaffId)).toEqual([idOf(email), idOf(email)])
})

it('P14: the session at hand can be ended by its id, too, and leads to the sign-in', async () => {
  const email = 'own@example.org'
  const first = await app.signIn({ email })
  const second = await from(email, agents.desk)
  const [id = ''] = offered(await settings(second))
  const answer = await end(first, id)
  expect(answer.headers.get('location')).toBe('/staff/sign-in')
  expect(answer.headers.getSetCookie()[0]).toMatch(/^session=;/)
  expect([await isIn(first), await isIn(second)]).toEqual([false, true])
})

it('P14: nobody ends the sessions of somebody else, nor by a form of another site, nor by what is no id', async () => {
  const victim = await app.signIn({ email: 'victim@example.org' })
  await from('victim@example.org', agents.desk)
  const [id = ''] = offered(await settings(victim))
  const cookie = await app.signIn({ email: 'attacker@example.org' })
  const count = () => app.services.db.$client.prepare('SELECT count(*) FROM staff_sessions').pluck().get()
  const before = count()
  for (const session of [id, '', '%', '_'.repeat(16), id.slice(0, 4), `${id}' OR 1=1 --`])
    expect((await end(cookie, session)).status).toBe(303)
  expect((await end(victim, id, staffPassword, { origin: 'https://evil.example' })).status).toBe(403)
  expect((await app.get(ending, { cookie: victim })).headers.get('location')).toBe('/staff/settings')
  expect(count()).toBe(before)
  const types = staffEventsOf(app.services.db, idOf('attacker@example.org')).map(({ type }) => type)
  expect(types).not.toContain('sessions_ended')
})

it('P14: a session that has ended by itself is not in the list', async () => {
  const email = 'idle@example.org'
  const old = await app.signIn({ email })
  app.clock.pass(13 * hour)
  const cookie = await from(email, agents.desk)
  expect(await isIn(old)).toBe(false)
  expect(offered(await settings(cookie))).toEqual([])
})

it('P14: an admin signs a colleague out everywhere; nobody else does', async () => {
  const theirs = await app.signIn({ email: 'colleague@example.org' })
  const cookie = await app.signIn({ email: 'admin@example.org', role: 'admin' })
  const path = `/staff/people/${idOf('colleague@example.org')}/signing-out`
  const page = await readPage(await app.get('/staff/people', { cookie }))
  expect(page.all('a', { href: path })).toHaveLength(1)
  const body = () => new URLSearchParams({ current: staffPassword })
  expect((await app.post(path, body(), { cookie: theirs })).status).toBe(403)
  expect(await isIn(theirs)).toBe(true)
  const done = await readPage(await app.post(path, body(), { cookie }))
  expect([done.status, done.text.includes('is signed out everywhere')]).toEqual([200, true])
  expect([await isIn(theirs), await isIn(cookie)]).toEqual([false, true])
  const [event] = staffEventsOf(app.services.db, idOf('colleague@example.org'))
  expect(event).toMatchObject({ type: 'sessions_ended', byStaffId: idOf('admin@example.org') })
})

describe('a browser is told by two words', () => {
  it.each([
    [agents.phone, 'Safari', 'iPhone'],
    [agents.desk, 'Firefox', 'Linux'],
    [agents.edge, 'Edge', 'Windows'],
    [
      'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36',
      'Samsung Internet',
      'Android',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
      'Chrome',
      'macOS',
    ],
    ['curl/8.5.0', null, null],
    ['', null, null],
    [undefined, null, null],
    [`${'Version/ '.repeat(100_000)}<script>`, null, null],
  ])('%.60s', (agent, browser, system) => {
    expect(browserOf(agent)).toEqual({ browser, system })
  })
})
