import type { Db } from '../db/open.ts'
import { formatDate } from '../i18n/format.ts'
import { isolate, isolateLtr } from '../lib/bidi.ts'
import { type DraftFields, type DraftOwner, draftsOf } from '../staff/drafts.ts'
import { findReply } from '../staff/replies.ts'
import { fillReply, type ReplyVariable } from '../staff/reply-variables.ts'
import { readableUrl } from '../takedowns/page-address.ts'
import { pagesOf, type Takedown } from '../takedowns/store.ts'
import { keepDraft } from './keep-draft.ts'
import type { Office } from './office.ts'

/**
 * Puts a reply under what is typed in the letter, in the claimant's language, its variables filled in. Without
 * `typed` it goes under the draft that is there. A reply that is retired or lacks the language adds nothing. False
 * while the letter is on its way out.
 */
export function insertReply(
  db: Db,
  office: Office,
  takedown: Takedown,
  { replyId, staffId, typed }: { replyId: number; staffId: number; typed: DraftFields | null },
  now: number,
): boolean {
  const owner: DraftOwner = { takedownId: takedown.id, staffId, form: 'letter' }
  const fields = typed ?? draftsOf(db, takedown.id, staffId).letter?.fields ?? {}
  const reply = findReply(db, replyId)
  const text = reply && reply.retiredAt === null ? reply.texts[takedown.locale] : undefined
  const written = text === undefined ? '' : fillReply(text, valuesOf(db, office, takedown))
  const body = [fields.body?.[0]?.trimEnd() ?? '', written].filter((part) => part !== '').join('\n\n')
  return keepDraft(db, owner, { ...fields, body: [body] }, now)
}

const valuesOf = (db: Db, office: Office, takedown: Takedown): Record<ReplyVariable, string> => ({
  name: isolate(takedown.claimantName),
  reference: isolateLtr(takedown.reference),
  page: pagesOf(db, takedown.id)
    .map(({ canonicalUrl }) => isolateLtr(readableUrl(canonicalUrl)))
    .join('\n'),
  due: formatDate(takedown.locale, takedown.dueAt, office.calendar.timeZone),
})
