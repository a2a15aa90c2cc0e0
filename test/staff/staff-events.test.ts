import { expect, it } from 'vitest'
import { findAccount } from '../../src/staff/accounts.ts'
import { staffEventsOf } from '../../src/staff/staff-events.ts'
import { testApp } from '../support/test-app.ts'

it('P14: what an admin does to an account stays on record, with who did it', async () => {
  const app = await testApp()
  const { db } = app.services
  const cookie = await app.signIn({ email: 'admin@example.org', role: 'admin' })
  const admin = findAccount(db, 'admin@example.org')?.id ?? 0
  const act = (path: string, fields: Record<string, string> = {}) =>
    app.post(`/staff/people${path}`, new URLSearchParams(fields), { cookie })
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
