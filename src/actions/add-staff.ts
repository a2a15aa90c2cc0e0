import type { Db } from '../db/open.ts'
import { staff } from '../db/schema.ts'
import type { Locale } from '../i18n/locales.ts'
import { findAccount, normaliseEmail } from '../staff/accounts.ts'
import type { KeptPassword } from '../staff/first-password.ts'
import type { Role } from '../staff/roles.ts'
import { forgetSecondFactor } from '../staff/second-factor.ts'
import { closeSessionsOf } from '../staff/sessions.ts'
import { writeStaffEvent } from '../staff/staff-events.ts'

export interface NewStaff extends KeptPassword {
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly locale: Locale
}

/** A new account that can sign in at once; `taken` where the email has one already. `by` as in a staff event. */
export function addStaff(
  db: Db,
  account: NewStaff,
  now: number,
  by: number | null = null,
): 'added' | 'taken' {
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
      // An account that was disabled comes back under a new password, without the sessions and the second factor of the old one.
      closeSessionsOf(tx, id)
      forgetSecondFactor(tx, id)
      writeStaffEvent(tx, id, 'added', by, now)
      return 'added'
    },
    { behavior: 'immediate' },
  )
}
