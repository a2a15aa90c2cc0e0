import { eq } from 'drizzle-orm'
import type { Db } from '../db/open.ts'
import { staff, staffSessions } from '../db/schema.ts'
import type { Locale } from '../i18n/locales.ts'
import { findAccount, normaliseEmail } from '../staff/accounts.ts'
import type { Role } from '../staff/roles.ts'

export interface NewStaff {
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly locale: Locale
  readonly passwordHash: string
}

/** A new account that can sign in at once; `taken` where the email has one already. */
export function addStaff(db: Db, account: NewStaff, now: number): 'added' | 'taken' {
  return db.transaction(
    (tx) => {
      if (findAccount(tx, account.email)) return 'taken'
      const { id } = tx
        .insert(staff)
        .values({ ...account, email: normaliseEmail(account.email), createdAt: now })
        .onConflictDoUpdate({
          target: staff.email,
          set: { ...account, email: normaliseEmail(account.email), disabledAt: null },
        })
        .returning({ id: staff.id })
        .get()
      // An account that was disabled comes back under a new password, without the sessions of the old one.
      tx.delete(staffSessions).where(eq(staffSessions.staffId, id)).run()
      return 'added'
    },
    { behavior: 'immediate' },
  )
}
