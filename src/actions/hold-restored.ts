import { inArray } from 'drizzle-orm'
import type { Db, Tx } from '../db/open.ts'
import {
  canaries,
  incomingMessages,
  outgoingMessages,
  pendingActs,
  staff,
  staffSessions,
} from '../db/schema.ts'
import { heldByRestore } from '../outbox/held.ts'
import { canaryKind } from '../outbox/store.ts'
import { takeBack } from './undo-act.ts'

/** How many there were of each. */
export interface Held {
  readonly letters: number
  readonly acts: number
  readonly sessions: number
}

/**
 * A database as it was some time ago goes on only where that harms nobody: what may have happened since and is seen
 * outside waits for staff, so that nothing goes out twice by itself and nothing is lost.
 *
 * - Letters that had not gone out may have by now. They fail, which staff see on every page, and queue them again or
 *   find that they had gone.
 * - Acts that waited to be undone may have been carried out, letter and all: their words are back in their authors' drafts.
 *   The same for what was chosen for a mail.
 * - A digest of this `day` (YYYY-MM-DD) may be out. The next one tells the same.
 * - Sessions end: a signed-out browser's may be among them, and accounts may have been disabled since.
 * - A canary that was under way has nothing to prove any more; the next one leaves at once.
 *
 * The mailbox cursor stays: what came since the backup is fetched again, and a takedown that it makes is a new one, whose
 * receipt is due, because the old one's reference died with the old database.
 */
export const holdRestored = (db: Db, day: string, now: number): Held =>
  db.transaction(
    (tx) => {
      const held = { letters: holdLetters(tx), acts: takeBackActs(tx, now), sessions: endSessions(tx) }
      tx.update(incomingMessages).set({ chosenAct: null, chosenUntil: null }).run()
      tx.update(staff).set({ digestDay: day }).run()
      tx.update(canaries).set({ token: null, sentAt: null, fault: null }).run()
      return held
    },
    { behavior: 'immediate' },
  )

/** A canary is nobody's letter: it is done with. */
function holdLetters(tx: Tx): number {
  const held = tx
    .update(outgoingMessages)
    .set({ state: 'failed', leaseUntil: null, leaseToken: null, lastReply: heldByRestore })
    .where(inArray(outgoingMessages.state, ['queued', 'submitting', 'uncertain']))
    .returning({ kind: outgoingMessages.kind })
    .all()
  return held.filter(({ kind }) => kind !== canaryKind).length
}

function takeBackActs(tx: Tx, now: number): number {
  const waiting = tx.select().from(pendingActs).all()
  for (const act of waiting) takeBack(tx, act, 'restored', now)
  return waiting.length
}

const endSessions = (tx: Tx): number => tx.delete(staffSessions).run().changes
