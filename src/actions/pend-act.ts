import { createHash } from 'node:crypto'
import type { Letter } from '../../views/letters/letter.tsx'
import type { Db } from '../db/open.ts'
import { pendingActs } from '../db/schema.ts'
import { type DraftFields, type DraftForm, forgetDraft } from '../staff/drafts.ts'
import { type PendingAct, undoMs } from '../takedowns/pending-acts.ts'
import type { Refusal, Target } from './change-takedown.ts'
import type { Office } from './office.ts'
import type { OutgoingAct } from './outgoing-act.ts'
import { type Rehearsal, rehearseAct } from './rehearse-act.ts'

export interface Sending {
  readonly outgoing: OutgoingAct
  /** As it was typed: what goes back into the draft when the act is undone. */
  readonly fields: DraftFields
  /** The mark of the preview that was on the screen. */
  readonly seen: string
  readonly staffId: number
}

export type Pended = { ok: true } | { ok: false; refusal: Refusal | 'unseen' }

const draftForms: Readonly<Record<PendingAct['act'], DraftForm | null>> = {
  letter: 'letter',
  question: 'letter',
  decision: 'decision',
  reopening: 'reopening',
  duplicate: 'duplicate',
  assignment: null,
  spam: null,
}

/** Where the words of an act are drafted; null where it has none. */
export const draftFormOf = ({ act }: { act: PendingAct['act'] }): DraftForm | null => draftForms[act]

/**
 * The act waits for a moment in which everybody can undo it; until then nothing has happened. What is not exactly
 * what the preview showed (`seen`) is `unseen` and does not wait. The words leave the draft.
 */
export function pendAct(db: Db, office: Office, target: Target, sending: Sending): Pended {
  const { outgoing, fields, seen, staffId } = sending
  return db.transaction(
    (tx): Pended => {
      const rehearsal = rehearseAct(db, office, target, outgoing, staffId)
      if (!rehearsal.ok) return rehearsal
      if (previewMark(outgoing, rehearsal) !== seen) return { ok: false, refusal: 'unseen' }
      const { letter, after } = rehearsal
      const takedownId = after.takedown.id
      tx.insert(pendingActs)
        .values({
          takedownId,
          staffId,
          act: outgoing.act,
          detail: JSON.stringify({ outgoing, fields }),
          letterSubject: letter?.subject ?? null,
          letterText: letter?.text ?? null,
          letterHtml: letter?.html ?? null,
          version: after.takedown.version - 1,
          at: target.now,
          carryOutAt: target.now + undoMs,
        })
        .run()
      const form = draftFormOf(outgoing)
      if (form) forgetDraft(tx, { takedownId, staffId, form })
      return { ok: true }
    },
    { behavior: 'immediate' },
  )
}

/** Names one preview: the letter byte for byte, what was decided without one, and the version it was made on. */
export function previewMark(outgoing: OutgoingAct, rehearsal: Extract<Rehearsal, { ok: true }>): string {
  const { letter, after } = rehearsal
  const pages = after.pages.map(({ id, outcome, keptGround, reason, useState }) => [
    id,
    outcome,
    keptGround,
    reason,
    useState,
  ])
  const shown = [outgoing.act, bytesOf(letter), after.takedown.version, pages, wordsOf(outgoing)]
  return createHash('sha256').update(JSON.stringify(shown)).digest('hex')
}

const bytesOf = (letter: Letter | null) => letter && [letter.subject, letter.text, letter.html]

/** What was typed, which stands on the status page where there is no letter; without keys and moments of its own. */
function wordsOf(outgoing: OutgoingAct): unknown {
  if (outgoing.act === 'question') return [outgoing.message.body, outgoing.message.asked ?? []]
  if ('message' in outgoing) return outgoing.message.body
  if ('reason' in outgoing) return outgoing.reason
  if ('ofId' in outgoing) return outgoing.ofId
  if ('to' in outgoing) return outgoing.to
  if (outgoing.act === 'spam') return null
  return outgoing.decisions.map(({ carriedOutAt, ...decision }) => [decision, carriedOutAt !== null])
}
