import type { Db } from '../db/open.ts'
import { closeSessions, type WhichSessions } from '../staff/sessions.ts'
import { writeStaffEvent } from '../staff/staff-events.ts'

/** Ends sessions of an account, `by` its owner or an admin. False where there was none of them. */
export function endSessions(db: Db, staffId: number, which: WhichSessions, now: number, by: number): boolean {
  return db.transaction(
    (tx) => {
      if (closeSessions(tx, staffId, which) === 0) return false
      writeStaffEvent(tx, staffId, 'sessions_ended', by, now)
      return true
    },
    { behavior: 'immediate' },
  )
}
