import type { Db } from '../db/open.ts'
import { outgoingMessages } from '../db/schema.ts'
import { foundGone } from '../outbox/held.ts'
import { isHeld } from '../outbox/held-letters.ts'
import { type Actor, recordEvent } from '../takedowns/events.ts'

/** What staff found of the letters that a restored database holds: all had gone out, or all are to go out again. */
export type HeldOutcome = 'gone' | 'again'

/** All of them at once, with one event for each takedown. Answers how many there were. */
export const settleHeld = (db: Db, outcome: HeldOutcome, actor: Actor, now: number): number =>
  db.transaction(
    (tx) => {
      const settled = tx
        .update(outgoingMessages)
        .set(outcome === 'gone' ? gone(now) : dueAt(now))
        .where(isHeld)
        .returning({ id: outgoingMessages.id, takedownId: outgoingMessages.takedownId })
        .all()
      const type = outcome === 'gone' ? 'letters_found_gone' : 'letters_requeued'
      for (const [takedownId, letterIds] of byTakedown(settled)) {
        recordEvent(tx, { takedownId, at: now, actor, type, detail: { letterIds } })
      }
      return settled.length
    },
    { behavior: 'immediate' },
  )

const gone = (now: number) => ({ state: 'submitted', submittedAt: now, lastReply: foundGone }) as const

/** As they were, Message-ID and words. */
const dueAt = (now: number) =>
  ({ state: 'queued', attempts: 0, bouncedAt: null, lastReply: null, nextAttemptAt: now }) as const

function byTakedown(letters: readonly { id: number; takedownId: number | null }[]): Map<number, number[]> {
  const found = new Map<number, number[]>()
  for (const { id, takedownId } of letters) {
    if (takedownId !== null) found.set(takedownId, [...(found.get(takedownId) ?? []), id])
  }
  return found
}
