import { eq } from 'drizzle-orm'
import type { Db } from '../db/open.ts'
import { reportedPages } from '../db/schema.ts'
import { Failure } from '../lib/failures.ts'
import { recordEvent } from '../takedowns/events.ts'
import { pagesOf } from '../takedowns/store.ts'
import { nextUseState } from '../takedowns/use-states.ts'
import { type Change, changeTakedown, type Target } from './change-takedown.ts'

/** Staff took the material off one page first, and decide after. It admits nothing. Who pauses also takes on. */
export function pausePage(db: Db, target: Target, pageId: number, staffId: number): Change {
  return changeTakedown(db, target, 'pause_page', (tx, takedown) => {
    const page = pagesOf(tx, takedown.id).find((candidate) => candidate.id === pageId)
    const useState = page && nextUseState(page.useState, 'pause')
    if (!useState) throw new Failure(409, 'error.staff.refused')
    tx.update(reportedPages)
      .set({ useState, useStateAt: target.now })
      .where(eq(reportedPages.id, pageId))
      .run()
    recordEvent(tx, {
      takedownId: takedown.id,
      at: target.now,
      actor: { kind: 'staff', id: staffId },
      type: 'page_paused',
      detail: { pageId },
    })
    return { row: { assigneeId: takedown.assigneeId ?? staffId }, value: undefined }
  })
}
