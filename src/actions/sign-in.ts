import type { Db, Tx } from '../db/open.ts'
import { findAccount, type StaffAccount } from '../staff/accounts.ts'
import type { SeenBrowser } from '../staff/browser.ts'
import { forgetOverSessions, openSession } from '../staff/sessions.ts'
import { writeStaffEvent } from '../staff/staff-events.ts'
import { endSession } from './sign-out.ts'

export interface SignInFrom {
  /** The token of the session that the browser has; it ends. */
  readonly before: string | null
  readonly seen: SeenBrowser
}

/**
 * A session for who has given the password of `account`: its token. Null where the account has another password by now
 * or is disabled.
 */
export function signIn(db: Db, account: StaffAccount, from: SignInFrom, now: number): string | null {
  return db.transaction((tx) => (isStillSame(tx, account) ? beginSession(tx, account.id, from, now) : null), {
    behavior: 'immediate',
  })
}

/** The password that was found right is still the one. */
export const isStillSame = (tx: Tx, { email, passwordHash }: StaffAccount): boolean =>
  findAccount(tx, email)?.passwordHash === passwordHash

/** The token of a new session; the one that the browser had before has ended, and what is over by time goes. */
export function beginSession(tx: Tx, staffId: number, from: SignInFrom, now: number): string {
  if (from.before !== null) endSession(tx, from.before, now)
  forgetOverSessions(tx, now)
  writeStaffEvent(tx, staffId, 'signed_in', staffId, now)
  return openSession(tx, staffId, now, from.seen)
}
