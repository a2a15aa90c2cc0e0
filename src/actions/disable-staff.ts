import { eq } from 'drizzle-orm'
import type { Db } from '../db/open.ts'
import { staff } from '../db/schema.ts'
import { findAccount } from '../staff/accounts.ts'
import { closeSessionsOf } from '../staff/sessions.ts'

/** The account signs in no more and its sessions end; what it did stays under its name. False where there is none. */
export function disableStaff(db: Db, email: string, now: number): boolean {
  return db.transaction(
    (tx) => {
      const account = findAccount(tx, email)
      if (!account) return false
      tx.update(staff).set({ disabledAt: now }).where(eq(staff.id, account.id)).run()
      closeSessionsOf(tx, account.id)
      return true
    },
    { behavior: 'immediate' },
  )
}
