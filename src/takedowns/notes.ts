import { asc, eq, sql } from 'drizzle-orm'
import type { Tx } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import { notes, staff } from '../db/schema.ts'
import { withoutKeys } from '../lib/without-keys.ts'

/** For staff only: nothing that a claimant sees may read these. */
export interface Note {
  readonly id: number
  readonly staffName: string
  readonly body: string
  readonly at: number
}

const ofTakedown = prepared((tx) =>
  tx
    .select({ id: notes.id, staffName: staff.name, body: notes.body, at: notes.at })
    .from(notes)
    .innerJoin(staff, eq(staff.id, notes.staffId))
    .where(eq(notes.takedownId, sql.placeholder('takedownId')))
    .orderBy(asc(notes.id))
    .prepare(),
)

/** The notes on a takedown, oldest first. */
export const notesOf = (tx: Tx, takedownId: number): Note[] =>
  ofTakedown(tx)
    .all({ takedownId })
    .map((note) => ({ ...note, body: withoutKeys(note.body) }))
