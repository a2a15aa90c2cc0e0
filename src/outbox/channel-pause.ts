import { eq } from 'drizzle-orm'
import type { Tx } from '../db/open.ts'
import { mailChannel } from '../db/schema.ts'
import { farAheadMs } from './far-ahead.ts'

/** The way out is closed because the mail server refused our credentials. */
export interface ChannelPause {
  until: number
  reason: string
}

/** `probing`: a pause has run out, and nobody knows yet whether the server takes us again. */
export type ChannelState = 'open' | 'paused' | 'probing'

const theRow = 1
/** Milliseconds. Trying wrong credentials more often gets an account locked. */
export const pauseMs = 15 * 60_000

const readRow = (tx: Tx) => tx.select().from(mailChannel).where(eq(mailChannel.id, theRow)).get()

export function readPause(tx: Tx, now: number): ChannelPause | null {
  const row = readRow(tx)
  if (row?.pausedUntil == null || row.pausedUntil <= now || row.pausedUntil > now + farAheadMs) return null
  return { until: row.pausedUntil, reason: row.pausedReason ?? '' }
}

export function channelState(tx: Tx, now: number): ChannelState {
  if (readPause(tx, now)) return 'paused'
  return readRow(tx)?.pausedUntil == null ? 'open' : 'probing'
}

/** True when the channel was open until now, so that one alarm is raised and not one for each try. */
export function pauseChannel(tx: Tx, reason: string, now: number): boolean {
  const isNew = readRow(tx)?.pausedUntil == null
  const pause = { pausedUntil: now + pauseMs, pausedReason: reason }
  tx.insert(mailChannel)
    .values({ id: theRow, ...pause })
    .onConflictDoUpdate({ target: mailChannel.id, set: pause })
    .run()
  return isNew
}

/** True when it was paused, or had been and not yet proved itself. */
export function reopenChannel(tx: Tx): boolean {
  if (readRow(tx)?.pausedUntil == null) return false
  tx.update(mailChannel)
    .set({ pausedUntil: null, pausedReason: null })
    .where(eq(mailChannel.id, theRow))
    .run()
  return true
}
