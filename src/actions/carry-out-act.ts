import { eq } from 'drizzle-orm'
import type { Db, Tx } from '../db/open.ts'
import { outgoingMessages, pendingActs } from '../db/schema.ts'
import { Failure } from '../lib/failures.ts'
import { findDueAct, type PendingAct } from '../takedowns/pending-acts.ts'
import { findById } from '../takedowns/store.ts'
import type { Office } from './office.ts'
import { performOutgoingAct } from './outgoing-act.ts'
import { lastLetterId, letterSince } from './rehearse-act.ts'
import { detailOf, takeBack } from './undo-act.ts'

/** `gone`: somebody undid it, or it was carried out already. */
export type CarriedOut = 'carried_out' | 'taken_back' | 'gone'

/**
 * An act whose time to be undone is over happens: act, letter and the end of the waiting are one transaction. What
 * leaves is the letter that was previewed, also where a newer version of this program would word it otherwise. Where
 * the takedown has changed since, nothing happens and the words go back into the draft.
 */
export const carryOutAct = (db: Db, office: Office, id: number, now: number): CarriedOut =>
  db.transaction(
    (tx): CarriedOut => {
      const pending = findDueAct(tx, id, now)
      if (!pending) return 'gone'
      if (attempt(db, office, pending, now)) return 'carried_out'
      takeBack(tx, pending, 'stale', now)
      return 'taken_back'
    },
    { behavior: 'immediate' },
  )

/** In a savepoint of its own: false leaves nothing behind. */
function attempt(db: Db, office: Office, pending: PendingAct, now: number): boolean {
  try {
    return db.transaction((tx) => perform(tx, db, office, pending, now))
  } catch (error) {
    if (error instanceof NotAsSeen || error instanceof Failure) return false
    throw error
  }
}

/** The takedown has changed, or a letter was previewed where none goes out any more, or the other way round. */
class NotAsSeen extends Error {}

function perform(tx: Tx, db: Db, office: Office, pending: PendingAct, now: number): true {
  const { outgoing } = detailOf(pending)
  tx.delete(pendingActs).where(eq(pendingActs.id, pending.id)).run()
  const lastId = lastLetterId(tx)
  const reference = findById(tx, pending.takedownId)?.reference ?? ''
  const target = { reference, version: pending.version, now }
  const change = performOutgoingAct(db, office, target, outgoing, pending.staffId)
  if (!change.ok) throw new NotAsSeen()
  postAsSeen(tx, letterSince(tx, pending.takedownId, lastId)?.id, pending)
  return true
}

/** The version is the one that was previewed, so the facts are; the words are those that stood on the screen. */
function postAsSeen(tx: Tx, letterId: number | undefined, seen: PendingAct): void {
  const { letterSubject: subject, letterText: textBody, letterHtml: htmlBody } = seen
  const wasSeen = subject !== null && textBody !== null && htmlBody !== null
  if (wasSeen !== (letterId !== undefined)) throw new NotAsSeen()
  if (!wasSeen || letterId === undefined) return
  tx.update(outgoingMessages)
    .set({ subject, textBody, htmlBody })
    .where(eq(outgoingMessages.id, letterId))
    .run()
}
