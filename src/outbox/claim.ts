import { randomBytes } from 'node:crypto'
import { and, asc, eq, gt, inArray, isNull, lte, min, notInArray, or, type SQL, sql } from 'drizzle-orm'
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Db, Tx } from '../db/open.ts'
import { outgoingMessages, screenshots } from '../db/schema.ts'
import { farAheadMs } from './far-ahead.ts'

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
  const due = db
    .select({ id: outgoingMessages.id })
    .from(outgoingMessages)
    .where(and(isDue(now), copiesAreThere(now), notInArray(outgoingMessages.id, [...underWay])))
    .orderBy(asc(outgoingMessages.nextAttemptAt), asc(outgoingMessages.id))
    .limit(limit)
  return db
    .update(outgoingMessages)
    .set({
      state: 'submitting',
      attempts: sql`${outgoingMessages.attempts} + 1`,
      leaseUntil: now + leaseMs,
      leaseToken,
    })
    .where(inArray(outgoingMessages.id, due))
    .returning()
    .all()
    .map((row) => ({ ...row, leaseToken }))
    .sort((a, b) => a.nextAttemptAt - b.nextAttemptAt || a.id - b.id)
}

/** The next moment after `now` at which a letter becomes due, or null. */
export function nextDueAt(db: Db, now: number): number | null {
  const moment = (column: AnySQLiteColumn, states: ('queued' | 'uncertain' | 'submitting')[]) =>
    db
      .select({ at: min(column).mapWith(Number) })
      .from(outgoingMessages)
      .where(and(inArray(outgoingMessages.state, states), gt(column, now)))
      .get()?.at
  const moments = [
    moment(outgoingMessages.nextAttemptAt, ['queued', 'uncertain']),
    moment(outgoingMessages.leaseUntil, ['submitting']),
    moment(outgoingMessages.waitForCopiesUntil, ['queued']),
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
    .where(and(eq(outgoingMessages.state, 'submitting'), gt(outgoingMessages.leaseUntil, now)))
    .run().changes

const hasCome = (column: AnySQLiteColumn, now: number) => or(lte(column, now), gt(column, now + farAheadMs))

const isDue = (now: number): SQL | undefined =>
  or(
    and(
      inArray(outgoingMessages.state, ['queued', 'uncertain']),
      hasCome(outgoingMessages.nextAttemptAt, now),
    ),
    and(
      eq(outgoingMessages.state, 'submitting'),
      or(isNull(outgoingMessages.leaseUntil), hasCome(outgoingMessages.leaseUntil, now)),
    ),
  )

const copiesAreThere = (now: number): SQL | undefined =>
  or(
    isNull(outgoingMessages.waitForCopiesUntil),
    hasCome(outgoingMessages.waitForCopiesUntil, now),
    sql`NOT EXISTS (SELECT 1 FROM ${screenshots} WHERE ${screenshots.copyState} = 'pending'
      AND ${screenshots.id} IN (SELECT value FROM json_each(${outgoingMessages.attachedScreenshots})))`,
  )
