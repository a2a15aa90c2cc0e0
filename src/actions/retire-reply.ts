import { eq } from 'drizzle-orm'
import type { Db } from '../db/open.ts'
import { replies } from '../db/schema.ts'

/** A retired reply is offered no more; null brings it back. False where there is none. */
export const retireReply = (db: Db, id: number, retiredAt: number | null): boolean =>
  db.update(replies).set({ retiredAt }).where(eq(replies.id, id)).run().changes > 0
