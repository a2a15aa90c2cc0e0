import { expect, it } from 'vitest'
import { disableStaff } from '../../src/actions/disable-staff.ts'
import { setStaffPassword } from '../../src/actions/set-staff-password.ts'
import { hashPassword } from '../../src/staff/password.ts'
import { testApp } from '../support/test-app.ts'

it('P14: a new password ends the sessions of that account and of no other', async () => {
  const app = await testApp()
  const cookie = await app.signIn({ email: 'one@example.org' })
  const other = await app.signIn({ email: 'other@example.org' })
  const changed = setStaffPassword(
    app.services.db,
    'One@Example.org ',
    await hashPassword('another password'),
    app.clock.now(),
  )
  expect(changed).toBe(true)
  expect((await app.get('/staff', { cookie })).status).toBe(303)
  expect((await app.get('/staff', { cookie: other })).status).toBe(200)
})

it('P14: a disabled account is signed out and signs in no more', async () => {
  const app = await testApp()
  const cookie = await app.signIn({ email: 'one@example.org' })
  expect(disableStaff(app.services.db, 'one@example.org', app.clock.now())).toBe('disabled')
  expect((await app.get('/staff', { cookie })).status).toBe(303)
  expect(disableStaff(app.services.db, 'one@example.org', app.clock.now())).toBe('unknown')
})

it('P14: of sessions that are over by time no row stays after the next sign-in', async () => {
  const app = await testApp()
  const rows = () =>
    app.services.db.$client.prepare('SELECT staff_id FROM staff_sessions ORDER BY staff_id').pluck().all()
  const old = await app.signIn({ email: 'old@example.org' })
  for (let hours = 0; hours < 7 * 24 - 6; hours += 6) {
    expect((await app.get('/staff/mail', { cookie: old })).status).toBe(200)
    app.clock.pass(6 * 3_600_000)
  }
  await app.signIn({ email: 'idle@example.org' })
  app.clock.pass(3 * 3_600_000)
  const alive = await app.signIn({ email: 'alive@example.org' })
  expect((await app.get('/staff/mail', { cookie: old })).status).toBe(200)
  expect(rows()).toEqual([1, 2, 3])
  app.clock.pass(9.5 * 3_600_000)
  await app.signIn({ email: 'new@example.org' })
  expect(rows()).toEqual([3, 4])
  expect((await app.get('/staff', { cookie: alive })).status).toBe(200)
})
