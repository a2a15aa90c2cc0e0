import { eq } from 'drizzle-orm'
import type { Db, Tx } from '../db/open.ts'
import { takedowns } from '../db/schema.ts'
import { nextDue, unansweredAfter } from '../takedowns/clocks.ts'
import { pendingActOf } from '../takedowns/pending-acts.ts'
import { findByReference, type Takedown } from '../takedowns/store.ts'
import { type Action, nextStatus } from '../takedowns/transitions.ts'

/**
 * Why an act did not happen. `stale`: somebody else acted since the form was opened, and nothing was changed.
 * `refused`: the transition table does not allow the act in this status. `pending`: an act of staff is about to go
 * out; other acts of staff wait until it has, or until somebody undoes it.
 */
export type Refusal = 'unknown' | 'stale' | 'refused' | 'pending'
export type Change<Value = undefined> =
  | { ok: true; takedown: Takedown; value: Value }
  | { ok: false; refusal: Refusal }

export interface Target {
  reference: string
  /** The version that the form showed; null for the claimant, whose words are never stale. */
  version: number | null
  now: number
}

type Changed = Partial<
  Pick<
    Takedown,
    'status' | 'assigneeId' | 'dueAt' | 'waitingSince' | 'unansweredSince' | 'duplicateOfId' | 'askedFields'
  >
>
/** `carryOutBy`: until when a decision of this act is to be carried out. */
export type ChangedRow = Changed & { carryOutBy?: number }

/**
 * One act on one takedown: finds it, holds the version and the transition table against it, lets `change` write
 * the rest, then moves status, version, the office's clocks and the moment of the last event. One transaction.
 */
export function changeTakedown<Value>(
  db: Db,
  target: Target,
  action: Action,
  change: (tx: Tx, takedown: Takedown) => { row?: ChangedRow; value: Value },
): Change<Value> {
  return db.transaction(
    (tx): Change<Value> => {
      const takedown = findByReference(tx, target.reference)
      if (!takedown) return { ok: false, refusal: 'unknown' }
      if (target.version !== null && target.version !== takedown.version)
        return { ok: false, refusal: 'stale' }
      // The claimant's words are never refused: they make the pending act stale instead.
      if (target.version !== null && pendingActOf(tx, takedown.id)) return { ok: false, refusal: 'pending' }
      const status = nextStatus(takedown.status, action)
      if (status === null) return { ok: false, refusal: 'refused' }
      const { row, value } = change(tx, { ...takedown, status })
      const changed = tx
        .update(takedowns)
        .set({
          ...clocksAfter(takedown, action, { status, ...row }, target.now),
          version: takedown.version + 1,
        })
        .where(eq(takedowns.id, takedown.id))
        .returning()
        .get()
      return { ok: true, takedown: changed, value }
    },
    { behavior: 'immediate' },
  )
}

/** The one place that moves `nextDueAt` and `unansweredSince`. */
function clocksAfter(
  before: Takedown,
  action: Action,
  { carryOutBy, ...row }: ChangedRow & Pick<Takedown, 'status'>,
  now: number,
) {
  const after = { status: row.status, dueAt: row.dueAt ?? before.dueAt }
  const nextDueAt = nextDue(before, after, carryOutBy ?? null)
  const unansweredSince = unansweredAfter(before, action, after.status, now)
  // Whatever ends the waiting: at an end nobody waits any more.
  const waitingSince = after.status === 'awaiting_claimant' ? before.waitingSince : null
  return { lastEventAt: now, nextDueAt, unansweredSince, waitingSince, ...row }
}
