import { and, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import { drafts } from '../db/schema.ts'

export const draftForms = drafts.form.enumValues
export type DraftForm = (typeof draftForms)[number]

/** The fields of a form as they came, by name. */
export type DraftFields = Readonly<Record<string, readonly string[]>>

/** Whose draft of what: one person has one draft of each form on a takedown, and nobody else's saving touches it. */
export interface DraftOwner {
  readonly takedownId: number
  readonly staffId: number
  readonly form: DraftForm
}

export interface Draft {
  readonly fields: DraftFields
  /**
   * Why these words are here though they were sent: it was undone, the takedown had changed before they went, or the
   * database was restored, and nobody knows whether they went.
   */
  readonly returned: 'undone' | 'stale' | 'restored' | null
  /** Milliseconds since the epoch. */
  readonly at: number
}

export type Drafts = Partial<Record<DraftForm, Draft>>

const stored = z.object({
  fields: z.record(z.string(), z.array(z.string())),
  returned: z.enum(['undone', 'stale', 'restored']).nullable(),
})

const ofOnePerson = prepared((tx) =>
  tx
    .select()
    .from(drafts)
    .where(
      and(
        eq(drafts.takedownId, sql.placeholder('takedownId')),
        eq(drafts.staffId, sql.placeholder('staffId')),
      ),
    )
    .prepare(),
)

/** What this person has typed on the takedown and not sent. */
export function draftsOf(tx: Tx, takedownId: number, staffId: number): Drafts {
  const found: Drafts = {}
  for (const row of ofOnePerson(tx).all({ takedownId, staffId })) {
    const draft = stored.safeParse(JSON.parse(row.fields))
    if (draft.success) found[row.form] = { ...draft.data, at: row.at }
  }
  return found
}

/** Writes the draft in place of the one before. */
export function writeDraft(tx: Tx, owner: DraftOwner, { fields, returned, at }: Draft): void {
  const row = { fields: JSON.stringify({ fields, returned }), at }
  tx.insert(drafts)
    .values({ ...owner, ...row })
    .onConflictDoUpdate({ target: [drafts.takedownId, drafts.staffId, drafts.form], set: row })
    .run()
}

export function forgetDraft(tx: Tx, { takedownId, staffId, form }: DraftOwner): void {
  tx.delete(drafts)
    .where(and(eq(drafts.takedownId, takedownId), eq(drafts.staffId, staffId), eq(drafts.form, form)))
    .run()
}
