import { eq } from 'drizzle-orm'
import type { Db } from '../db/open.ts'
import { recoveryCodes } from '../db/schema.ts'
import { hasSecondFactor } from '../staff/second-factor.ts'
import { writeStaffEvent } from '../staff/staff-events.ts'
import { type NewSecondFactor, writeRecoveryCodes } from './set-second-factor.ts'

/** The old ones open nothing any more. False where there is no second factor. */
export function renewRecoveryCodes(
  db: Db,
  staffId: number,
  codes: Pick<NewSecondFactor, 'key' | 'recoveryCodes'>,
  now: number,
): boolean {
  return db.transaction(
    (tx) => {
      if (!hasSecondFactor(tx, staffId)) return false
      tx.delete(recoveryCodes).where(eq(recoveryCodes.staffId, staffId)).run()
      writeRecoveryCodes(tx, staffId, codes)
      writeStaffEvent(tx, staffId, 'recovery_codes_made', staffId, now)
      return true
    },
    { behavior: 'immediate' },
  )
}
