import { and, desc, eq, gt, like } from 'drizzle-orm'
import type { Letter } from '../../views/letters/letter.tsx'
import type { Db, Tx } from '../db/open.ts'
import { outgoingMessages } from '../db/schema.ts'
import { readTakedownFile, type TakedownFile } from '../takedowns/store.ts'
import type { Refusal, Target } from './change-takedown.ts'
import type { Office } from './office.ts'
import { type OutgoingAct, performOutgoingAct } from './outgoing-act.ts'

/** `kind` is the one it has in the outbox. */
export type RehearsedLetter = Letter & { readonly id: number; readonly kind: string }

/** What an outgoing act would do, were it carried out now. */
export type Rehearsal =
  | { ok: true; letter: RehearsedLetter | null; after: TakedownFile }
  | { ok: false; refusal: Refusal }

/** Carries the result out of a transaction that must leave nothing behind. */
class RolledBack extends Error {
  readonly rehearsal: Rehearsal
  constructor(rehearsal: Rehearsal) {
    super('a rehearsal')
    this.rehearsal = rehearsal
  }
}

/**
 * Carries the act out and takes everything back. The preview cannot differ from what will happen, for it is what
 * will happen; the letter is null where the claimant gets none. Throws what the act throws.
 */
export function rehearseAct(
  db: Db,
  office: Office,
  target: Target,
  outgoing: OutgoingAct,
  staffId: number,
): Rehearsal {
  try {
    return db.transaction(
      (tx) => {
        const before = lastLetterId(tx)
        const change = performOutgoingAct(db, office, target, outgoing, staffId)
        if (!change.ok) throw new RolledBack(change)
        const letter = letterSince(tx, change.takedown.id, before)
        throw new RolledBack({ ok: true, letter, after: readTakedownFile(db, change.takedown) })
      },
      { behavior: 'immediate' },
    )
  } catch (error) {
    if (error instanceof RolledBack) return error.rehearsal
    throw error
  }
}

export const lastLetterId = (tx: Tx): number =>
  tx
    .select({ id: outgoingMessages.id })
    .from(outgoingMessages)
    .orderBy(desc(outgoingMessages.id))
    .limit(1)
    .get()?.id ?? 0

/** What the claimant was written since then: an act writes them one letter or none. */
export const letterSince = (tx: Tx, takedownId: number, lastId: number): RehearsedLetter | null =>
  tx
    .select({
      id: outgoingMessages.id,
      kind: outgoingMessages.kind,
      subject: outgoingMessages.subject,
      text: outgoingMessages.textBody,
      html: outgoingMessages.htmlBody,
    })
    .from(outgoingMessages)
    .where(
      and(
        eq(outgoingMessages.takedownId, takedownId),
        gt(outgoingMessages.id, lastId),
        like(outgoingMessages.dedupeKey, '%:claimant'),
      ),
    )
    .get() ?? null
