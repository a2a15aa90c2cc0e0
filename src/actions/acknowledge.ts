import { and, between, eq, sql } from 'drizzle-orm'
import type { Tx } from '../db/open.ts'
import { acknowledgements } from '../db/schema.ts'

const hourMs = 3_600_000
const perAddressMs = 24 * hourMs
/** Of all addresses in an hour: a bomb of forged senders gets no more answers than this. */
const mostPerHour = 60

/**
 * Whether a letter may answer mail of this address by itself now: one a day to an address, whatever its headers say, so
 * that no two machines ever keep answering each other.
 */
export function mayAcknowledge(tx: Tx, address: string, now: number): boolean {
  // What lies further ahead was written before the clock was set back, and says nothing of today.
  const since = (at: number) => between(acknowledgements.at, at, now + perAddressMs)
  const toAddress = and(eq(acknowledgements.address, address), since(now - perAddressMs))
  if (count(tx, toAddress) > 0) return false
  return count(tx, since(now - hourMs)) < mostPerHour
}

const count = (tx: Tx, where: ReturnType<typeof and>): number =>
  tx.select({ total: sql<number>`count(*)` }).from(acknowledgements).where(where).get()?.total ?? 0

export const recordAcknowledgement = (tx: Tx, address: string, takedownId: number, now: number): void => {
  tx.insert(acknowledgements).values({ address, takedownId, at: now }).run()
}
