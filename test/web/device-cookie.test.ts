import { expect, it } from 'vitest'
import { addStaff } from '../../src/actions/add-staff.ts'
import { setSecondFactor } from '../../src/actions/set-second-factor.ts'
import { locales } from '../../src/i18n/locales.ts'
import { translate } from '../../src/i18n/translate.ts'
import { findAccount } from '../../src/staff/accounts.ts'
import { chosenPassword } from '../../src/staff/first-password.ts'
import { newFactorSecret } from '../../src/staff/second-factor.ts'
import { codeOfApp } from '../support/code-of-app.ts'
import { attributeOf, readPage } from '../support/read-page.ts'
import { staffPassword, testApp } from '../support/test-app.ts'

const year = 365 * 24 * 3_600_000
const shared = '203.0.113.1'
/** As many strangers as it takes, each with an address of its own. */
const strangers = (count: number) => Array.from({ length: count }, (_, nth) => `198.51.100.${nth + 1}`)

/** `name=value` of each cookie that the answer sets. */
const cookiesOf = (answer: Response) => answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? '')
const deviceIn = (answer: Response) => cookiesOf(answer).find((pair) => /^(__Host-)?device-/.test(pair)) ?? ''

/** A desk behind a proxy, whose browsers have addresses, and perhaps cookies. */
async function desk(...names: string[]) {
  const app = await testApp({ TRUST_PROXY: '1' })
  const password = await chosenPassword(staffPassword)
  for (const name of names) {
    const account = { email: `${name}@example.org`, name, role: 'editor', locale: 'en' } as const
    addStaff(app.services.db, { ...account, ...password }, app.clock.now())
  }
  const attempt = (name: string, password: string, from: string, cookie = '', fields = {}) =>
    app.post('/staff/sign-in', new URLSearchParams({ email: `${name}@example.org`, password, ...fields }), {
      'x-forwarded-for': from,
      cookie,
    })
  const wrong = async (name: string, from: string, times: number, cookie = '') => {
    const statuses: number[] = []
    for (let nth = 0; nth < times; nth++)
      statuses.push((await attempt(name, `wrong password ${nth}`, from, cookie)).status)
    return statuses
  }
  /** A browser that has signed in to the account once. */
  const knownBrowser = async (name: string) => deviceIn(await attempt(name, staffPassword, '192.0.2.1'))
  const idOf = (name: string) => findAccount(app.services.db, `${name}@example.org`)?.id ?? 0
  return { app, attempt, wrong, knownBrowser, idOf }
}

const refusals = (statuses: readonly number[]) => statuses.filter((status) => status === 429).length

it('P14: a sign-in leaves a cookie by which the browser is known, hidden from scripts, and opening nothing', async () => {
  const { app, attempt, idOf } = await desk('one')
  const answer = await attempt('one', staffPassword, shared)
  const [session, device = ''] = answer.headers.getSetCookie()
  expect(session).toMatch(/^session=/)
  expect(device).toMatch(new RegExp(`^device-${idOf('one')}=[\\w-]{22}\\.\\d+\\.[\\w-]{43};`))
  for (const flag of ['HttpOnly', 'SameSite=Lax', 'Path=/', `Max-Age=${year / 1000}`])
    expect(device).toContain(flag)
  expect((await app.get('/staff', { cookie: deviceIn(answer) })).status).toBe(303)
  expect(deviceIn(await attempt('one', staffPassword, shared, deviceIn(answer)))).not.toBe(deviceIn(answer))
  expect(deviceIn(await attempt('one', 'wrong', shared))).toBe('')

  const secure = await testApp({ BASE_URL: 'https://takedowns.example' })
  const password = await chosenPassword(staffPassword)
  const account = { email: 's@example.org', name: 'S', role: 'admin', locale: 'en' } as const
  addStaff(secure.services.db, { ...account, ...password }, 0)
  const body = new URLSearchParams({ email: account.email, password: staffPassword })
  const overHttps = await secure.post('/staff/sign-in', body, { origin: 'https://takedowns.example' })
  expect(overHttps.headers.getSetCookie()[1]).toMatch(/^__Host-device-1=.*; Path=\/;.*; Secure/)
})

