import { and, eq } from 'drizzle-orm'
import type { Db } from '../db/open.ts'
import { outgoingMessages } from '../db/schema.ts'
import { foundGone, heldByRestore } from '../outbox/held.ts'
import { type Actor, recordEvent } from '../takedowns/events.ts'

/**
 * Staff found that a letter which a restored database holds had gone out before. False when there is no such letter,
 * or it was queued again.
 */
export const confirmDeparture = (db: Db, id: number, actor: Actor, now: number): boolean =>
  db.transaction(
    (tx) => {
      const letter = tx
        .update(outgoingMessages)
        .set({ state: 'submitted', submittedAt: now, lastReply: foundGone })
        .where(
          and(
            eq(outgoingMessages.id, id),
            eq(outgoingMessages.state, 'failed'),
            eq(outgoingMessages.lastReply, heldByRestore),
          ),
        )
        .returning({ takedownId: outgoingMessages.takedownId })
        .get()
      if (!letter) return false
      const { takedownId } = letter
      if (takedownId !== null) {
        recordEvent(tx, { takedownId, at: now, actor, type: 'letter_found_gone', detail: { letterId: id } })
      }
      return true
    },
    { behavior: 'immediate' },
  )
