import { asc, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Db, Tx } from '../db/open.ts'
import { insertRow, prepared } from '../db/prepared.ts'
import { events, staff } from '../db/schema.ts'
import { withoutKeys } from '../lib/without-keys.ts'
import { askable } from './asked-fields.ts'

/** Who acted. Staff are named by their account, so that a later change of name tells nothing wrong. */
export type Actor = { kind: 'claimant' } | { kind: 'system' } | { kind: 'staff'; id: number }

/** A page that was added (`before` null), or whose address was put right. */
const pageChange = z.object({
  pageId: z.number(),
  before: z.object({ reportedUrl: z.string(), canonicalUrl: z.string() }).nullable(),
})
export type PageChange = z.infer<typeof pageChange>

/** What may be recorded, with the shape of its detail. No detail repeats a person's data that stands in a row. */
const details = {
  submitted: z.object({ pages: z.number(), files: z.number() }),
  message_added: z.object({ messageId: z.number(), files: z.number() }),
  claimant_told: z.object({ messageId: z.number() }),
  withdrawn: z.object({}),
  taken_on: z.object({ previousAssigneeId: z.number().nullable() }),
  page_paused: z.object({ pageId: z.number() }),
  claimant_asked: z.object({ messageId: z.number(), asked: z.array(z.enum(askable)).optional() }),
  /** `before`: the person's words that this replaced, which stand nowhere else any more. */
  fields_given: z.object({
    fields: z.array(z.enum(askable)),
    before: z.partialRecord(z.enum(askable), z.string().nullable()),
  }),
  decided: z.object({ pages: z.array(z.object({ pageId: z.number(), outcome: z.string() })) }),
  terms_accepted: z.object({ pageId: z.number(), terms: z.string() }),
  closed: z.object({}),
  reopened: z.object({ reason: z.string() }),
  letter_requeued: z.object({ letterId: z.number() }),
  letter_found_gone: z.object({ letterId: z.number() }),
  /** All that waited since a restore, at once. */
  letters_requeued: z.object({ letterIds: z.array(z.number()) }),
  letters_found_gone: z.object({ letterIds: z.array(z.number()) }),
  no_answer_needed: z.object({}),
  handed_over: z.object({ previousAssigneeId: z.number().nullable(), assigneeId: z.number() }),
  note_added: z.object({ noteId: z.number() }),
  /** Mail that is not the claimant's: of the office or of somebody else in the thread. */
  mail_kept: z.object({ incomingId: z.number(), standing: z.enum(['office', 'stranger']) }),
  letter_bounced: z.object({ letterId: z.number() }),
  /** Staff put right what was understood of a mail; `before` stands nowhere else any more. Older events name no pages. */
  fields_corrected: z.object({
    fields: z.array(z.string()),
    before: z.record(z.string(), z.string().nullable()),
    pages: z.array(pageChange).optional(),
  }),
  marked_spam: z.object({}),
  marked_duplicate: z.object({ reference: z.string() }),
  duplicate_joined: z.object({ reference: z.string() }),
  /** In hundredths of the currency; for those who may see money. Older events hold neither. */
  royalty_changed: z.object({
    from: z.string(),
    to: z.string(),
    amountMinor: z.number().nullish(),
    currency: z.string().nullish(),
  }),
}

export type EventType = keyof typeof details
type Details = { [Type in EventType]: z.infer<(typeof details)[Type]> }
export type TakedownEvent = {
  [Type in EventType]: {
    id: number
    at: number
    actor: 'claimant' | 'staff' | 'system'
    staffName: string | null
    type: Type
    detail: Details[Type]
  }
}[EventType]

export function recordEvent<Type extends EventType>(
  tx: Tx,
  event: { takedownId: number; at: number; actor: Actor; type: Type; detail: Details[Type] },
): void {
  insertRow(tx, events, {
    takedownId: event.takedownId,
    at: event.at,
    actor: event.actor.kind,
    staffId: event.actor.kind === 'staff' ? event.actor.id : null,
    type: event.type,
    detail: JSON.stringify(event.detail),
  })
}

/**
 * The history of a takedown, oldest first. Rows of a type that this version does not know are left out; and keys, which
 * older versions took for words of the claimant: no event can be mended.
 */
export function readEvents(db: Db, takedownId: number): TakedownEvent[] {
  const rows = ofTakedown(db).all({ takedownId })
  const clean = (_name: string, value: unknown) => (typeof value === 'string' ? withoutKeys(value) : value)
  return rows.flatMap((row) => {
    const event = eventShape.safeParse({ ...row, detail: JSON.parse(row.detail, clean) })
    return event.success ? [event.data] : []
  })
}

const ofTakedown = prepared((tx) =>
  tx
    .select({
      id: events.id,
      at: events.at,
      actor: events.actor,
      staffName: staff.name,
      type: events.type,
      detail: events.detail,
    })
    .from(events)
    .leftJoin(staff, eq(staff.id, events.staffId))
    .where(eq(events.takedownId, sql.placeholder('takedownId')))
    .orderBy(asc(events.id))
    .prepare(),
)

const stored = <Type extends EventType>(type: Type) =>
  z.object({
    id: z.number(),
    at: z.number(),
    actor: z.enum(['claimant', 'staff', 'system']),
    staffName: z.string().nullable(),
    type: z.literal(type),
    detail: details[type],
  })

const eventShape: z.ZodType<TakedownEvent> = z.discriminatedUnion('type', [
  stored('submitted'),
  stored('message_added'),
  stored('claimant_told'),
  stored('withdrawn'),
  stored('taken_on'),
  stored('page_paused'),
  stored('claimant_asked'),
  stored('fields_given'),
  stored('decided'),
  stored('terms_accepted'),
  stored('closed'),
  stored('reopened'),
  stored('letter_requeued'),
  stored('letter_found_gone'),
  stored('letters_requeued'),
  stored('letters_found_gone'),
  stored('no_answer_needed'),
  stored('handed_over'),
  stored('note_added'),
  stored('mail_kept'),
  stored('letter_bounced'),
  stored('fields_corrected'),
  stored('marked_spam'),
  stored('marked_duplicate'),
  stored('duplicate_joined'),
  stored('royalty_changed'),
])
