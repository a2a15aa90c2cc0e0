import type { Db } from '../db/open.ts'
import { writeStaffEvent } from '../staff/staff-events.ts'

/** There were too many tries at the account: somebody was refused, and nobody knows who. */
export function recordRefusedSignIn(db: Db, staffId: number, now: number): void {
  writeStaffEvent(db, staffId, 'sign_in_refused', null, now)
}
