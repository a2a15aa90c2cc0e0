import type { Db } from '../db/open.ts'
import { findAccount, type StaffAccount } from '../staff/accounts.ts'
import { openSession } from '../staff/sessions.ts'
import { takeCode } from './use-code.ts'

/**
 * The second half of a sign-in, after the password of `account` was found right: the token of a session. Null where the
 * code is wrong, or the account has another password by now or is disabled.
 */
export function signInByCode(
  db: Db,
  key: Uint8Array,
  account: StaffAccount,
  code: string,
  now: number,
): string | null {
  return db.transaction(
    (tx) => {
      const isSame = findAccount(tx, account.email)?.passwordHash === account.passwordHash
      return isSame && takeCode(tx, key, account.id, code, now) ? openSession(tx, account.id, now) : null
    },
    { behavior: 'immediate' },
  )
}
