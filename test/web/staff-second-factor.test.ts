import { afterAll, beforeAll, expect, it } from 'vitest'
import { addStaff } from '../../src/actions/add-staff.ts'
import { setStaffPassword } from '../../src/actions/set-staff-password.ts'
import { locales } from '../../src/i18n/locales.ts'
import { translate } from '../../src/i18n/translate.ts'
import { findAccount } from '../../src/staff/accounts.ts'
import { chosenPassword } from '../../src/staff/first-password.ts'
import { countRecoveryCodes, hasSecondFactor } from '../../src/staff/second-factor.ts'
import { staffEventsOf } from '../../src/staff/staff-events.ts'
import { codeOfApp } from '../support/code-of-app.ts'
import { type ReadPage, readPage, textOf } from '../support/read-page.ts'
import { staffPassword, startTestApp, stopTestApp, type TestApp, testApp } from '../support/test-app.ts'

const step = 30_000
const setUp = '/staff/settings/second-factor'
let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => stopTestApp(app))

/** `name=value` of a cookie that the answer sets, or undefined. */
const cookieIn = (answer: Response, name: string) =>
  answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0] ?? '')
    .find((pair) => pair.startsWith(`${name}=`) && pair !== `${name}=`)
const isIn = async (cookie = '', at = app) => (await at.get('/staff', { cookie })).status === 200
const idOf = (email: string, at = app) => findAccount(at.services.db, email)?.id ?? 0

const secretOn = (page: ReadPage) =>
  page
    .all('bdi')
    .map(textOf)
    .find((text) => /^([A-Z2-7]{4} ){7}/.test(text)) ?? ''

/** A member of staff who sets up a second factor in the pages. */
async function withFactor(email: string, { at = app, role = 'editor' as 'editor' | 'admin' } = {}) {
  const before = await at.signIn({ email, role })
  const page = await readPage(await at.get(setUp, { cookie: before }))
  const secret = secretOn(page)
  const [offer = ''] = page.values('offer')
  const fill = (code: string, current = staffPassword) =>
    at.post(setUp, new URLSearchParams({ offer, code, current }), { cookie: before })
  const code = (steps = 0) => codeOfApp(secret, at.clock.now() + steps * step)
  return { at, before, email, secret, offer, fill, code, id: idOf(email, at) }
}

async function setOne(email: string, options: { at?: TestApp; role?: 'editor' | 'admin' } = {}) {
  const one = await withFactor(email, options)
  const answer = await one.fill(one.code())
  const cookie = cookieIn(answer, 'session') ?? ''
  const codes = (await readPage(answer)).all('code').map(textOf)
  // The code of the set-up is used up: time goes on to the next.
  one.at.clock.pass(step)
  const password = (more: Record<string, string> = {}, headers: Record<string, string> = {}) =>
    one.at.post('/staff/sign-in', new URLSearchParams({ email, password: staffPassword, ...more }), headers)
  const half = async () => cookieIn(await password(), 'half-session') ?? ''
  const enter = (code: string, cookie: string, headers: Record<string, string> = {}) =>
    one.at.post('/staff/sign-in', new URLSearchParams({ code }), { cookie, ...headers })
  return { ...one, answer, cookie, codes, password, half, enter }
}

it('P14: a second factor is set up in a page, which shows ten recovery codes once', async () => {
  const one = await withFactor('setup@example.org')
  const other = cookieIn(
    await app.post('/staff/sign-in', new URLSearchParams({ email: one.email, password: staffPassword })),
    'session',
  )
  for (const [answer, at] of [
    [await one.fill('000000'), '#code'],
    [await one.fill(one.code(), 'wrong'), '#current'],
  ] as const) {
    const page = await readPage(answer)
    expect([page.status, page.errors().map((error) => error.at)]).toEqual([422, [at]])
    expect(page.text, 'the same secret stays').toContain(one.secret)
    expect(hasSecondFactor(app.services.db, one.id)).toBe(false)
  }
  const answer = await one.fill(one.code())
  expect(answer.headers.get('cache-control')).toContain('no-store')
  const page = await readPage(answer)
  expect(page.status).toBe(201)
  expect(page.all('code')).toHaveLength(10)
  expect(await isIn(one.before)).toBe(false)
  expect(await isIn(other), 'other browsers sign in anew').toBe(false)
  const cookie = cookieIn(answer, 'session') ?? ''
  expect(await isIn(cookie)).toBe(true)
  expect((await app.get(setUp, { cookie })).headers.get('location')).toBe('/staff/settings')
  const settings = await readPage(await app.get('/staff/settings', { cookie }))
  expect(settings.text).toContain('Recovery codes left: 10')
  for (const code of page.all('code').map(textOf)) expect(settings.html).not.toContain(code)
})

