import { expect, it } from 'vitest'
import { addStaff } from '../../src/actions/add-staff.ts'
import { type Locale, locales } from '../../src/i18n/locales.ts'
import { translate } from '../../src/i18n/translate.ts'
import { firstPasswordDays, makeFirstPassword } from '../../src/staff/first-password.ts'
import { newPassword } from '../../src/staff/password.ts'
import { readPage } from '../support/read-page.ts'
import { staffPassword, type TestApp, testApp } from '../support/test-app.ts'

const hour = 3_600_000
const change = '/staff/settings/password'
const email = 'new@example.org'
const own = 'four lemons under a bridge'

/** An admin adds somebody: the password that the page shows. */
async function added(app: TestApp, locale: Locale = 'en') {
  const cookie = await app.signIn({ email: 'admin@example.org', role: 'admin' })
  const fields = { name: 'New', email, role: 'admin', locale, current: staffPassword }
  const page = await readPage(await app.post('/staff/people', new URLSearchParams(fields), { cookie }))
  expect(page.status).toBe(201)
  return { password: shownIn(page.text), admin: cookie }
}

const shownIn = (text: string) => /[a-z0-9]{5}(?:-[a-z0-9]{5}){5}/.exec(text)?.[0] ?? ''

const enter = (app: TestApp, password: string, locale: Locale = 'en') =>
  app.post('/staff/sign-in', new URLSearchParams({ email, password }), { 'accept-language': locale })

async function signedIn(app: TestApp, password: string): Promise<string> {
  const answer = await enter(app, password)
  expect(answer.status).toBe(303)
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

const choose = (app: TestApp, cookie: string, current: string, password: string) =>
  app.post(change, new URLSearchParams({ current, password }), { cookie })

const leadsTo = async (app: TestApp, path: string, cookie: string) =>
  (await app.get(path, { cookie })).headers.get('location')

it('P14: a given password has 128 random bits and more', () => {
  const letters = new Set(Array.from({ length: 200 }, newPassword).join('').replaceAll('-', ''))
  expect(letters.size).toBe(30)
  expect(newPassword().replaceAll('-', '').length * Math.log2(letters.size)).toBeGreaterThan(128)
})

it('P14: it opens the page that changes it and no other; the own one then opens the desk', async () => {
  const app = await testApp()
  const sent = await app.submit()
  const { password } = await added(app)
  const cookie = await signedIn(app, password)
  for (const path of [
    '/staff',
    '/staff/takedowns',
    '/staff/takedowns.csv',
    `/staff/takedowns/${sent.reference}`,
    '/staff/people',
    '/staff/settings',
    '/staff/settings/second-factor',
    '/staff/SETTINGS/password/x',
    '/staff/none',
  ])
    expect([path, await leadsTo(app, path, cookie)]).toEqual([path, change])
  const act = await app.post('/staff/people', new URLSearchParams({ current: password }), { cookie })
  expect(act.headers.get('location')).toBe(change)
  expect((await readPage(await app.get(change, { cookie }))).text).not.toContain(sent.reference)
  const done = await choose(app, cookie, password, own)
  expect(done.headers.get('location')).toBe('/staff/sign-in')
  expect((await enter(app, password)).status, 'it is of no use any more').toBe(422)
  const after = await signedIn(app, own)
  expect((await app.get('/staff', { cookie: after })).status).toBe(200)
  expect(await leadsTo(app, change, after)).toBe('/staff/settings')
})

it('P14: what is refused leaves its owner on that page, in three languages; the given one is no own one', async () => {
  for (const locale of locales) {
    const app = await testApp()
    const { password } = await added(app, locale)
    const cookie = await signedIn(app, password)
    for (const [current, chosen, at, key] of [
      ['wrong', own, '#current', 'settings.password.wrong'],
      [password, password, '#new-password', 'settings.password.same'],
      [password, 'qwerty123456', '#new-password', 'settings.password.common'],
    ] as const) {
      const page = await readPage(await choose(app, cookie, current, chosen))
      expect([page.status, page.errors()]).toEqual([422, [{ at, words: translate(locale, key) }]])
      expect(page.text).toContain(translate(locale, 'firstPassword.title'))
      expect(page.all('form', { action: '/staff/settings' })).toEqual([])
    }
    expect(await leadsTo(app, '/staff', cookie)).toBe(change)
    const other = locale === 'he' ? 'ar' : 'he'
    await app.get(`/staff/locale?to=${other}&back=${encodeURIComponent(change)}`, { cookie })
    const page = await readPage(await app.get(change, { cookie }))
    expect(page.text, 'in the other language').toContain(translate(other, 'firstPassword.title'))
  }
})

it('P14: it ends after days: at the sign-in, in a session that it opened, and an admin sees it and gives another', async () => {
  const app = await testApp()
  const { password } = await added(app)
  app.clock.pass(firstPasswordDays * 24 * hour - hour)
  const cookie = await signedIn(app, password)
  expect(await leadsTo(app, '/staff', cookie)).toBe(change)
  app.clock.pass(hour)
  expect(await leadsTo(app, change, cookie)).toContain('/staff/sign-in')
  expect((await choose(app, cookie, password, own)).headers.get('location')).toContain('/staff/sign-in')
  for (const locale of locales) {
    const words = translate(locale, 'staff.signIn.passwordOver')
    const late = await readPage(await enter(app, password, locale))
    expect([late.status, late.text.includes(words)]).toEqual([422, true])
    const wrong = await readPage(await enter(app, 'wrong', locale))
    expect([wrong.status, wrong.text.includes(words)], 'only who knew it is told').toEqual([422, false])
  }

  const admin = await app.signIn({ email: 'second@example.org', role: 'admin' })
  const people = await readPage(await app.get('/staff/people', { cookie: admin }))
  expect(people.text).toContain(translate('en', 'people.firstPasswordOver'))
  const id = app.services.db.$client.prepare('SELECT id FROM staff WHERE email = ?').pluck().get(email)
  const body = new URLSearchParams({ current: staffPassword })
  const given = await readPage(await app.post(`/staff/people/${id}/password`, body, { cookie: admin }))
  expect(await leadsTo(app, '/staff', await signedIn(app, shownIn(given.text)))).toBe(change)
})

it('P14: where a second factor is asked for too, the password is changed first', async () => {
  const app = await testApp({ STAFF_SECOND_FACTOR: 'required' })
  const { password, kept } = await makeFirstPassword(app.clock.now())
  addStaff(app.services.db, { email, name: 'N', role: 'admin', locale: 'en', ...kept }, app.clock.now())
  const cookie = await signedIn(app, password)
  expect(await leadsTo(app, '/staff', cookie)).toBe(change)
  expect((await app.get(change, { cookie })).status).toBe(200)
  await choose(app, cookie, password, own)
  const after = await signedIn(app, own)
  expect(await leadsTo(app, '/staff', after)).toBe('/staff/settings/second-factor')
})
