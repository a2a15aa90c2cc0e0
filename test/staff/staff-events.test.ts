import { expect, it, vi } from 'vitest'
import { findAccount } from '../../src/staff/accounts.ts'
import { staffEventsOf } from '../../src/staff/staff-events.ts'
import { staffPassword, testApp } from '../support/test-app.ts'

it('P14: what an admin does to an account stays on record, with who did it', async () => {
  const app = await testApp()
  const { db } = app.services
  const cookie = await app.signIn({ email: 'admin@example.org', role: 'admin' })
  const admin = findAccount(db, 'admin@example.org')?.id ?? 0
  const act = (path: string, fields: Record<string, string> = {}) =>
    app.post(`/staff/people${path}`, new URLSearchParams({ ...fields, current: staffPassword }), { cookie })
  const fields = { name: 'New', email: 'new@example.org', role: 'viewer', locale: 'en' }
  expect((await act('', fields)).status).toBe(201)
  const id = findAccount(db, 'new@example.org')?.id ?? 0
  expect((await act(`/${id}/role`, { role: 'editor' })).status).toBe(200)
  expect((await act(`/${id}/password`)).status).toBe(201)
  expect((await act(`/${id}/disabling`)).status).toBe(200)
  const events = staffEventsOf(db, id)
  expect(events.map(({ type }) => type)).toEqual(['disabled', 'password_changed', 'role_changed', 'added'])
  for (const { byStaffId, at } of events) expect([byStaffId, at]).toEqual([admin, app.clock.now()])
  for (const change of ['UPDATE staff_events SET at = 0', 'DELETE FROM staff_events'])
    expect(() => db.$client.exec(change)).toThrow(/append-only/)
})

it('P14: who signs in and out stays on record, and who signed in over somebody else', async () => {
  const app = await testApp()
  const { db } = app.services
  const first = await app.signIn({ email: 'first@example.org' })
  await app.signIn({ email: 'second@example.org' })
  const body = new URLSearchParams({ email: 'second@example.org', password: staffPassword })
  const answer = await app.post('/staff/sign-in', body, { cookie: first })
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  for (let twice = 0; twice < 2; twice++) await app.post('/staff/sign-out', new URLSearchParams(), { cookie })
  const typesOf = (email: string) => {
    const id = findAccount(db, email)?.id ?? 0
    const events = staffEventsOf(db, id)
    for (const { type, byStaffId } of events) expect(byStaffId).toBe(type === 'added' ? null : id)
    return events.map(({ type }) => type)
  }
  expect(typesOf('first@example.org')).toEqual(['signed_out', 'signed_in', 'added'])
  expect(typesOf('second@example.org')).toEqual(['signed_out', 'signed_in', 'signed_in', 'added'])
})

it('P14: that an account was held up stays on record once an hour; wrong passwords do not, nor who does not exist', async () => {
  const app = await testApp()
  const { db } = app.services
  await app.signIn({ email: 'one@example.org' })
  const id = findAccount(db, 'one@example.org')?.id ?? 0
  const refusals = () => staffEventsOf(db, id).filter(({ type }) => type === 'sign_in_refused')
  const wrong = (email: string) =>
    app.post('/staff/sign-in', new URLSearchParams({ email, password: 'wrong' }))
  for (let nth = 0; nth < 10; nth++) await wrong('one@example.org')
  expect(refusals()).toEqual([])
  for (let nth = 0; nth < 3; nth++) expect((await wrong('one@example.org')).status).toBe(429)
  // It is written after the answer.
  await vi.waitFor(() => expect(refusals()).toHaveLength(1))
  expect(refusals()[0]?.byStaffId).toBeNull()
  for (let nth = 0; nth < 12; nth++) await wrong('none@example.org')
  expect(db.$client.prepare('SELECT count(*) FROM staff_events').pluck().get()).toBe(3)
})
