import type { Db } from '../db/open.ts'
import { decisionDue } from '../takedowns/clocks.ts'
import { recordEvent } from '../takedowns/events.ts'
import { type Change, changeTakedown, type Target } from './change-takedown.ts'
import type { Office } from './office.ts'

/** Any end can be reopened, with a reason; the office's clock starts anew. */
export function reopenTakedown(
  db: Db,
  office: Office,
  target: Target,
  reason: string,
  staffId: number,
): Change {
  return changeTakedown(db, target, 'reopen', (tx, takedown) => {
    recordEvent(tx, {
      takedownId: takedown.id,
      at: target.now,
      actor: { kind: 'staff', id: staffId },
      type: 'reopened',
      detail: { reason },
    })
    const dueAt = decisionDue(target.now, office)
    return { row: { dueAt, assigneeId: staffId }, value: undefined }
  })
}
