import { eq } from 'drizzle-orm'
import type { Db } from '../db/open.ts'
import { staff } from '../db/schema.ts'
import { findAccount, isLastAdmin } from '../staff/accounts.ts'
import { closeSessionsOf } from '../staff/sessions.ts'
import { writeStaffEvent } from '../staff/staff-events.ts'

/**
 * The account signs in no more and its sessions end; what it did stays under its name. The last admin is not locked
 * out.
 */
export function disableStaff(
  db: Db,
  email: string,
  now: number,
  by: number | null = null,
): 'disabled' | 'unknown' | 'last_admin' {
  return db.transaction(
    (tx) => {
      const account = findAccount(tx, email)
      if (!account) return 'unknown'
      if (isLastAdmin(tx, account)) return 'last_admin'
      tx.update(staff).set({ disabledAt: now }).where(eq(staff.id, account.id)).run()
      closeSessionsOf(tx, account.id)
      writeStaffEvent(tx, account.id, 'disabled', by, now)
      return 'disabled'
    },
    { behavior: 'immediate' },
  )
}
