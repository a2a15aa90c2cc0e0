import { count } from 'drizzle-orm'
import type { Db } from '../db/open.ts'
import { replies } from '../db/schema.ts'
import type { Locale } from '../i18n/locales.ts'
import { defaultReplies } from '../staff/default-replies.ts'
import { createReply } from './save-reply.ts'

/** The replies that come with the program, once: what staff retire or rewrite stays so. */
export function seedReplies(db: Db, locale: Locale, now: number): void {
  db.transaction(
    (tx) => {
      if ((tx.select({ replies: count() }).from(replies).get()?.replies ?? 0) > 0) return
      for (const { names, texts } of defaultReplies)
        createReply(db, { name: names[locale], texts }, null, now)
    },
    { behavior: 'immediate' },
  )
}
