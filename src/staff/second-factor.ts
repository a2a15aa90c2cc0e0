import { createHmac } from 'node:crypto'
import { and, count, eq, lt } from 'drizzle-orm'
import { Secret, TOTP } from 'otpauth'
import type { Tx } from '../db/open.ts'
import { recoveryCodes, secondFactors } from '../db/schema.ts'
import { seal, unseal } from '../lib/seal.ts'

const stepMs = 30_000
/** A clock may be half a minute wrong either way. */
const window = 1

/** RFC 6238 as every authenticator app has it: SHA-1, six digits, thirty seconds; 160 bits (RFC 4226, section 4). */
const totpOf = (base32: string, label = '', issuer = '') =>
  new TOTP({ secret: Secret.fromBase32(base32), label, issuer, algorithm: 'SHA1', digits: 6, period: 30 })

export const newFactorSecret = (): string => new Secret({ size: 20 }).base32

/** For the QR code, and for the link of an app on the same device. */
export const factorUri = (base32: string, email: string, issuer: string): string =>
  // Some apps take what stands before a colon for the issuer.
  totpOf(base32, email, issuer.replaceAll(':', ' ')).toString()

/** The step of the code, or null where it is not one of the steps around `now` (milliseconds). */
export function stepOfCode(base32: string, code: string, now: number): number | null {
  const token = code.replace(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return null
  const delta = totpOf(base32).validate({ token, timestamp: now, window })
  return delta === null ? null : Math.floor(now / stepMs) + delta
}

const purposeOf = (staffId: number) => `second factor of ${staffId}`

export const sealFactorSecret = (key: Uint8Array, staffId: number, base32: string): string =>
  seal(key, purposeOf(staffId), base32)

export const unsealFactorSecret = (key: Uint8Array, staffId: number, sealed: string): string | null =>
  unseal(key, purposeOf(staffId), sealed)

export const hasSecondFactor = (tx: Tx, staffId: number): boolean => factorOf(tx, staffId) !== undefined

const factorOf = (tx: Tx, staffId: number) =>
  tx.select().from(secondFactors).where(eq(secondFactors.staffId, staffId)).get()

export const staffWithFactor = (tx: Tx): ReadonlySet<number> =>
  new Set(
    tx
      .select({ id: secondFactors.staffId })
      .from(secondFactors)
      .all()
      .map(({ id }) => id),
  )

export const countRecoveryCodes = (tx: Tx, staffId: number): number =>
  tx.select({ left: count() }).from(recoveryCodes).where(eq(recoveryCodes.staffId, staffId)).get()?.left ?? 0

/** Takes a code of the app, each step once: the second of two who send the same one is refused. */
export function useAppCode(tx: Tx, key: Uint8Array, staffId: number, code: string, now: number): boolean {
  const factor = factorOf(tx, staffId)
  const secret = factor ? unsealFactorSecret(key, staffId, factor.sealedSecret) : null
  const step = secret === null ? null : stepOfCode(secret, code, now)
  if (step === null) return false
  const fresh = and(eq(secondFactors.staffId, staffId), lt(secondFactors.lastStep, step))
  return tx.update(secondFactors).set({ lastStep: step }).where(fresh).run().changes === 1
}

/** Takes a recovery code, which is then gone. */
export function useRecoveryCode(tx: Tx, key: Uint8Array, staffId: number, code: string): boolean {
  const one = and(
    eq(recoveryCodes.staffId, staffId),
    eq(recoveryCodes.codeHash, recoveryCodeHash(key, staffId, code)),
  )
  return tx.delete(recoveryCodes).where(one).run().changes === 1
}

/** What looks like a recovery code: fifteen letters and digits, however they are grouped. */
export const looksLikeRecoveryCode = (code: string): boolean => bare(code).length === 15

const bare = (code: string) => code.toLowerCase().replace(/[^a-z0-9]/g, '')

export const recoveryCodeHash = (key: Uint8Array, staffId: number, code: string): string =>
  createHmac('sha256', key)
    .update(`recovery ${staffId} ${bare(code)}`)
    .digest('hex')

/** The factor and its recovery codes are gone. False where there was none. */
export function forgetSecondFactor(tx: Tx, staffId: number): boolean {
  tx.delete(recoveryCodes).where(eq(recoveryCodes.staffId, staffId)).run()
  return tx.delete(secondFactors).where(eq(secondFactors.staffId, staffId)).run().changes === 1
}
