import { describe, expect, it } from 'vitest'
import { locales } from '../../src/i18n/locales.ts'
import { translate } from '../../src/i18n/translate.ts'
import { staffEventsOf } from '../../src/staff/staff-events.ts'
import { attributeOf, type ReadPage, readPage } from '../support/read-page.ts'
import { staffPassword, type TestApp, testApp } from '../support/test-app.ts'

const post = (app: TestApp, cookie: string, path: string, values: Record<string, string> = {}) =>
  app.post(path, new URLSearchParams(values), { cookie })
const account = (app: TestApp, email: string) =>
  app.services.db.$client
    .prepare<
      [string],
      { id: number; role: string; disabled_at: number | null; digest_hour: number | null; uses_keys: number }
    >('SELECT * FROM staff WHERE email = ?')
    .get(email)

describe('settings', () => {
  it('are kept: language, hour of the digest or none, single keys', async () => {
    const app = await testApp()
    const cookie = await app.signIn()
    const save = (values: Record<string, string>) => post(app, cookie, '/staff/settings', values)
    expect((await save({ locale: 'he', digest: '7', keys: 'on' })).headers.get('location')).toBe(
      '/staff/settings?saved=yes',
    )
    expect(account(app, 'staff@example.org')).toMatchObject({ digest_hour: 7, uses_keys: 1 })
    const page = await readPage(await app.get('/staff/settings?saved=yes', { cookie }))
    expect(page.text).toContain('נשמר.')
    await save({ locale: 'he', digest: 'none' })
    expect(account(app, 'staff@example.org')).toMatchObject({ digest_hour: null, uses_keys: 0 })
    for (const values of [
      { locale: 'fr', digest: '7' },
      { locale: 'ar', digest: '24' },
      { locale: 'ar', digest: '' },
    ])
      expect((await save(values)).status).toBe(422)
  })

  it('change the password only for who knows it, and end every session', async () => {
    const app = await testApp()
    const cookie = await app.signIn()
    const change = (current: string, password: string) =>
      post(app, cookie, '/staff/settings/password', { current, password })
    expect((await change('wrong', 'a long new password')).status).toBe(422)
    expect((await change(staffPassword, 'short')).status).toBe(422)
    expect((await change(staffPassword, 'a long new password')).headers.get('location')).toBe(
      '/staff/sign-in',
    )
    expect((await app.get('/staff', { cookie })).status).toBe(303)
    const again = await app.post(
      '/staff/sign-in',
      new URLSearchParams({ email: 'staff@example.org', password: 'a long new password' }),
    )
    expect(again.status).toBe(303)
  })
})

it('P14: a new password that others would try, or made of own words, is refused in three languages', async () => {
  const app = await testApp()
  for (const locale of locales) {
    const cookie = await app.signIn({ email: `${locale}@example.org`, name: 'Zebra Kettle', locale })
    for (const [password, key] of [
      ['qwerty123456', 'settings.password.common'],
      ['zebra kettle 9', 'settings.password.own'],
      ['ashams ashams 9', 'settings.password.own'],
    ] as const) {
      const fields = { current: staffPassword, password }
      const page = await readPage(await post(app, cookie, '/staff/settings/password', fields))
      const [error] = page.errors()
      expect([page.status, error?.at, error?.words]).toEqual([422, '#new-password', translate(locale, key)])
      expect(page.html).not.toContain(password)
    }
  }
})

const actOn = (app: TestApp, cookie: string, path: string, values: Record<string, string> = {}) =>
  post(app, cookie, `/staff/people${path}`, { current: staffPassword, ...values })

const chosenIn = (page: ReadPage) =>
  page.all('option', { selected: '' }).map((option) => attributeOf(option, 'value'))

