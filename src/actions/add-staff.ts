import type { Db } from '../db/open.ts'
import { staff } from '../db/schema.ts'
import type { Locale } from '../i18n/locales.ts'
import { findAccount, normaliseEmail, type Role } from '../staff/accounts.ts'

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
      tx.insert(staff)
        .values({ ...account, email: normaliseEmail(account.email), createdAt: now })
        .onConflictDoUpdate({
          target: staff.email,
          set: { ...account, email: normaliseEmail(account.email), disabledAt: null },
        })
        .run()
      return 'added'
    },
    { behavior: 'immediate' },
  )
}
