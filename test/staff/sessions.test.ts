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