describe('people', () => {
  it('are the business of admins alone', async () => {
    const app = await testApp()
    for (const role of ['editor', 'viewer'] as const) {
      const cookie = await app.signIn({ email: `${role}@example.org`, role })
      expect((await app.get('/staff/people', { cookie })).status).toBe(403)
      expect((await post(app, cookie, '/staff/people', { name: 'x' })).status).toBe(403)
      expect((await post(app, cookie, '/staff/people/1/role', { role: 'admin' })).status).toBe(403)
      expect((await readPage(await app.get('/staff', { cookie }))).html).not.toContain('/staff/people')
    }
  })

  it('are added with a password that stands there once and lets them in', async () => {
    const app = await testApp()
    const cookie = await app.signIn({ role: 'admin' })
    const values = { name: 'New Person', email: 'New@example.org', role: 'editor', locale: 'ar' }
    const answer = await readPage(await actOn(app, cookie, '', values))
    expect(answer.status).toBe(201)
    const password = /[a-z0-9]{5}(-[a-z0-9]{5}){5}/.exec(answer.text)?.[0] ?? ''
    const signIn = await app.post(
      '/staff/sign-in',
      new URLSearchParams({ email: 'new@example.org', password }),
    )
    expect(signIn.status).toBe(303)
    const page = await readPage(await app.get('/staff/people', { cookie }))
    expect(page.text).toContain('New Person')
    expect(page.text).not.toContain(password)
    const again = await readPage(await actOn(app, cookie, '', values))
    expect(again.status).toBe(422)
    expect(again.text).toContain('already')
    const wrong = await readPage(await actOn(app, cookie, '', { name: '', email: 'x', role: 'god' }))
    expect(wrong.errors()).toHaveLength(3)
  })

  it('change roles, get new passwords and are disabled', async () => {
    const app = await testApp()
    const cookie = await app.signIn({ email: 'admin@example.org', role: 'admin' })
    const theirs = await app.signIn({ email: 'other@example.org', role: 'viewer' })
    const id = account(app, 'other@example.org')?.id
    await actOn(app, cookie, `/${id}/role`, { role: 'editor' })
    expect(account(app, 'other@example.org')?.role).toBe('editor')
    expect((await actOn(app, cookie, `/${id}/role`, { role: 'god' })).status).toBe(422)
    expect((await actOn(app, cookie, `/${id}/password`)).status).toBe(201)
    expect((await app.get('/staff', { cookie: theirs })).status).toBe(303)
    expect((await actOn(app, cookie, `/${id}/disabling`)).status).toBe(200)
    expect(account(app, 'other@example.org')?.disabled_at).not.toBeNull()
    expect((await actOn(app, cookie, `/${id}/disabling`)).status).toBe(404)
  })

  it('always have an admin', async () => {
    const app = await testApp()
    const cookie = await app.signIn({ email: 'admin@example.org', role: 'admin' })
    const id = account(app, 'admin@example.org')?.id
    expect((await actOn(app, cookie, `/${id}/disabling`)).status).toBe(409)
    expect((await actOn(app, cookie, `/${id}/role`, { role: 'viewer' })).status).toBe(409)
    expect(account(app, 'admin@example.org')).toMatchObject({ role: 'admin', disabled_at: null })
    await app.signIn({ email: 'second@example.org', role: 'admin' })
    expect((await actOn(app, cookie, `/${id}/role`, { role: 'viewer' })).status).toBe(200)
  })

  it('P14: are changed only by who gives the own password, in three languages, and nothing typed is lost', async () => {
    const app = await testApp()
    await app.signIn({ email: 'other@example.org', role: 'viewer' })
    const id = account(app, 'other@example.org')?.id
    const isUntouched = () => {
      expect(account(app, 'other@example.org')).toMatchObject({ role: 'viewer', disabled_at: null })
      expect(account(app, 'new@example.org')).toBeUndefined()
      expect(staffEventsOf(app.services.db, id ?? 0).map(({ type }) => type)).toEqual(['signed_in', 'added'])
    }
    for (const locale of locales) {
      const cookie = await app.signIn({ email: `${locale}@example.org`, role: 'admin', locale })
      for (const act of ['role', 'password', 'factor-removal', 'signing-out', 'disabling']) {
        const path = `/staff/people/${id}/${act}`
        const asked = await readPage(await app.get(path, { cookie }))
        expect([asked.status, asked.all('form', { action: path })], act).toEqual([200, [expect.anything()]])
        for (const given of [{}, { current: 'wrong' }]) {
          const page = await readPage(await post(app, cookie, path, { role: 'admin', ...given }))
          const [error] = page.errors()
          const words = translate(locale, 'settings.password.wrong')
          expect([act, page.status, error?.at, error?.words]).toEqual([act, 422, '#current', words])
          expect(page.values('current')).toEqual([''])
          if (act === 'role') expect(chosenIn(page), 'as it was chosen').toEqual(['admin'])
        }
      }
    }
    const cookie = await app.signIn({ email: 'admin@example.org', role: 'admin' })
    const typed = { name: 'New Person', email: 'new@example.org', role: 'viewer', locale: 'he' }
    const page = await readPage(await actOn(app, cookie, '', { ...typed, current: 'wrong' }))
    expect([page.status, page.errors().map(({ at }) => at)]).toEqual([422, ['#current']])
    expect([page.values('name'), page.values('email')]).toEqual([[typed.name], [typed.email]])
    expect(chosenIn(page)).toEqual([typed.role, typed.locale])
    isUntouched()
  })

  it('P14: wrong own passwords are counted as at the sign-in, and the right one then waits too', async () => {
    const app = await testApp()
    const cookie = await app.signIn({ email: 'admin@example.org', role: 'admin' })
    await app.signIn({ email: 'other@example.org', role: 'viewer' })
    const path = `/${account(app, 'other@example.org')?.id}/disabling`
    for (let nth = 0; nth < 10; nth++)
      expect((await actOn(app, cookie, path, { current: 'wrong' })).status).toBe(422)
    const held = await actOn(app, cookie, path)
    expect([held.status, Number(held.headers.get('retry-after'))]).toEqual([429, expect.any(Number)])
    expect(account(app, 'other@example.org')?.disabled_at).toBeNull()
  })
})