it('P14: a secret that another account was offered, or nobody, sets nothing up', async () => {
  const one = await withFactor('offer-one@example.org')
  const two = await withFactor('offer-two@example.org')
  for (const offer of [one.offer, 'JBSWY3DPEHPK3PXP', '']) {
    const form = new URLSearchParams({ offer, code: one.code(), current: staffPassword })
    const answer = await app.post(setUp, form, { cookie: two.before })
    expect(answer.headers.get('location')).toBe(setUp)
  }
  expect(hasSecondFactor(app.services.db, two.id)).toBe(false)
})

it('P14: the password alone opens no session; the code opens it, and leads on', async () => {
  const { password, enter, code } = await setOne('journey@example.org')
  const first = await password({ next: '/staff/mail' })
  expect([first.status, first.headers.get('location')]).toEqual([303, '/staff/sign-in/code'])
  expect(cookieIn(first, 'session')).toBeUndefined()
  const [set = ''] = first.headers.getSetCookie()
  for (const flag of ['HttpOnly', 'SameSite=Lax', 'Path=/', 'Max-Age=300']) expect(set).toContain(flag)
  const half = cookieIn(first, 'half-session') ?? ''
  expect(await isIn(half)).toBe(false)
  const page = await readPage(await app.get('/staff/sign-in/code', { cookie: half }))
  expect(
    page.all('input', { name: 'code', inputmode: 'numeric', autocomplete: 'one-time-code', dir: 'ltr' }),
  ).toHaveLength(1)
  expect((await app.get('/staff/sign-in/code')).headers.get('location')).toBe('/staff/sign-in')
  const wrong = await enter('000000', half)
  expect([wrong.status, cookieIn(wrong, 'session')]).toEqual([422, undefined])
  const right = await enter(code(), half)
  expect([right.status, right.headers.get('location')]).toEqual([303, '/staff/mail'])
  expect(right.headers.getSetCookie().join('\n')).toMatch(/^half-session=;/m)
  expect(await isIn(cookieIn(right, 'session'))).toBe(true)
})

it('P14: email, password and code in one POST sign in; a wrong code does not', async () => {
  const { password, code } = await setOne('at-once@example.org')
  const wrong = await password({ code: '000000' })
  expect([wrong.status, cookieIn(wrong, 'session')]).toEqual([422, undefined])
  const right = await password({ code: code() })
  expect([right.status, right.headers.get('location')]).toEqual([303, '/staff'])
  expect(await isIn(cookieIn(right, 'session'))).toBe(true)
})

it('P14: a code is good for one sign-in, also of two at the same moment', async () => {
  const { half, enter, code } = await setOne('replay@example.org')
  const cookies = [await half(), await half()]
  const answers = await Promise.all(cookies.map((cookie) => enter(code(), cookie)))
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 422])
  expect((await enter(code(), await half())).status).toBe(422)
  app.clock.pass(step)
  expect((await enter(code(), await half())).status).toBe(303)
})

it('P14: a recovery code signs in once, in capitals and with blanks too', async () => {
  const { half, enter, codes, id } = await setOne('recovery@example.org')
  const [first = ''] = codes
  const typed = ` ${first.toUpperCase().replaceAll('-', ' ')} `
  const answer = await enter(typed, await half())
  expect(answer.status).toBe(303)
  expect(await isIn(cookieIn(answer, 'session'))).toBe(true)
  expect((await enter(first, await half())).status).toBe(422)
  expect(countRecoveryCodes(app.services.db, id)).toBe(9)
})

