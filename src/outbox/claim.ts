import { randomBytes } from 'node:crypto'
import { and, asc, eq, gt, inArray, isNull, lte, min, not, or, type SQL, sql } from 'drizzle-orm'
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Db, Tx } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import { outgoingMessages } from '../db/schema.ts'
import { farAheadMs } from './far-ahead.ts'
import { isOnItsWay } from './on-its-way.ts'

/** A letter that this process may send until its lease runs out. */
export type ClaimedLetter = typeof outgoingMessages.$inferSelect & { leaseToken: string }

/**
 * Takes up to `limit` due letters, those due longest first, in one statement: two processes never hold the same
 * letter. A letter whose lease was lost (the process was killed) is taken again, with the same Message-ID.
 * `underWay`: letters of this very process, which a clock that jumped ahead must not hand out a second time.
 */
export function claimDueLetters(
  db: Db,
  now: number,
  leaseMs: number,
  limit: number,
  underWay: readonly number[] = [],
): ClaimedLetter[] {
  const leaseToken = randomBytes(16).toString('hex')
  const farAhead = now + farAheadMs
  const leaseUntil = now + leaseMs
  return claim(db)
    .all({ now, farAhead, leaseUntil, leaseToken, limit, underWay: JSON.stringify(underWay) })
    .map((row) => ({ ...row, leaseToken }))
    .sort((a, b) => a.nextAttemptAt - b.nextAttemptAt || a.id - b.id)
}

const given = (name: 'now' | 'farAhead' | 'leaseUntil' | 'leaseToken' | 'limit' | 'underWay') =>
  sql`${sql.placeholder(name)}`

const claim = prepared((tx) =>
  tx
    .update(outgoingMessages)
    .set({
      state: 'submitting',
      attempts: sql`${outgoingMessages.attempts} + 1`,
      leaseUntil: given('leaseUntil'),
      leaseToken: given('leaseToken'),
    })
    .where(inArray(outgoingMessages.id, dueLetters(tx)))
    .returning()
    .prepare(),
)

/**
 * Ids of the first letters of each kind that is due, and of these the first: each is read off the index in its order, so
 * that a hundred thousand letters that wait cost as much as ten.
 */
function dueLetters(tx: Tx) {
  const { id, state, nextAttemptAt, leaseUntil } = outgoingMessages
  const first = (which: SQL | undefined) =>
    tx
      .select({ id, nextAttemptAt })
      .from(outgoingMessages)
      .where(and(isOnItsWay, which))
      .orderBy(asc(nextAttemptAt), asc(id))
      .limit(sql.placeholder('limit'))
  const waiting = (which: 'queued' | 'uncertain') => [
    first(and(eq(state, which), lte(nextAttemptAt, given('now')))),
    first(and(eq(state, which), gt(nextAttemptAt, given('farAhead')))),
  ]
  const isLost = or(isNull(leaseUntil), lte(leaseUntil, given('now')), gt(leaseUntil, given('farAhead')))
  const isOurs = sql`${id} IN (SELECT value FROM json_each(${given('underWay')}))`
  const abandoned = first(and(eq(state, 'submitting'), isLost, not(isOurs)))
  const parts = [...waiting('queued'), ...waiting('uncertain'), abandoned]
  // Only a part that is a query of its own may have an order and a limit.
  const all = sql.join(
    parts.map((part) => sql`SELECT * FROM (${part})`),
    sql` UNION ALL `,
  )
  return sql`(SELECT id FROM (${all}) ORDER BY next_attempt_at, id LIMIT ${given('limit')})`
}

/** The next moment after `now` at which a letter becomes due, or null. */
export function nextDueAt(db: Db, now: number): number | null {
  const { state, nextAttemptAt, leaseUntil } = outgoingMessages
  const moment = (column: AnySQLiteColumn, which: 'queued' | 'uncertain' | 'submitting') =>
    db
      .select({ at: min(column).mapWith(Number) })
      .from(outgoingMessages)
      .where(and(isOnItsWay, eq(state, which), gt(column, now)))
      .get()?.at
  const moments = [
    moment(nextAttemptAt, 'queued'),
    moment(nextAttemptAt, 'uncertain'),
    moment(leaseUntil, 'submitting'),
  ].filter((at) => at != null)
  return moments.length === 0 ? null : Math.min(...moments)
}

/**
 * Gives up every lease: only for a process that has just become the one that runs on this database, so that the
 * letters of its predecessor go on at once. Returns how many there were.
 */
export const releaseLeases = (tx: Tx, now: number): number =>
  tx
    .update(outgoingMessages)
    .set({ leaseUntil: now })
    .where(and(isOnItsWay, eq(outgoingMessages.state, 'submitting'), gt(outgoingMessages.leaseUntil, now)))
    .run().changes
