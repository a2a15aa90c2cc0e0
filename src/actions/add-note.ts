import { eq } from 'drizzle-orm'
import type { Db } from '../db/open.ts'
import { notes, takedowns } from '../db/schema.ts'
import { forgetDraft } from '../staff/drafts.ts'
import { recordEvent } from '../takedowns/events.ts'
import { keyRemover } from '../takedowns/key-remover.ts'
import { findById } from '../takedowns/store.ts'

export interface StaffNote {
  readonly key: string
  readonly body: string
  readonly staffId: number
}

/**
 * A note for staff. Like the claimant's words it is never stale and makes no form of others stale: it moves nothing.
 * The same key twice adds nothing.
 */
export function addNote(db: Db, takedownId: number, { key, body, staffId }: StaffNote, now: number): void {
  db.transaction(
    (tx) => {
      const removeKeys = keyRemover(tx, findById(tx, takedownId), [body])
      const { id: noteId } =
        tx
          .insert(notes)
          .values({ takedownId, staffId, body: removeKeys(body), at: now, submissionKey: key })
          .onConflictDoNothing({ target: notes.submissionKey })
          .returning({ id: notes.id })
          .get() ?? {}
      if (noteId === undefined) return
      const actor = { kind: 'staff', id: staffId } as const
      recordEvent(tx, { takedownId, at: now, actor, type: 'note_added', detail: { noteId } })
      // The search follows the version, which stays: it is told to read the takedown anew.
      tx.update(takedowns)
        .set({ lastEventAt: now, indexedVersion: 0 })
        .where(eq(takedowns.id, takedownId))
        .run()
      forgetDraft(tx, { takedownId, staffId, form: 'note' })
    },
    { behavior: 'immediate' },
  )
}