it('P14: half a sign-in ends after five minutes, and with the password it was begun with', async () => {
  const { half, enter, code, email } = await setOne('half@example.org')
  const old = await half()
  app.clock.pass(5 * 60_000)
  const late = await readPage(await enter(code(), old))
  expect([late.status, late.errors().length]).toEqual([422, 1])
  expect((await app.get('/staff/sign-in/code', { cookie: old })).status).toBe(303)
  const before = await half()
  setStaffPassword(app.services.db, email, await chosenPassword('another long password'), app.clock.now())
  const after = await enter(code(), before)
  expect([after.status, cookieIn(after, 'session')]).toEqual([422, undefined])
  for (const cookie of ['half-session=x', `half-session=${'y'.repeat(4000)}`, 'half-session=']) {
    expect((await enter(code(), cookie)).status, cookie.slice(0, 20)).toBe(422)
  }
})

it('P14: a disabled account does not come in by its code', async () => {
  const { half, enter, code, email } = await setOne('disabled@example.org')
  const cookie = await half()
  app.services.db.$client.prepare('UPDATE staff SET disabled_at = 1 WHERE email = ?').run(email)
  expect((await enter(code(), cookie)).status).toBe(422)
})

it('P14: ten wrong codes close one account to one client for a while, to nobody else', async () => {
  const at = await testApp({ TRUST_PROXY: '1' })
  const { half, enter, code, password } = await setOne('limits@example.org', { at })
  const cookie = await half()
  const from = (address: string) => ({ 'x-forwarded-for': address })
  for (let nth = 0; nth < 10; nth++) {
    expect((await enter('000000', cookie, from('203.0.113.1'))).status).toBe(422)
  }
  const refused = await enter(code(), cookie, from('203.0.113.1'))
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await password({ code: code() }, from('203.0.113.1'))).status, 'all at once, too').toBe(429)
  expect((await enter(code(), cookie, from('203.0.113.2'))).status).toBe(303)
})

it('P14: new recovery codes and the removal need the password and a code', async () => {
  const { cookie, codes, code, id } = await setOne('change@example.org')
  const act = (name: string, current: string, typed: string) =>
    app.post(`${setUp}/${name}`, new URLSearchParams({ current, code: typed }), { cookie })
  for (const name of ['recovery-codes', 'removal']) {
    for (const [current, typed, field] of [
      ['wrong', code(), '#factor-current'],
      [staffPassword, '000000', '#factor-code'],
    ] as const) {
      const page = await readPage(await act(name, current, typed))
      expect([page.status, page.errors().map((error) => error.at)]).toEqual([422, [field]])
    }
  }
  const renewed = await readPage(await act('recovery-codes', staffPassword, code()))
  expect(renewed.status).toBe(201)
  const fresh = renewed.all('code').map(textOf)
  expect(fresh).toHaveLength(10)
  expect((await act('removal', staffPassword, codes[0] ?? '')).status, 'an old code').toBe(422)
  const removed = await act('removal', staffPassword, fresh[0] ?? '')
  expect(removed.headers.get('location')).toBe('/staff/settings?saved=yes')
  expect(await isIn(cookie), 'every session ends').toBe(false)
  expect(await isIn(cookieIn(removed, 'session')), 'but this browser has a new one').toBe(true)
  expect(hasSecondFactor(app.services.db, id)).toBe(false)
  const types = staffEventsOf(app.services.db, id).map(({ type }) => type)
  expect(types.slice(0, 4)).toEqual([
    'second_factor_removed',
    'recovery_code_used',
    'recovery_codes_made',
    'second_factor_set',
  ])
})

