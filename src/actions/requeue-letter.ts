import { and, eq, inArray } from 'drizzle-orm'
import type { Db } from '../db/open.ts'
import { outgoingMessages } from '../db/schema.ts'
import { isOneAddress } from '../outbox/address.ts'
import { type Actor, recordEvent } from '../takedowns/events.ts'

export interface Requeue {
  /** Of the outgoing message. */
  id: number
  /** The address as staff mended it; left out: the same as before. */
  address?: string
  actor: Actor
  now: number
}

/** `refused`: there is no such letter, or it has gone or is on its way just now. */
export type RequeueResult = { ok: true } | { ok: false; refusal: 'refused' | 'address' }

/** Staff mend the address, or try again: the letter is due at once, its Message-ID and words as they were. */
export function requeueLetter(db: Db, { id, address, actor, now }: Requeue): RequeueResult {
  const mended = address?.trim()
  if (mended !== undefined && !isOneAddress(mended)) return { ok: false, refusal: 'address' }
  return db.transaction(
    (tx): RequeueResult => {
      const letter = tx
        .update(outgoingMessages)
        .set({
          state: 'queued',
          attempts: 0,
          bouncedAt: null,
          lastReply: null,
          nextAttemptAt: now,
          ...(mended !== undefined && { recipientAddress: mended }),
        })
        .where(
          and(
            eq(outgoingMessages.id, id),
            inArray(outgoingMessages.state, ['queued', 'failed', 'uncertain']),
          ),
        )
        .returning({ takedownId: outgoingMessages.takedownId })
        .get()
      if (!letter) return { ok: false, refusal: 'refused' }
      if (letter.takedownId !== null) {
        const event = { takedownId: letter.takedownId, at: now, actor }
        recordEvent(tx, { ...event, type: 'letter_requeued', detail: { letterId: id } })
      }
      return { ok: true }
    },
    { behavior: 'immediate' },
  )
}
