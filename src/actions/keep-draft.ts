import type { Db } from '../db/open.ts'
import { type DraftFields, type DraftOwner, forgetDraft, writeDraft } from '../staff/drafts.ts'
import { pendingActOf } from '../takedowns/pending-acts.ts'
import { draftFormOf } from './pend-act.ts'

/**
 * Keeps what a person has typed in a form; without any words the draft goes. False while the words of that same form
 * are on their way out: an undo brings them back, and must not find others in their place.
 */
export const keepDraft = (db: Db, owner: DraftOwner, fields: DraftFields, now: number): boolean =>
  db.transaction(
    (tx) => {
      const pending = pendingActOf(tx, owner.takedownId)
      if (pending?.staffId === owner.staffId && draftFormOf(pending) === owner.form) return false
      const isEmpty = Object.values(fields).every((values) => values.every((value) => value.trim() === ''))
      if (isEmpty) forgetDraft(tx, owner)
      else writeDraft(tx, owner, { fields, returned: null, at: now })
      return true
    },
    { behavior: 'immediate' },
  )
