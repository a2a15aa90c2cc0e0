import type { Db } from '../db/open.ts'
import type { StaffAccount } from '../staff/accounts.ts'
import { beginSession, isStillSame, type SignInFrom } from './sign-in.ts'
import { takeCode } from './use-code.ts'

/**
 * The second half of a sign-in, after the password of `account` was found right: the token of a session. Null where the
 * code is wrong, or the account has another password by now or is disabled.
 */
export function signInByCode(
  db: Db,
  account: StaffAccount,
  { key, code }: { readonly key: Uint8Array; readonly code: string },
  from: SignInFrom,
  now: number,
): string | null {
  return db.transaction(
    (tx) =>
      isStillSame(tx, account) && takeCode(tx, key, account.id, code, now)
        ? beginSession(tx, account.id, from, now)
        : null,
    { behavior: 'immediate' },
  )
}
