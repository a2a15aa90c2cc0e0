import type { Db, Tx } from '../db/open.ts'
import { closeSession } from '../staff/sessions.ts'
import { writeStaffEvent } from '../staff/staff-events.ts'

/** The session of the token ends; of no session, nothing happens. */
export function signOut(db: Db, token: string, now: number): void {
  db.transaction((tx) => endSession(tx, token, now), { behavior: 'immediate' })
}

export function endSession(tx: Tx, token: string, now: number): void {
  const staffId = closeSession(tx, token)
  if (staffId !== null) writeStaffEvent(tx, staffId, 'signed_out', staffId, now)
}
