import { asc, eq, sql } from 'drizzle-orm'
import type { Tx } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import { takedowns } from '../db/schema.ts'
import { parseReference } from './reference.ts'
import { findById, findByReference, type Takedown } from './store.ts'

/** The one that is dealt with in place of the takedown with this id: itself, unless it is a duplicate. */
export function originalOf(tx: Tx, id: number): Takedown | undefined {
  const passed = new Set<number>()
  let takedown = findById(tx, id)
  while (takedown?.status === 'duplicate' && takedown.duplicateOfId !== null && !passed.has(takedown.id)) {
    passed.add(takedown.id)
    takedown = findById(tx, takedown.duplicateOfId)
  }
  return takedown
}

/** `ended`: withdrawn or spam, so that nobody would deal with either. */
export type DuplicateFault = 'missing' | 'unknown' | 'itself' | 'ended'

/** What `typed` names as the original of `takedown`, or why it cannot be. A duplicate stands for its original. */
export function chooseOriginal(
  tx: Tx,
  takedown: Pick<Takedown, 'id'>,
  typed: string,
): { ok: true; original: Takedown } | { ok: false; fault: DuplicateFault } {
  const reference = parseReference(typed)
  if (reference === null) return { ok: false, fault: typed.trim() === '' ? 'missing' : 'unknown' }
  const named = findByReference(tx, reference)
  const original = named && originalOf(tx, named.id)
  if (!original) return { ok: false, fault: 'unknown' }
  if (original.id === takedown.id) return { ok: false, fault: 'itself' }
  if (original.status === 'withdrawn' || original.status === 'spam') return { ok: false, fault: 'ended' }
  return { ok: true, original }
}

const joinedTo = prepared((tx) =>
  tx
    .select({ id: takedowns.id, reference: takedowns.reference })
    .from(takedowns)
    .where(eq(takedowns.duplicateOfId, sql.placeholder('id')))
    .orderBy(asc(takedowns.id))
    .prepare(),
)

/** Those that were joined to this one, oldest first. */
export const duplicatesOf = (tx: Tx, id: number): { id: number; reference: string }[] =>
  joinedTo(tx).all({ id })
