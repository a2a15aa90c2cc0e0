import { eq } from 'drizzle-orm'
import type { Db } from '../db/open.ts'
import { staff } from '../db/schema.ts'
import { findAccount } from '../staff/accounts.ts'
import type { KeptPassword } from '../staff/first-password.ts'
import { closeSessionsOf } from '../staff/sessions.ts'
import { writeStaffEvent } from '../staff/staff-events.ts'

/** A new password ends every session of the account. False where there is no such account. */
export function setStaffPassword(
  db: Db,
  email: string,
  { passwordHash, passwordUntil }: KeptPassword,
  now: number,
  by: number | null = null,
): boolean {
  return db.transaction(
    (tx) => {
      const account = findAccount(tx, email)
      if (!account) return false
      tx.update(staff).set({ passwordHash, passwordUntil }).where(eq(staff.id, account.id)).run()
      closeSessionsOf(tx, account.id)
      writeStaffEvent(tx, account.id, 'password_changed', by, now)
      return true
    },
    { behavior: 'immediate' },
  )
}
