import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../src/app.ts'
import { cspReportsPath } from '../../src/web/middleware/security-headers.ts'
import { type Submitted, startTestApp, stopTestApp, type TestApp } from '../support/test-app.ts'

interface Route {
  readonly method: string
  readonly path: string
}

let app: TestApp
let sent: Submitted
let routes: Route[]
let refusals: Route[]
beforeAll(async () => {
  app = await startTestApp()
  sent = await app.submit()
  const all = routesIn(createApp(app.services).router)
  routes = all.filter(({ method }) => method !== everyMethod)
  refusals = all.filter(({ method }) => method === everyMethod)
})
afterAll(() => stopTestApp(app))

/** As the refusals of `refuseOtherMethods` stand beside the routes they belong to. */
const everyMethod = 'every'

/** Express types its routers without the path that they hang at, and a route's methods only for a route. */
const fieldOf = (value: unknown, name: string): unknown =>
  (typeof value === 'object' && value !== null) || typeof value === 'function'
    ? Reflect.get(value, name)
    : undefined
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value])

/** What the router itself knows, so that no route can be forgotten here. */
function routesIn(router: unknown, above = ''): Route[] {
  return listOf(fieldOf(router, 'stack') ?? []).flatMap((layer) => {
    const route = fieldOf(layer, 'route')
    const paths = listOf(fieldOf(layer, 'rawPath')).map((path) => above + String(path).replace(/\/$/, ''))
    if (route === undefined) return paths.flatMap((path) => routesIn(fieldOf(layer, 'handle'), path))
    const methods = listOf(fieldOf(route, 'stack')).map((handler) => fieldOf(handler, 'method'))
    return [...new Set(methods)]
      .map((method) => (typeof method === 'string' ? method.toUpperCase() : everyMethod))
      .flatMap((method) => paths.map((path) => ({ method, path })))
  })
}

const isDesks = ({ path }: Route) => /^\/staff(\/|$)/.test(path)
const reads = ({ method }: Route) => method === 'GET'
const acts = (route: Route) => !reads(route)

const addressOf = ({ path }: Route) =>
  path.replace(':reference', sent.reference).replace(':form', 'decision').replace(/:\w+/g, '1')

const ask = (route: Route, headers: Record<string, string>) =>
  fetch(new URL(addressOf(route), app.listening), {
    method: route.method,
    headers,
    redirect: 'manual',
    ...(acts(route) && { body: new URLSearchParams() }),
  })

const signIn = '/staff/sign-in'
const withoutSession = [signIn, '/staff/sign-out']

/** A viewer's own: everything else that is sent to the desk needs an editor, and a new route does until it stands here. */
const viewersOwn = [
  ...withoutSession,
  '/staff/settings',
  '/staff/settings/password',
  '/staff/settings/second-factor',
  '/staff/settings/second-factor/recovery-codes',
  '/staff/settings/second-factor/removal',
  '/staff/settings/sessions/ending',
  '/staff/views',
  '/staff/views/:view/name',
  '/staff/views/:view/removal',
]

it('the walk finds the routes: those of the app, of the desk, of its rooms, and those with several paths', () => {
  const named = routes.map(({ method, path }) => `${method} ${path}`)
  for (const known of [
    'POST /ar/takedowns',
    'POST /staff/takedowns/:reference/decision',
    'POST /staff/people/:person/role',
    'POST /staff/inbox/:mail/choice',
    'GET /staff/bulk/undoing',
    'GET /staff',
  ])
    expect(named).toContain(known)
  expect(routes.filter(acts).length).toBeGreaterThan(50)
  const paths = new Set(routes.map(({ path }) => path))
  expect(refusals.filter(({ path }) => !paths.has(path))).toEqual([])
})

describe('every act of the desk', () => {
  const deskActs = () => routes.filter((route) => isDesks(route) && acts(route))

  it('is refused without a session: led to the sign-in', async () => {
    for (const route of deskActs().filter(({ path }) => !withoutSession.includes(path))) {
      const answer = await ask(route, { origin: app.listening })
      expect(answer.status, route.path).toBe(303)
      expect(answer.headers.get('location'), route.path).toBe(`${signIn}?next=%2Fstaff`)
    }
  })

  it('is refused from another origin, and without any, to an admin too', async () => {
    const cookie = await app.signIn({ email: 'admin@example.org', role: 'admin' })
    for (const route of deskActs()) {
      for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }, {}])
        expect((await ask(route, { cookie, ...headers })).status, route.path).toBe(403)
    }
    expect((await app.get('/staff', { cookie })).status).toBe(200)
  })

  it('is refused to a viewer, but for what is their own', async () => {
    const cookie = await app.signIn({ email: 'viewer@example.org', role: 'viewer' })
    const editors = deskActs().filter(({ path }) => !viewersOwn.includes(path))
    for (const route of editors)
      expect((await ask(route, { cookie, origin: app.listening })).status, route.path).toBe(403)
    expect(viewersOwn.filter((path) => !deskActs().some((route) => route.path === path))).toEqual([])
  })

  it('on people is refused to an editor', async () => {
    const cookie = await app.signIn({ email: 'editor@example.org', role: 'editor' })
    const admins = deskActs().filter(({ path }) => path.startsWith('/staff/people'))
    expect(admins.length).toBeGreaterThan(4)
    for (const route of admins)
      expect((await ask(route, { cookie, origin: app.listening })).status, route.path).toBe(403)
  })
})

it('every page of the desk leads to the sign-in without a session', async () => {
  const pages = routes.filter((route) => isDesks(route) && reads(route))
  expect(pages.length).toBeGreaterThan(40)
  for (const page of pages) {
    const answer = await fetch(new URL(addressOf(page), app.listening))
    expect(new URL(answer.url).pathname, page.path).toBe(signIn)
  }
})

it('every form of the claimants is refused from another origin, and without any', async () => {
  // A report changes nothing, and browsers send it without an origin.
  const forms = routes.filter((route) => !isDesks(route) && acts(route) && route.path !== cspReportsPath)
  expect(forms.length).toBeGreaterThan(10)
  for (const form of forms) {
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'same-site' }, {}])
      expect((await ask(form, headers)).status, form.path).toBe(403)
  }
})