it('P14, P16: sixty failed sign-ins from a shared address close the desk to strangers there, not to who has signed in before', async () => {
  const { attempt, wrong, knownBrowser } = await desk('one', 'two', 'three')
  const cookie = await knownBrowser('one')
  await Promise.all([1, 2, 3, 4, 5, 6].map((nth) => wrong(`nobody${nth}`, shared, 10)))
  expect((await attempt('two', staffPassword, shared)).status, 'a browser that nobody knows').toBe(429)
  expect((await attempt('two', staffPassword, shared, cookie)).status, 'known at another account').toBe(429)
  expect((await attempt('one', staffPassword, shared, cookie)).status).toBe(303)
  expect((await attempt('three', staffPassword, '203.0.113.2')).status, 'at another address').toBe(303)
})

it('P14, P16: guesses at one account from many addresses are stopped together, and its owner gets in where they did before', async () => {
  const { attempt, wrong, knownBrowser } = await desk('one', 'two')
  const cookie = await knownBrowser('one')
  const tries = await Promise.all(strangers(10).map((from) => wrong('one', from, 10)))
  expect(refusals(tries.flat())).toBe(0)
  const refused = await attempt('one', staffPassword, '203.0.113.77')
  expect(refused.status, 'the hundred and first, though it is right').toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(900)
  expect((await attempt('one', staffPassword, '203.0.113.78', cookie)).status).toBe(303)
  await Promise.all(strangers(61).map(() => attempt('one', staffPassword, '203.0.113.77')))
  expect((await attempt('two', staffPassword, '203.0.113.77')).status, 'a refused try costs nothing').toBe(
    303,
  )
})

it('P14: an account that does not exist is held up just the same', async () => {
  const { attempt, wrong } = await desk('one')
  const answers = await Promise.all(
    ['one', 'none'].map(async (name) => {
      await Promise.all(strangers(10).map((from) => wrong(name, from, 10)))
      const answer = await attempt(name, staffPassword, '203.0.113.77')
      // Each of them has its own hour, so that the minutes may differ by one.
      const page = (await answer.text())
        .replaceAll(`${name}@example.org`, 'EMAIL')
        .replace(/\d+ minutes/g, '')
      return [answer.status, answer.headers.getSetCookie(), page]
    }),
  )
  expect(answers[0]?.[0]).toBe(429)
  expect(answers[1]).toEqual(answers[0])
})

it('P14: a known browser guesses no more than any other, and holds up only itself', async () => {
  const { attempt, wrong, knownBrowser } = await desk('one')
  const cookie = await knownBrowser('one')
  const other = await knownBrowser('one')
  const statuses = [
    ...(await wrong('one', '198.51.100.1', 5, cookie)),
    ...(await wrong('one', '198.51.100.2', 6, cookie)),
  ]
  expect(refusals(statuses)).toBe(1)
  expect((await attempt('one', staffPassword, '198.51.100.3', cookie)).status).toBe(429)
  expect((await attempt('one', staffPassword, '198.51.100.1', other)).status).toBe(303)
  expect((await attempt('one', staffPassword, '198.51.100.1')).status).toBe(303)
})

it('P14: a cookie of another account, of another key, changed or a year old makes no browser known', async () => {
  const { app, attempt, knownBrowser, wrong, idOf } = await desk('one', 'two')
  const good = await knownBrowser('one')
  const [, value = ''] = good.split('=')
  const [nonce = '', until = '', signature = ''] = value.split('.')
  const foreign = await (await desk('one')).knownBrowser('one')
  const others = await knownBrowser('two')
  await wrong('one', shared, 10)
  const name = `device-${idOf('one')}`
  for (const cookie of [
    foreign,
    others,
    `${name}=${others.split('=')[1]}`,
    `${name}=${nonce}.${Number(until) + 1}.${signature}`,
    `${name}=${nonce.slice(1)}x.${until}.${signature}`,
    `${name}=${nonce}.${until}.`,
    `${name}=`,
    `${name}=%E0%A4%A`,
  ])
    expect((await attempt('one', staffPassword, shared, cookie)).status, cookie).toBe(429)
  app.clock.pass(year - 1)
  expect((await attempt('one', 'wrong', shared, good)).status).toBe(422)
  app.clock.pass(1)
  expect((await attempt('one', 'wrong', shared, good)).status).toBe(429)
})

