import type { Db, Tx } from '../db/open.ts'
import { closeSession } from '../staff/sessions.ts'
import { writeStaffEvent } from '../staff/staff-events.ts'

/** The session of the token ends: whose it was, or null of no session. */
export function signOut(db: Db, token: string, now: number): number | null {
  return db.transaction((tx) => endSession(tx, token, now), { behavior: 'immediate' })
}

export function endSession(tx: Tx, token: string, now: number): number | null {
  const staffId = closeSession(tx, token)
  if (staffId !== null) writeStaffEvent(tx, staffId, 'signed_out', staffId, now)
  return staffId
}
