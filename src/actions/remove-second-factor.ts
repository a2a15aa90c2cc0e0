import type { Db } from '../db/open.ts'
import { forgetSecondFactor } from '../staff/second-factor.ts'
import { closeSessionsOf } from '../staff/sessions.ts'
import { writeStaffEvent } from '../staff/staff-events.ts'

/** Taken away by its owner, an admin or the operator (`by` null). The sessions end; false where there was none. */
export function removeSecondFactor(db: Db, staffId: number, now: number, by: number | null): boolean {
  return db.transaction(
    (tx) => {
      if (!forgetSecondFactor(tx, staffId)) return false
      writeStaffEvent(tx, staffId, 'second_factor_removed', by, now)
      closeSessionsOf(tx, staffId)
      return true
    },
    { behavior: 'immediate' },
  )
}