it('P14: codes are bounded over all addresses, and a known browser still gets in by one', async () => {
  const { app, attempt, knownBrowser, idOf } = await desk('one')
  const cookie = await knownBrowser('one')
  const { db, factorKey: key } = app.services
  const [id, secret] = [idOf('one'), newFactorSecret()]
  const code = () => codeOfApp(secret, app.clock.now())
  expect(
    setSecondFactor(db, id, { key, secret, code: code(), recoveryCodes: ['a'] }, app.clock.now()),
  ).not.toBeNull()
  app.clock.pass(30_000)
  const enter = (typed: string, from: string, device = '') =>
    attempt('one', staffPassword, from, device, { code: typed })
  for (const from of strangers(4))
    for (let nth = 0; nth < 5; nth++) expect((await enter('000000', from)).status).toBe(422)
  const refused = await enter(code(), '203.0.113.77')
  expect([refused.status, deviceIn(refused)]).toEqual([429, ''])
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(900)
  const known = await enter(code(), '203.0.113.77', cookie)
  expect(known.status).toBe(303)
  expect(deviceIn(known)).not.toBe('')
})

it('P14: the password alone, where a code is asked for, makes no browser known', async () => {
  const { app, attempt, idOf } = await desk('one')
  const { db, factorKey: key } = app.services
  const secret = newFactorSecret()
  const factor = { key, secret, code: codeOfApp(secret, app.clock.now()), recoveryCodes: ['a'] }
  setSecondFactor(db, idOf('one'), factor, app.clock.now())
  const answer = await attempt('one', staffPassword, shared)
  expect([answer.headers.get('location'), deviceIn(answer)]).toEqual(['/staff/sign-in/code', ''])
})

it('P14: whoever sits at a desk that is signed in does not try passwords without end', async () => {
  const { app, attempt, knownBrowser } = await desk('one')
  const known = await knownBrowser('one')
  const sessionOf = async () => cookiesOf(await attempt('one', staffPassword, shared, known))[0] ?? ''
  const cookie = await sessionOf()
  const change = (current: string, from: string, session = cookie) =>
    app.post('/staff/settings/password', new URLSearchParams({ current, password: 'an entirely new one' }), {
      cookie: session,
      'x-forwarded-for': from,
    })
  for (const from of strangers(10)) expect((await change('wrong', from)).status).toBe(422)
  const refused = await change(staffPassword, '203.0.113.9')
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  const page = await readPage(refused)
  expect(page.errors()[0]?.at).toBe('#current')
  expect((await change(staffPassword, '203.0.113.9', await sessionOf())).status, 'elsewhere').toBe(303)
})

it('P16: who is held up is told in their own language when to come back', async () => {
  const { app, wrong } = await desk()
  await Promise.all([1, 2, 3, 4, 5, 6].map((nth) => wrong(`nobody${nth}`, shared, 10)))
  for (const locale of locales) {
    const body = new URLSearchParams({ email: 'a@example.org', password: 'x' })
    // The language that was chosen on the page stays.
    const form = (await readPage(await app.get(`/staff/sign-in?locale=${locale}`))).all('form', {
      method: 'post',
    })[0]
    const action = (form && attributeOf(form, 'action')) ?? ''
    const answer = await app.post(action, body, { 'x-forwarded-for': shared })
    expect(answer.status).toBe(429)
    const count = Math.ceil(Number(answer.headers.get('retry-after')) / 60)
    const page = await readPage(answer)
    expect(page.all('html', { lang: locale })).toHaveLength(1)
    expect(page.errors()[0]?.words).toBe(translate(locale, 'staff.signIn.tooMany', { count }))
  }
})