it('P14: an admin takes the second factor of a colleague away, nobody else does, and it is written down', async () => {
  const one = await setOne('lost-phone@example.org')
  const admin = await setOne('admin@example.org', { role: 'admin' })
  const remove = (id: number, cookie: string) =>
    app.post(`/staff/people/${id}/factor-removal`, new URLSearchParams({ current: staffPassword }), {
      cookie,
    })
  const people = await readPage(await app.get('/staff/people', { cookie: admin.cookie }))
  expect(people.all('a', { href: `/staff/people/${one.id}/factor-removal` })).toHaveLength(1)
  expect(people.all('a', { href: `/staff/people/${admin.id}/factor-removal` })).toHaveLength(0)
  expect((await remove(one.id, one.cookie)).status).toBe(403)
  expect((await remove(admin.id, admin.cookie)).status, 'the own one needs a code').toBe(403)
  expect((await remove(one.id, admin.cookie)).status).toBe(200)
  expect(await isIn(one.cookie)).toBe(false)
  const [event] = staffEventsOf(app.services.db, one.id)
  expect([event?.type, event?.byStaffId]).toEqual(['second_factor_removed', admin.id])
  expect(cookieIn(await one.password(), 'session')).toBeDefined()
})

it('P14: where it is required, who has none is led to the set-up and nowhere else', async () => {
  const at = await testApp({ STAFF_SECOND_FACTOR: 'required' })
  const one = await withFactor('required@example.org', { at, role: 'admin' })
  for (const path of [
    '/staff',
    '/staff/takedowns',
    '/staff/takedowns.csv',
    '/staff/people',
    '/staff/settings',
    '/staff/SETTINGS/second-factor/x',
    '/staff/none',
  ]) {
    const answer = await at.get(path, { cookie: one.before })
    expect([path, answer.status, answer.headers.get('location')]).toEqual([path, 303, setUp])
  }
  const act = await at.post('/staff/people', new URLSearchParams(), { cookie: one.before })
  expect(act.headers.get('location')).toBe(setUp)
  const answer = await one.fill(one.code())
  expect(answer.status).toBe(201)
  expect(await isIn(cookieIn(answer, 'session'), at)).toBe(true)
})

it('P14: over https the cookie of half a sign-in has the __Host- prefix', async () => {
  const origin = 'https://takedowns.example'
  const at = await testApp({ BASE_URL: origin })
  const body = (fields: Record<string, string>) => new URLSearchParams(fields)
  const email = 'https@example.org'
  const password = await chosenPassword(staffPassword)
  addStaff(at.services.db, { email, name: 'S', role: 'admin', locale: 'en', ...password }, 0)
  const signIn = () => at.post('/staff/sign-in', body({ email, password: staffPassword }), { origin })
  const cookie = cookieIn(await signIn(), '__Host-session') ?? ''
  const page = await readPage(await at.get(setUp, { cookie }))
  const form = {
    offer: page.values('offer')[0] ?? '',
    code: codeOfApp(secretOn(page), at.clock.now()),
    current: staffPassword,
  }
  expect((await at.post(setUp, body(form), { cookie, origin })).status).toBe(201)
  expect((await signIn()).headers.getSetCookie()[0]).toMatch(/^__Host-half-session=.*; Path=\/;.*; Secure/)
})

it('P14: no form of another site reaches these pages', async () => {
  const { enter, half, cookie } = await setOne('origin@example.org')
  expect((await enter('000000', await half(), { origin: 'https://evil.example' })).status).toBe(403)
  for (const path of [setUp, `${setUp}/removal`, `${setUp}/recovery-codes`]) {
    const answer = await app.post(path, new URLSearchParams(), { cookie, origin: 'https://evil.example' })
    expect(answer.status, path).toBe(403)
  }
})

it('a wrong code is said in the language of the account', async () => {
  for (const locale of locales) {
    const one = await setOne(`${locale}@example.org`)
    app.services.db.$client.prepare('UPDATE staff SET locale = ? WHERE email = ?').run(locale, one.email)
    const page = await readPage(await one.enter('000000', await one.half()))
    expect(page.all('html', { lang: locale })).toHaveLength(1)
    expect(page.errors()[0]?.words).toBe(translate(locale, 'signInCode.wrong'))
  }
})
