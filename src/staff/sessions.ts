import { createHash, randomBytes } from 'node:crypto'
import { and, desc, eq, gt, isNull, lte, not, sql } from 'drizzle-orm'
import { isNotUsableNow } from '../db/busy.ts'
import type { Db, Tx } from '../db/open.ts'
import { staff, staffSessions } from '../db/schema.ts'
import type { StaffAccount } from './accounts.ts'
import type { SeenBrowser } from './browser.ts'
import { isPasswordOver } from './first-password.ts'

const hour = 3_600_000
/** A session ends after this long without a request, and in any case after this long. */
export const sessionLimits = { idleMs: 12 * hour, absoluteMs: 7 * 24 * hour }
/** The moment of last use is written this often at most: a write per page view would be a disk sync each. */
const touchEveryMs = hour / 6

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

/** Opens a session and returns its token: 256 random bits, of which only the hash is stored. */
export function openSession(tx: Tx, staffId: number, now: number, seen?: SeenBrowser): string {
  const token = randomBytes(32).toString('base64url')
  tx.insert(staffSessions)
    .values({ tokenHash: hashOf(token), staffId, createdAt: now, lastSeenAt: now, ...seen })
    .run()
  return token
}

export interface LiveSession {
  readonly account: StaffAccount
  /** In any case; milliseconds since the epoch. */
  readonly endsAt: number
}

/** The session that the token opens, or null: unknown, idle too long, too old, or the account is disabled or its first password over. */
export function liveSession(db: Db, token: string, now: number): LiveSession | null {
  const found = db
    .select({ session: staffSessions, account: staff })
    .from(staffSessions)
    .innerJoin(staff, eq(staff.id, staffSessions.staffId))
    .where(and(eq(staffSessions.tokenHash, hashOf(token)), isNull(staff.disabledAt), isAlive(now)))
    .get()
  if (!found || isPasswordOver(found.account, now)) return null
  if (now - found.session.lastSeenAt > touchEveryMs) touchSession(db, found.session.tokenHash, now)
  return { account: found.account, endsAt: found.session.createdAt + sessionLimits.absoluteMs }
}

const isAlive = (now: number) =>
  and(
    gt(staffSessions.lastSeenAt, now - sessionLimits.idleMs),
    gt(staffSessions.createdAt, now - sessionLimits.absoluteMs),
  )

/** Where the database cannot be written to now, the next request writes it down: nobody is kept from reading for it. */
function touchSession(db: Db, tokenHash: string, now: number): void {
  try {
    db.update(staffSessions).set({ lastSeenAt: now }).where(eq(staffSessions.tokenHash, tokenHash)).run()
  } catch (error) {
    if (!isNotUsableNow(error)) throw error
  }
}

/** So long a row stays when its session is over: a clock that jumped ahead and is set right again ends nobody's. */
const keptAfterMs = 30 * 86_400_000

/** Rows of sessions that ended by time long ago. */
export const forgetOverSessions = (tx: Tx, now: number): void => {
  const last = now - sessionLimits.absoluteMs - keptAfterMs
  tx.delete(staffSessions).where(lte(staffSessions.createdAt, last)).run()
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

/** A session as its owner sees it. Times in milliseconds since the epoch; `lastSeenAt` is up to ten minutes old. */
export interface ListedSession extends SeenBrowser {
  /** Names it among those of its account, and opens nothing. */
  readonly id: string
  readonly createdAt: number
  readonly lastSeenAt: number
}

/** So much of the token's hash: 64 bits. */
const idOf = (tokenHash: string) => tokenHash.slice(0, 16)
export const sessionId = (token: string): string => idOf(hashOf(token))

/** Those that are not over, the newest first. */
export const sessionsOf = (tx: Tx, staffId: number, now: number): ListedSession[] =>
  tx
    .select()
    .from(staffSessions)
    .where(and(eq(staffSessions.staffId, staffId), isAlive(now)))
    .orderBy(desc(staffSessions.createdAt), staffSessions.tokenHash)
    .all()
    .map(({ tokenHash, staffId: _, ...session }) => ({ id: idOf(tokenHash), ...session }))

/** One by its id, or all but one; all where that is null. */
export type WhichSessions = { readonly id: string } | { readonly allBut: string | null }

/** How many there were. */
export function closeSessions(tx: Tx, staffId: number, which: WhichSessions): number {
  const ofAccount = eq(staffSessions.staffId, staffId)
  const one = 'id' in which ? which.id : which.allBut
  if (one === null) return tx.delete(staffSessions).where(ofAccount).run().changes
  const named = eq(sql`substr(${staffSessions.tokenHash}, 1, 16)`, one)
  return tx
    .delete(staffSessions)
    .where(and(ofAccount, 'id' in which ? named : not(named)))
    .run().changes
}
