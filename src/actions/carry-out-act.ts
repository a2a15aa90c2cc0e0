import { eq } from 'drizzle-orm'
import type { Letter } from '../../views/letters/letter.tsx'
import type { Db, Tx } from '../db/open.ts'
import { pendingActs } from '../db/schema.ts'
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
 * An act whose time to be undone is over happens: act, letter and the end of the waiting are one transaction. Where
 * the takedown has changed since, or the letter would not be the one that was previewed, nothing happens and the
 * words go back into the draft.
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

/** The takedown has changed, or the letter is not the one that was previewed. */
class NotAsSeen extends Error {}

function perform(tx: Tx, db: Db, office: Office, pending: PendingAct, now: number): true {
  const { outgoing } = detailOf(pending)
  tx.delete(pendingActs).where(eq(pendingActs.id, pending.id)).run()
  const lastId = lastLetterId(tx)
  const reference = findById(tx, pending.takedownId)?.reference ?? ''
  const target = { reference, version: pending.version, now }
  const change = performOutgoingAct(db, office, target, outgoing, pending.staffId)
  if (!change.ok || !isAsSeen(letterSince(tx, pending.takedownId, lastId), pending)) throw new NotAsSeen()
  return true
}

const isAsSeen = (letter: Letter | null, seen: PendingAct): boolean =>
  (letter?.subject ?? null) === seen.letterSubject &&
  (letter?.text ?? null) === seen.letterText &&
  (letter?.html ?? null) === seen.letterHtml
