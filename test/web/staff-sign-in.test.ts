import { afterAll, beforeAll, expect, it } from 'vitest'
import { addStaff } from '../../src/actions/add-staff.ts'
import { chosenPassword } from '../../src/staff/first-password.ts'
import { readPage } from '../support/read-page.ts'
import { staffPassword, startTestApp, stopTestApp, type TestApp, testApp } from '../support/test-app.ts'

const hour = 3_600_000
let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => stopTestApp(app))

const signIn = (email: string, password: string, more: Record<string, string> = {}) =>
  app.post('/staff/sign-in?locale=en', new URLSearchParams({ email, password, ...more }))
const isIn = async (cookie: string) => (await app.get('/staff', { cookie })).status === 200
const disable = (email: string) =>
  app.services.db.$client.prepare('UPDATE staff SET disabled_at = 1 WHERE email = ?').run(email)

it('P14: a good password opens a session in a cookie that scripts cannot read', async () => {
  const cookie = await app.signIn({ email: 'good@example.org' })
  expect(await isIn(cookie)).toBe(true)
  const answer = await signIn(' GOOD@example.org ', staffPassword)
  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toBe('/staff')
  const [set = ''] = answer.headers.getSetCookie()
  expect(set).toMatch(/^session=[\w-]{43};/)
  for (const flag of ['HttpOnly', 'SameSite=Lax', 'Path=/']) expect(set).toContain(flag)
  const rows = JSON.stringify(app.services.db.$client.prepare('SELECT * FROM staff_sessions').all())
  expect(rows).not.toContain(cookie.split('=')[1])
  expect(set.split(';')[0], 'new at each sign-in').not.toBe(cookie)
})

it('P14: signing in ends what the browser was signed in as before', async () => {
  const before = await app.signIn({ email: 'first@example.org' })
  await app.signIn({ email: 'second@example.org' })
  const body = new URLSearchParams({ email: 'second@example.org', password: staffPassword })
  const answer = await app.post('/staff/sign-in', body, { cookie: before })
  const now = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  expect(await isIn(now)).toBe(true)
  expect(await isIn(before)).toBe(false)
})

it('P14: over https the cookie has the __Host- prefix', async () => {
  const secure = await testApp({ BASE_URL: 'https://takedowns.example' })
  const account = { email: 's@example.org', name: 'S', role: 'admin', locale: 'en' } as const
  addStaff(secure.services.db, { ...account, ...(await chosenPassword(staffPassword)) }, 0)
  const body = new URLSearchParams({ email: account.email, password: staffPassword })
  const answer = await secure.post('/staff/sign-in', body, { origin: 'https://takedowns.example' })
  expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-session=.*; Path=\/;.*; Secure/)
})

it('P14: a wrong password and an unknown or disabled account get one same answer', async () => {
  await app.signIn({ email: 'known@example.org' })
  await app.signIn({ email: 'gone@example.org' })
  disable('gone@example.org')
  const answers = await Promise.all(
    [
      ['known@example.org', 'wrong password'],
      ['unknown@example.org', staffPassword],
      ['gone@example.org', staffPassword],
      ['known@example.org', ''],
    ].map(async ([email = '', password = '']) => {
      const answer = await signIn(email, password)
      return [answer.status, answer.headers.getSetCookie(), (await answer.text()).replaceAll(email, 'EMAIL')]
    }),
  )
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  expect(answers[0]?.[0]).toBe(422)
})

it('P14: ten wrong passwords close one account to one client for a while, the right one too', async () => {
  const other = await testApp({ TRUST_PROXY: '1' })
  await other.signIn({ email: 'target@example.org' })
  await other.signIn({ email: 'other@example.org' })
  const attempt = async (password: string, from: string, email = 'target@example.org') =>
    other.post('/staff/sign-in', new URLSearchParams({ email, password }), { 'x-forwarded-for': from })
  for (let nth = 0; nth < 10; nth++) expect((await attempt('wrong', '203.0.113.1')).status).toBe(422)
  const refused = await attempt(staffPassword, '203.0.113.1')
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await attempt(staffPassword, '203.0.113.2')).status, 'nobody locks another out').toBe(303)
  expect((await attempt(staffPassword, '203.0.113.1', 'other@example.org')).status).toBe(303)
})

