import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { createLogger } from '../../src/lib/logger.ts'
import { projectRoot } from '../../src/lib/project-root.ts'
import { findAccount } from '../../src/staff/accounts.ts'
import { securityEvents } from '../../src/web/security-log.ts'
import { codeOfApp } from '../support/code-of-app.ts'
import { readPage, textOf } from '../support/read-page.ts'
import { staffPassword, startTestApp, stopTestApp } from '../support/test-app.ts'

const lineShape = z.looseObject({
  security: z.string().optional(),
  change: z.string().optional(),
  staff: z.number().optional(),
  by: z.number().optional(),
  path: z.string().optional(),
  requestId: z.string().optional(),
})

async function listeningApp() {
  let text = ''
  const write = (written: string) => {
    text += written
  }
  const app = await startTestApp({}, { logger: createLogger('info', { write }) })
  onTestFinished(() => stopTestApp(app))
  const lines = () =>
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => lineShape.parse(JSON.parse(line)))
  return { app, lines, whole: () => text }
}

it('P17: what concerns security has its name in the log, with numbers of accounts and no person in it', async () => {
  const { app, lines, whole } = await listeningApp()
  const idOf = (email: string) => findAccount(app.services.db, email)?.id ?? 0
  const admin = {
    cookie: await app.signIn({ email: 'admin@example.org', name: 'Zebra Kettle', role: 'admin' }),
  }
  const viewer = { cookie: await app.signIn({ email: 'viewer@example.org', role: 'viewer' }) }
  const [adminId, viewerId] = [idOf('admin@example.org'), idOf('viewer@example.org')]
  const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    app.post(path, new URLSearchParams(fields), headers)
  const current = staffPassword

  const person = { name: 'Nadia Example', email: 'nadia@example.net', role: 'viewer', locale: 'en' }
  await post('/staff/people', { ...person, current }, admin)
  const nadia = idOf(person.email)
  await post(`/staff/people/${nadia}/role`, { role: 'editor', current }, admin)
  await post(`/staff/people/${nadia}/password`, { current }, admin)
  await post(`/staff/people/${nadia}/disabling`, { current: 'wrong' }, admin)
  await post(`/staff/people/${nadia}/disabling`, { current }, admin)
  await post(`/staff/people/${nadia}/role`, { role: 'editor' }, viewer)
  await post('/staff/settings', {}, { ...viewer, origin: 'https://evil.example' })
  await app.get('/en/takedowns/TD-AAAA-AAAA?key=nothing')

  const setUp = '/staff/settings/second-factor'
  const page = await readPage(await app.get(setUp, viewer))
  const secret = textOf(page.all('code')[0] ?? page.all('main')[0] ?? expect.fail()).replace(/\s/g, '')
  const form = { offer: page.values('offer')[0] ?? '', code: codeOfApp(secret, app.clock.now()), current }
  const set = await post(setUp, form, viewer)
  const again = { cookie: set.headers.getSetCookie()[0]?.split(';')[0] ?? '' }
  await post('/staff/sign-in', { email: 'viewer@example.org', password: staffPassword, code: '000000' })
  await post(`/staff/people/${viewerId}/signing-out`, { current }, admin)
  await post(`/staff/people/${viewerId}/factor-removal`, { current }, admin)
  await post('/staff/sign-out', {}, again)
  for (let nth = 0; nth < 11; nth++)
    await post('/staff/sign-in', { email: 'viewer@example.org', password: 'wrong' })
  await post('/staff/sign-in', { email: 'nobody@example.org', password: 'wrong' })
  await post('/staff/sign-out', {}, admin)

  const found = (name: string) => lines().filter(({ security }) => security === name)
  await expect.poll(() => found('limit_reached').length).toBe(1)
  expect(securityEvents.filter((name) => found(name).length === 0)).toEqual([])
  const changes = found('account_changed').map(({ change, staff, by }) => [change, staff, by])
  expect(changes).toEqual([
    ['added', nadia, adminId],
    ['role_changed', nadia, adminId],
    ['password_changed', nadia, adminId],
    ['disabled', nadia, adminId],
    ['second_factor_set', viewerId, viewerId],
    ['sessions_ended', viewerId, adminId],
    ['second_factor_removed', viewerId, adminId],
  ])
  for (const [name, staff] of [
    ['proof_failed', adminId],
    ['role_refused', viewerId],
    ['code_failed', viewerId],
    ['sign_ins_held_up', viewerId],
    ['signed_out', adminId],
  ] as const)
    expect([name, found(name).at(-1)?.staff]).toEqual([name, staff])
  expect(found('sign_in_failed').at(-1)).not.toHaveProperty('staff')
  for (const name of securityEvents)
    for (const line of found(name)) expect(line.requestId, name).toMatch(/^[\da-f]{4}(-[\da-f]{4}){2}$/)
  const requests = lines().filter(({ path }) => path === '/staff/people')
  expect(requests.map(({ staff }) => staff)).toEqual([adminId])
  for (const personal of [
    'Nadia',
    'nadia',
    'Zebra',
    'example.org',
    'example.net',
    staffPassword,
    '127.0.0.1',
  ])
    expect(whole()).not.toContain(personal)
})

it('the guide lists them all, and no other', () => {
  const guide = readFileSync(join(projectRoot, 'deploy/README.md'), 'utf8')
  const table = guide.split('| `security` | says |')[1]?.split('\n\n')[0] ?? ''
  const named = [...table.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = '']) => cell.match(/\w+/g) ?? [])
  expect(named.sort()).toEqual([...securityEvents].sort())
})
