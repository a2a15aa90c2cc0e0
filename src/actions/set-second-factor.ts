import type { Db, Tx } from '../db/open.ts'
import { recoveryCodes, secondFactors } from '../db/schema.ts'
import type { SeenBrowser } from '../staff/browser.ts'
import { hasSecondFactor, recoveryCodeHash, sealFactorSecret, stepOfCode } from '../staff/second-factor.ts'
import { closeSessionsOf, openSession } from '../staff/sessions.ts'
import { writeStaffEvent } from '../staff/staff-events.ts'

export interface NewSecondFactor {
  readonly key: Uint8Array
  /** Base32, as the app was given it. */
  readonly secret: string
  /** Of the app: it shows that the app has the secret. */
  readonly code: string
  readonly recoveryCodes: readonly string[]
  /** Where it is set up, and signed in after. */
  readonly seen?: SeenBrowser
}

/**
 * From now on sign-in asks for a code. Every session of the account ends; the answer is the token of a new one. Null
 * where the code is not one of the secret's, or there is a second factor already.
 */
export function setSecondFactor(
  db: Db,
  staffId: number,
  factor: NewSecondFactor,
  now: number,
): string | null {
  return db.transaction(
    (tx) => {
      const step = stepOfCode(factor.secret, factor.code, now)
      if (step === null || hasSecondFactor(tx, staffId)) return null
      const sealedSecret = sealFactorSecret(factor.key, staffId, factor.secret)
      tx.insert(secondFactors).values({ staffId, sealedSecret, lastStep: step, setAt: now }).run()
      writeRecoveryCodes(tx, staffId, factor)
      writeStaffEvent(tx, staffId, 'second_factor_set', staffId, now)
      closeSessionsOf(tx, staffId)
      return openSession(tx, staffId, now, factor.seen)
    },
    { behavior: 'immediate' },
  )
}

export function writeRecoveryCodes(
  tx: Tx,
  staffId: number,
  { key, recoveryCodes: codes }: Pick<NewSecondFactor, 'key' | 'recoveryCodes'>,
): void {
  const rows = codes.map((code) => ({ staffId, codeHash: recoveryCodeHash(key, staffId, code) }))
  tx.insert(recoveryCodes).values(rows).run()
}
