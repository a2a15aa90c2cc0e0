import type { Db } from '../db/open.ts'
import { royalties } from '../db/schema.ts'
import { Failure } from '../lib/failures.ts'
import { recordEvent } from '../takedowns/events.ts'
import type { Currency } from '../takedowns/licence-terms.ts'
import { royaltyOf } from '../takedowns/royalties.ts'
import { mayMoveRoyalty, needsAmount, type RoyaltyState } from '../takedowns/royalty.ts'
import { type Change, changeTakedown, type Target } from './change-takedown.ts'

export interface RoyaltyChange {
  readonly state: RoyaltyState
  /** In hundredths of the currency. */
  readonly amountMinor: number | null
  readonly currency: Currency | null
  readonly note: string | null
}

/**
 * Moves the money for past use on, by its own table of moves (409 for any other). It says nothing to the claimant and
 * changes nothing in the takedown's status. The row holds how it stands, the events what was said when.
 */
export function changeRoyalty(db: Db, target: Target, change: RoyaltyChange, staffId: number): Change {
  return changeTakedown(db, target, 'change_royalty', (tx, takedown) => {
    const from = royaltyOf(tx, takedown.id)?.state ?? 'not_raised'
    if (!mayMoveRoyalty(from, change.state)) throw new Failure(409, 'error.staff.refused')
    if (needsAmount(change.state) && (change.amountMinor === null || change.currency === null))
      throw new Failure(422, 'royalty.error.amount')
    const row = { ...change, changedBy: staffId, at: target.now }
    tx.insert(royalties)
      .values({ takedownId: takedown.id, ...row })
      .onConflictDoUpdate({ target: royalties.takedownId, set: row })
      .run()
    recordEvent(tx, {
      takedownId: takedown.id,
      at: target.now,
      actor: { kind: 'staff', id: staffId },
      type: 'royalty_changed',
      detail: { from, to: change.state, amountMinor: change.amountMinor, currency: change.currency },
    })
    return { value: undefined }
  })
}
