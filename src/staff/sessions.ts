import { createHash, randomBytes } from 'node:crypto'
import { and, eq, gt, isNull } from 'drizzle-orm'
import { isNotWritableNow } from '../db/busy.ts'
import type { Db, Tx } from '../db/open.ts'
import { staff, staffSessions } from '../db/schema.ts'
import type { StaffAccount } from './accounts.ts'

const hour = 3_600_000
/** A session ends after this long without a request, and in any case after this long. */
export const sessionLimits = { idleMs: 12 * hour, absoluteMs: 7 * 24 * hour }
/** The moment of last use is written this often at most: a write per page view would be a disk sync each. */
const touchEveryMs = hour / 6

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

/** Opens a session and returns its token: 256 random bits, of which only the hash is stored. */
export function openSession(tx: Tx, staffId: number, now: number): string {
  const token = randomBytes(32).toString('base64url')
  tx.insert(staffSessions)
    .values({ tokenHash: hashOf(token), staffId, createdAt: now, lastSeenAt: now })
    .run()
  return token
}

/** The account that the token signs in, or null: unknown, idle too long, too old, or the account is disabled. */
export function accountOfSession(db: Db, token: string, now: number): StaffAccount | null {
  const found = db
    .select({ session: staffSessions, account: staff })
    .from(staffSessions)
    .innerJoin(staff, eq(staff.id, staffSessions.staffId))
    .where(
      and(
        eq(staffSessions.tokenHash, hashOf(token)),
        isNull(staff.disabledAt),
        gt(staffSessions.lastSeenAt, now - sessionLimits.idleMs),
        gt(staffSessions.createdAt, now - sessionLimits.absoluteMs),
      ),
    )
    .get()
  if (!found) return null
  if (now - found.session.lastSeenAt > touchEveryMs) touchSession(db, found.session.tokenHash, now)
  return found.account
}

/** Where the database cannot be written to now, the next request writes it down: nobody is kept from reading for it. */
function touchSession(db: Db, tokenHash: string, now: number): void {
  try {
    db.update(staffSessions).set({ lastSeenAt: now }).where(eq(staffSessions.tokenHash, tokenHash)).run()
  } catch (error) {
    if (!isNotWritableNow(error)) throw error
  }
}

/** Whose session it was; null where the token opens none. */
export function closeSession(tx: Tx, token: string): number | null {
  const one = eq(staffSessions.tokenHash, hashOf(token))
  return tx.delete(staffSessions).where(one).returning().get()?.staffId ?? null
}

/** After a change of password, or when the account is disabled. */
export const closeSessionsOf = (tx: Tx, staffId: number): void => {
  tx.delete(staffSessions).where(eq(staffSessions.staffId, staffId)).run()
}
