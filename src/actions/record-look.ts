import type { Db } from '../db/open.ts'
import { looks } from '../db/schema.ts'

/** Somebody has the takedown open. It leaves no event and moves no version: a look is not an act. */
export const recordLook = (db: Db, takedownId: number, staffId: number, now: number): void => {
  db.insert(looks)
    .values({ takedownId, staffId, firstAt: now, lastAt: now })
    .onConflictDoUpdate({ target: [looks.takedownId, looks.staffId], set: { lastAt: now } })
    .run()
}
