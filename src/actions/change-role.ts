import { eq } from 'drizzle-orm'
import type { Db } from '../db/open.ts'
import { staff } from '../db/schema.ts'
import { findAccount, isLastAdmin } from '../staff/accounts.ts'
import type { Role } from '../staff/roles.ts'
import { writeStaffEvent } from '../staff/staff-events.ts'

/** What the account may do, from its next request on. There is always an admin. */
export function changeRole(
  db: Db,
  email: string,
  role: Role,
  now: number,
  by: number | null,
): 'changed' | 'unknown' | 'last_admin' {
  return db.transaction(
    (tx) => {
      const account = findAccount(tx, email)
      if (!account) return 'unknown'
      if (role !== 'admin' && isLastAdmin(tx, account)) return 'last_admin'
      tx.update(staff).set({ role }).where(eq(staff.id, account.id)).run()
      writeStaffEvent(tx, account.id, 'role_changed', by, now)
      return 'changed'
    },
    { behavior: 'immediate' },
  )
}