it('P14: signing out, disabling and a new password end the session', async () => {
  const first = await app.signIn({ email: 'leaver@example.org' })
  const out = await app.post('/staff/sign-out', new URLSearchParams(), { cookie: first })
  expect(out.headers.get('clear-site-data'), 'cookies of others stay').toBe('"cache", "storage"')
  expect(out.status).toBe(303)
  expect(out.headers.getSetCookie()[0]).toMatch(/^session=;/)
  expect(await isIn(first)).toBe(false)
  const second =
    (await signIn('leaver@example.org', staffPassword)).headers.getSetCookie()[0]?.split(';')[0] ?? ''
  expect(await isIn(second)).toBe(true)
  disable('leaver@example.org')
  expect(await isIn(second)).toBe(false)
  await app.signIn({ email: 'leaver@example.org' })
  expect(await isIn(second), 'an account that comes back has no old sessions').toBe(false)
})

it('P14: a session ends after twelve idle hours, and after seven days in any case', async () => {
  const clocked = await testApp()
  const cookie = await clocked.signIn()
  const signedIn = async () => (await clocked.get('/staff', { cookie })).status === 200
  clocked.clock.pass(11 * hour)
  expect(await signedIn()).toBe(true)
  clocked.clock.pass(11 * hour)
  expect(await signedIn()).toBe(true)
  clocked.clock.pass(13 * hour)
  expect(await signedIn()).toBe(false)
  const fresh = await clocked.post(
    '/staff/sign-in',
    new URLSearchParams({ email: 'staff@example.org', password: staffPassword }),
  )
  const long = fresh.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  for (let used = 0; used < 160; used += 10) {
    expect((await clocked.get('/staff', { cookie: long })).status).toBe(200)
    clocked.clock.pass(10 * hour)
  }
  clocked.clock.pass(9 * hour)
  expect((await clocked.get('/staff', { cookie: long })).status).toBe(303)
})

it('who is not signed in is led to sign in, and back to where they were going', async () => {
  const answer = await app.get('/staff/takedowns?q=x&status=all')
  expect(answer.status).toBe(303)
  const where = answer.headers.get('location') ?? ''
  expect(where).toBe(`/staff/sign-in?next=${encodeURIComponent('/staff/takedowns?q=x&status=all')}`)
  const page = await readPage(await app.get(where))
  const [next = ''] = page.values('next')
  await app.signIn({ email: 'back@example.org' })
  const back = await signIn('back@example.org', staffPassword, { next })
  expect(back.headers.get('location')).toBe('/staff/takedowns?q=x&status=all')
  for (const path of [
    '/staff/mail',
    '/staff/takedowns/TD-1',
    '/staff/takedowns/TD-1/files/1/original',
    '/staff/none',
  ]) {
    expect((await app.get(path)).headers.get('location')).toContain('/staff/sign-in')
  }
})

it('no address from outside leads away from the desk', async () => {
  const cookie = await app.signIn({ email: 'redirect@example.org' })
  const hostile = [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/staff\\..\\..\\evil',
    '/staff.evil.example',
    '/staff@evil.example',
    'javascript:alert(1)',
    '/staffer',
    '/staff/\r\nSet-Cookie: x=1',
    '/staff?\u0000',
  ]
  for (const next of hostile) {
    const answer = await signIn('redirect@example.org', staffPassword, { next })
    const back = await app.get(`/staff/locale?to=he&back=${encodeURIComponent(next)}`, { cookie })
    for (const { headers, status } of [answer, back]) {
      expect(status).toBe(303)
      const target = new URL(headers.get('location') ?? '', app.listening)
      expect(target.origin).toBe(app.listening)
      expect(target.pathname).toMatch(/^\/staff(\/|$)/)
      expect(headers.getSetCookie().join()).not.toContain('x=1')
    }
  }
})

it('strange cookies are no session and no defect', async () => {
  for (const cookie of [
    'session=',
    'session=x',
    `session=${'y'.repeat(8000)}`,
    'session=%E0%A4%A',
    '=;;=',
    'session',
  ]) {
    expect((await app.get('/staff', { cookie })).status).toBe(303)
  }
})
