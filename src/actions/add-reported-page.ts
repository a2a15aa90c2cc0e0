import { count, eq } from 'drizzle-orm'
import type { Tx } from '../db/open.ts'
import { reportedPages } from '../db/schema.ts'
import type { Given } from '../takedowns/asked-fields.ts'

/** Part of an act that adds a page; false when it is reported already: a page is reported once. */
export function addReportedPage(
  tx: Tx,
  takedownId: number,
  page: NonNullable<Given['page']>,
  now: number,
): boolean {
  const ofTakedown = eq(reportedPages.takedownId, takedownId)
  const position = tx.select({ pages: count() }).from(reportedPages).where(ofTakedown).get()?.pages ?? 0
  return (
    tx
      .insert(reportedPages)
      .values({ takedownId, position, ...page, useState: 'live', useStateAt: now })
      .onConflictDoNothing()
      .run().changes === 1
  )
}
