import { eq } from 'drizzle-orm'
import type { Db } from '../db/open.ts'
import { replies } from '../db/schema.ts'
import { type Locale, locales } from '../i18n/locales.ts'
import { findReply, writeReplyText } from '../staff/replies.ts'

export interface ReplyWords {
  readonly name: string
  /** Empty where it is not written in a language. */
  readonly texts: Readonly<Record<Locale, string>>
}

export function createReply(db: Db, words: ReplyWords, staffId: number | null, now: number): number {
  return db.transaction(
    (tx) => {
      const { id } = tx
        .insert(replies)
        .values({ name: words.name, createdBy: staffId, at: now })
        .returning({ id: replies.id })
        .get()
      for (const locale of locales) writeReplyText(tx, id, locale, words.texts[locale], now)
      return id
    },
    { behavior: 'immediate' },
  )
}

/** `stale`: somebody saved it since `seenAt`, and nothing was changed. */
export type ReplySaved = 'saved' | 'stale' | 'unknown'

export function saveReply(
  db: Db,
  { id, seenAt }: { id: number; seenAt: number },
  words: ReplyWords,
  now: number,
): ReplySaved {
  return db.transaction(
    (tx): ReplySaved => {
      const known = findReply(tx, id)
      if (!known) return 'unknown'
      if (known.at !== seenAt) return 'stale'
      const at = Math.max(now, known.at + 1)
      tx.update(replies).set({ name: words.name, at }).where(eq(replies.id, id)).run()
      for (const locale of locales) writeReplyText(tx, id, locale, words.texts[locale], at)
      return 'saved'
    },
    { behavior: 'immediate' },
  )
}
