import { expect, it } from 'vitest'
import { disableStaff } from '../../src/actions/disable-staff.ts'
import { setStaffPassword } from '../../src/actions/set-staff-password.ts'
import { chosenPassword } from '../../src/staff/first-password.ts'
import { testApp } from '../support/test-app.ts'

it('P14: a new password ends the sessions of that account and of no other', async () => {
  const app = await testApp()
  const cookie = await app.signIn({ email: 'one@example.org' })
  const other = await app.signIn({ email: 'other@example.org' })
  const changed = setStaffPassword(
    app.services.db,
    'One@Example.org ',
    await chosenPassword('another password'),
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

it('P14, P18: the row of a session that is over by time goes, but not for a clock that jumped ahead', async () => {
  const app = await testApp()
  const day = 24 * 3_600_000
  const rows = () =>
    app.services.db.$client.prepare('SELECT staff_id FROM staff_sessions ORDER BY staff_id').pluck().all()
  const first = await app.signIn({ email: 'first@example.org' })
  app.clock.pass(12 * day)
  await app.signIn({ email: 'second@example.org' })
  expect((await app.get('/staff', { cookie: first })).status).toBe(303)
  app.clock.pass(-12 * day)
  expect((await app.get('/staff', { cookie: first })).status).toBe(200)
  expect(rows()).toEqual([1, 2])
  app.clock.pass(38 * day)
  await app.signIn({ email: 'third@example.org' })
  expect(rows()).toEqual([2, 3])
})
