import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Tx } from '../db/open.ts'
import { replies, replyTexts } from '../db/schema.ts'
import type { Locale } from '../i18n/locales.ts'

/** A reply of the library, with the languages that it has been written in. */
export interface Reply {
  readonly id: number
  readonly name: string
  /** When it was last saved: what a form must carry to change it. */
  readonly at: number
  readonly retiredAt: number | null
  readonly texts: Readonly<Partial<Record<Locale, string>>>
}

/** By name; retired ones only where asked for. */
export function listReplies(tx: Tx, { withRetired = false } = {}): Reply[] {
  const rows = tx
    .select()
    .from(replies)
    .where(withRetired ? undefined : isNull(replies.retiredAt))
    .orderBy(asc(replies.name), asc(replies.id))
    .all()
  const texts = tx.select().from(replyTexts).all()
  return rows.map((row) => withTexts(row, texts))
}

export function findReply(tx: Tx, id: number): Reply | undefined {
  const row = tx.select().from(replies).where(eq(replies.id, id)).get()
  return row && withTexts(row, tx.select().from(replyTexts).where(eq(replyTexts.replyId, id)).all())
}

const withTexts = (
  { id, name, at, retiredAt }: typeof replies.$inferSelect,
  texts: readonly (typeof replyTexts.$inferSelect)[],
): Reply => ({
  id,
  name,
  at,
  retiredAt,
  texts: Object.fromEntries(
    texts.filter((text) => text.replyId === id).map((text) => [text.locale, text.body]),
  ),
})

/** An empty text takes the language away. */
export function writeReplyText(tx: Tx, replyId: number, locale: Locale, body: string, at: number): void {
  const one = and(eq(replyTexts.replyId, replyId), eq(replyTexts.locale, locale))
  if (body === '') tx.delete(replyTexts).where(one).run()
  else
    tx.insert(replyTexts)
      .values({ replyId, locale, body, at })
      .onConflictDoUpdate({ target: [replyTexts.replyId, replyTexts.locale], set: { body, at } })
      .run()
}
