import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Db, Tx } from '../db/open.ts'
import { pendingActs } from '../db/schema.ts'
import { type Draft, writeDraft } from '../staff/drafts.ts'
import { type PendingAct, pendingActOf } from '../takedowns/pending-acts.ts'
import { outgoingAct } from './outgoing-act.ts'
import { draftFormOf } from './pend-act.ts'

const detail = z.object({
  outgoing: outgoingAct,
  fields: z.record(z.string(), z.array(z.string())),
})

/** What a pending act keeps: the checked act, and what was typed for it. */
export const detailOf = (pending: PendingAct) => detail.parse(JSON.parse(pending.detail))

/** Nothing has left yet, and nothing will: the words are back in their author's draft. False when it has gone out. */
export const undoAct = (db: Db, takedownId: number, now: number): boolean =>
  db.transaction(
    (tx) => {
      const pending = pendingActOf(tx, takedownId)
      if (!pending) return false
      takeBack(tx, pending, 'undone', now)
      return true
    },
    { behavior: 'immediate' },
  )

/** The act is dropped; its words go back to where they were typed. */
export function takeBack(tx: Tx, pending: PendingAct, returned: Draft['returned'], now: number): void {
  const { outgoing, fields } = detailOf(pending)
  tx.delete(pendingActs).where(eq(pendingActs.id, pending.id)).run()
  const { takedownId, staffId } = pending
  const form = draftFormOf(outgoing)
  if (form) writeDraft(tx, { takedownId, staffId, form }, { fields, returned, at: now })
}
