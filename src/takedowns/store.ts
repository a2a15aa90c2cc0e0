import { asc, eq, sql } from 'drizzle-orm'
import type { Db, Tx } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import { messages, reportedPages, screenshots, staff, takedowns } from '../db/schema.ts'
import { withoutKeys } from '../lib/without-keys.ts'
import { deriveAccessKey, isKeyAmong } from './access-key.ts'
import type { Licences } from './licence-terms.ts'
import { licencesOf } from './licences.ts'
import { isSameClaimant } from './same-claimant.ts'

export type Takedown = typeof takedowns.$inferSelect
export type ReportedPage = typeof reportedPages.$inferSelect
export type Screenshot = typeof screenshots.$inferSelect
export type Message = typeof messages.$inferSelect & { staffName: string | null }

/** A takedown with everything that belongs to it, in the order in which it came. */
export interface TakedownFile {
  readonly takedown: Takedown
  readonly assigneeName: string | null
  readonly pages: readonly ReportedPage[]
  readonly screenshots: readonly Screenshot[]
  readonly messages: readonly Message[]
  /** Terms of `licensed` and `credited`, by page id. */
  readonly licences: Licences
  /** Of a duplicate: the one that is dealt with; its reference only where it is the same claimant's. */
  readonly joinedTo: { readonly ownReference: string | null } | null
}

export const findByReference = (db: Tx, reference: string): Takedown | undefined =>
  byReference(db).get({ reference })

export const findBySubmissionKey = (db: Tx, key: string): Takedown | undefined =>
  bySubmissionKey(db).get({ key })

export const findById = (db: Tx, id: number): Takedown | undefined => byId(db).get({ id })

const byReference = prepared((tx) =>
  tx
    .select()
    .from(takedowns)
    .where(eq(takedowns.reference, sql.placeholder('reference')))
    .prepare(),
)
const bySubmissionKey = prepared((tx) =>
  tx
    .select()
    .from(takedowns)
    .where(eq(takedowns.submissionKey, sql.placeholder('key')))
    .prepare(),
)
const byId = prepared((tx) =>
  tx
    .select()
    .from(takedowns)
    .where(eq(takedowns.id, sql.placeholder('id')))
    .prepare(),
)

export const pagesOf = (db: Tx, takedownId: number): ReportedPage[] => pagesQuery(db).all({ takedownId })

const pagesQuery = prepared((tx) =>
  tx
    .select()
    .from(reportedPages)
    .where(eq(reportedPages.takedownId, sql.placeholder('takedownId')))
    .orderBy(asc(reportedPages.position))
    .prepare(),
)

/** All evidence of a takedown, or only what came with the form. */
export const screenshotsOf = (db: Tx, takedownId: number, which: 'all' | 'submitted' = 'all'): Screenshot[] =>
  screenshotsQuery(db)
    .all({ takedownId })
    .filter(({ messageId }) => which === 'all' || messageId === null)

const screenshotsQuery = prepared((tx) =>
  tx
    .select()
    .from(screenshots)
    .where(eq(screenshots.takedownId, sql.placeholder('takedownId')))
    .orderBy(asc(screenshots.id))
    .prepare(),
)

const messagesQuery = prepared((tx) =>
  tx
    .select({
      id: messages.id,
      takedownId: messages.takedownId,
      author: messages.author,
      staffId: messages.staffId,
      body: messages.body,
      quoted: messages.quoted,
      at: messages.at,
      submissionKey: messages.submissionKey,
      staffName: staff.name,
    })
    .from(messages)
    .leftJoin(staff, eq(staff.id, messages.staffId))
    .where(eq(messages.takedownId, sql.placeholder('takedownId')))
    .orderBy(asc(messages.id))
    .prepare(),
)

/** Rows of older versions may hold the key to the takedown in what was written about it; here it is in nothing. */
export function readTakedownFile(db: Db, row: Takedown): TakedownFile {
  const isKey = isKeyAmong([row.accessKeyHash])
  const removeKeys = (text: string) => withoutKeys(text, isKey)
  const takedown = { ...row, statement: row.statement === null ? null : removeKeys(row.statement) }
  const assignee =
    takedown.assigneeId === null
      ? undefined
      : db.select({ name: staff.name }).from(staff).where(eq(staff.id, takedown.assigneeId)).get()
  return {
    takedown,
    assigneeName: assignee?.name ?? null,
    pages: pagesOf(db, takedown.id).map((page) => ({
      ...page,
      reportedUrl: withoutKeys(page.reportedUrl),
      canonicalUrl: withoutKeys(page.canonicalUrl),
    })),
    screenshots: screenshotsOf(db, takedown.id),
    messages: messagesQuery(db)
      .all({ takedownId: takedown.id })
      .map((message) => ({
        ...message,
        body: removeKeys(message.body),
        quoted: message.quoted === null ? null : removeKeys(message.quoted),
      })),
    licences: licencesOf(db, takedown.id),
    joinedTo: joinedTo(db, takedown),
  }
}

function joinedTo(db: Tx, takedown: Takedown): TakedownFile['joinedTo'] {
  if (takedown.status !== 'duplicate' || takedown.duplicateOfId === null) return null
  const original = findById(db, takedown.duplicateOfId)
  return { ownReference: original && isSameClaimant(takedown, original) ? original.reference : null }
}

/** The claimant's access key, derived anew from the key file; null for a takedown that is not there. */
export function accessKeyOfTakedown(db: Tx, secret: Uint8Array, takedownId: number): string | null {
  const takedown = findById(db, takedownId)
  return takedown ? deriveAccessKey(secret, takedown.reference, takedown.accessKeyNonce) : null
}
