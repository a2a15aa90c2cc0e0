import { randomBytes } from 'node:crypto'
import { Secret } from 'otpauth'
import { expect, it } from 'vitest'
import { removeSecondFactor } from '../../src/actions/remove-second-factor.ts'
import { renewRecoveryCodes } from '../../src/actions/renew-recovery-codes.ts'
import { setSecondFactor } from '../../src/actions/set-second-factor.ts'
import { findAccount } from '../../src/staff/accounts.ts'
import { newRecoveryCodes } from '../../src/staff/password.ts'
import {
  countRecoveryCodes,
  factorUri,
  hasSecondFactor,
  newFactorSecret,
  stepOfCode,
  useAppCode,
  useRecoveryCode,
} from '../../src/staff/second-factor.ts'
import { staffEventsOf } from '../../src/staff/staff-events.ts'
import { codeOfApp as codeAt } from '../support/code-of-app.ts'
import { testApp } from '../support/test-app.ts'

const key = randomBytes(32)
const step = 30_000

async function withFactor() {
  const app = await testApp()
  const cookie = await app.signIn({ email: 'one@example.org' })
  const { db } = app.services
  const id = findAccount(db, 'one@example.org')?.id ?? 0
  const [secret, codes] = [newFactorSecret(), newRecoveryCodes()]
  const now = app.clock.now()
  const set = (code: string) => setSecondFactor(db, id, { key, secret, code, recoveryCodes: codes }, now)
  return { app, db, cookie, id, secret, codes, now, set }
}

it('P14: the codes are those of RFC 6238, appendix B', () => {
  const secret = Secret.fromLatin1('12345678901234567890').base32
  for (const [seconds, code] of [
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_234_567_890, '005924'],
    [20_000_000_000, '353130'],
  ] as const) {
    expect(stepOfCode(secret, code, seconds * 1000), code).toBe(Math.floor(seconds / 30))
  }
})

it('P14: a code is taken one step early or late, however it is spaced, and no further off', () => {
  const secret = newFactorSecret()
  const now = 1_800_000_015_000
  for (const off of [-1, 0, 1]) {
    const code = codeAt(secret, now + off * step)
    expect(stepOfCode(secret, `${code.slice(0, 3)} ${code.slice(3)}`, now)).toBe(Math.floor(now / step) + off)
  }
  for (const off of [-2, 2]) expect(stepOfCode(secret, codeAt(secret, now + off * step), now)).toBeNull()
  for (const code of ['', '12345', '1234567', 'abcdef', '-12345', '1e5000'])
    expect(stepOfCode(secret, code, now), code).toBeNull()
})

it('P14: a second factor is set by a code that shows the app has it, and ends the sessions', async () => {
  const { app, db, cookie, id, secret, now, set } = await withFactor()
  expect(set('000000')).toBeNull()
  expect(hasSecondFactor(db, id)).toBe(false)
  const token = set(codeAt(secret, now))
  expect(hasSecondFactor(db, id)).toBe(true)
  expect((await app.get('/staff', { cookie })).status).toBe(303)
  expect((await app.get('/staff', { cookie: `session=${token}` })).status).toBe(200)
  expect(set(codeAt(secret, now + step)), 'one is not set over another').toBeNull()
})

it('P14: no code is taken twice, nor one from before the last, nor that of somebody else', async () => {
  const { db, id, secret, now, set } = await withFactor()
  set(codeAt(secret, now))
  const use = (of: number, at: number, who = id) => useAppCode(db, key, who, codeAt(secret, of), at)
  expect(use(now, now), 'the code that set it up').toBe(false)
  expect(use(now + step, now + step, id + 1)).toBe(false)
  expect(useAppCode(db, randomBytes(32), id, codeAt(secret, now + step), now + step), 'another key').toBe(
    false,
  )
  expect(use(now + step, now + step)).toBe(true)
  expect(use(now + step, now + step)).toBe(false)
  expect(use(now, now + step)).toBe(false)
  expect(use(now + 2 * step, now + 2 * step)).toBe(true)
})

it('P14: each recovery code opens once, however it is typed; new ones replace the old', async () => {
  const { db, id, secret, codes, now, set } = await withFactor()
  set(codeAt(secret, now))
  expect(codes).toHaveLength(10)
  expect(new Set(codes).size).toBe(10)
  const [first = '', second = '', third = ''] = codes
  expect(useRecoveryCode(db, key, id + 1, first)).toBe(false)
  expect(useRecoveryCode(db, key, id, ` ${first.toUpperCase().replaceAll('-', ' ')} `)).toBe(true)
  expect(useRecoveryCode(db, key, id, first)).toBe(false)
  expect(useRecoveryCode(db, key, id, second)).toBe(true)
  expect(countRecoveryCodes(db, id)).toBe(8)
  renewRecoveryCodes(db, id, { key, recoveryCodes: newRecoveryCodes() }, now)
  expect(countRecoveryCodes(db, id)).toBe(10)
  expect(useRecoveryCode(db, key, id, third)).toBe(false)
})

it('P14: the database holds neither the secret nor a recovery code', async () => {
  const { db, secret, codes, now, set } = await withFactor()
  set(codeAt(secret, now))
  const rows = ['second_factors', 'recovery_codes'].map((table) =>
    db.$client.prepare(`SELECT * FROM ${table}`).all(),
  )
  const text = JSON.stringify(rows)
  for (const hidden of [
    secret,
    Secret.fromBase32(secret).hex,
    ...codes,
    ...codes.map((c) => c.replaceAll('-', '')),
  ])
    expect(text.toLowerCase()).not.toContain(hidden.toLowerCase())
})

it('P14: taken away, it leaves nothing behind but who did it', async () => {
  const { app, db, id, secret, now, set } = await withFactor()
  const token = set(codeAt(secret, now))
  expect(removeSecondFactor(db, id, now, null)).toBe(true)
  expect(hasSecondFactor(db, id)).toBe(false)
  expect(countRecoveryCodes(db, id)).toBe(0)
  expect((await app.get('/staff', { cookie: `session=${token}` })).status).toBe(303)
  expect(removeSecondFactor(db, id, now, null)).toBe(false)
  expect(staffEventsOf(db, id).map(({ type, byStaffId }) => [type, byStaffId])).toEqual([
    ['second_factor_removed', null],
    ['second_factor_set', id],
    ['signed_in', id],
    ['added', null],
  ])
})

it('an app shows whose the code is', () => {
  const uri = new URL(factorUri('JBSWY3DPEHPK3PXP', 'a@example.org', 'راديو: Example'))
  expect(uri.protocol).toBe('otpauth:')
  expect(uri.searchParams.get('secret')).toBe('JBSWY3DPEHPK3PXP')
  expect(uri.searchParams.get('issuer')).toBe('راديو  Example')
  expect(decodeURIComponent(uri.pathname)).toContain('a@example.org')
})
