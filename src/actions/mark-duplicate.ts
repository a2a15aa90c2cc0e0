import { eq, sql } from 'drizzle-orm'
import { duplicateLetter } from '../../views/letters/to-claimant.ts'
import type { Db, Tx } from '../db/open.ts'
import { takedowns } from '../db/schema.ts'
import { Failure } from '../lib/failures.ts'
import { duplicatesOf, originalOf } from '../takedowns/duplicates.ts'
import { type Actor, recordEvent } from '../takedowns/events.ts'
import { isSameClaimant } from '../takedowns/same-claimant.ts'
import type { Takedown } from '../takedowns/store.ts'
import { type Change, changeTakedown, type Target } from './change-takedown.ts'
import { letterOffice } from './letter-takedown.ts'
import type { Office } from './office.ts'
import { claimantLink, postToClaimant } from './post-letter.ts'

/**
 * The takedown is dealt with together with another; both references keep working. Of a duplicate means of its
 * original, and what was joined to this one moves along. 409 where the original is gone or is this one.
 */
export function markDuplicate(
  db: Db,
  office: Office,
  target: Target,
  { ofId, staffId }: { ofId: number; staffId: number },
): Change {
  return changeTakedown(db, target, 'mark_duplicate', (tx, takedown) => {
    const original = originalOf(tx, ofId)
    if (!original || original.id === takedown.id) throw new Failure(409, 'error.staff.refused')
    const actor = { kind: 'staff', id: staffId } as const
    join(tx, takedown, original, actor, target.now)
    for (const { id, reference } of duplicatesOf(tx, takedown.id)) {
      join(tx, { id, reference }, original, actor, target.now)
      tx.update(takedowns)
        .set({ duplicateOfId: original.id, version: sql`${takedowns.version} + 1`, lastEventAt: target.now })
        .where(eq(takedowns.id, id))
        .run()
    }
    tx.update(takedowns).set({ lastEventAt: target.now }).where(eq(takedowns.id, original.id)).run()
    tell(tx, office, takedown, original, target.now)
    return { row: { duplicateOfId: original.id, waitingSince: null }, value: undefined }
  })
}

/** Both timelines say it. */
function join(
  tx: Tx,
  { id, reference }: Pick<Takedown, 'id' | 'reference'>,
  original: Takedown,
  actor: Actor,
  at: number,
) {
  const detail = { reference: original.reference }
  recordEvent(tx, { takedownId: id, at, actor, type: 'marked_duplicate', detail })
  recordEvent(tx, { takedownId: original.id, at, actor, type: 'duplicate_joined', detail: { reference } })
}

/** The other reference is told only to whom it belongs. */
function tell(tx: Tx, office: Office, takedown: Takedown, original: Takedown, now: number) {
  const { reference, claimantName: name, locale } = takedown
  const other = isSameClaimant(takedown, original) ? original.reference : null
  postToClaimant(tx, office, {
    takedown,
    kind: 'duplicate',
    cause: `duplicate-${takedown.version}`,
    letter: duplicateLetter(
      { reference, name, other },
      { ...letterOffice(office, locale), statusUrl: claimantLink(office, takedown) },
      locale,
    ),
    now,
  })
}
