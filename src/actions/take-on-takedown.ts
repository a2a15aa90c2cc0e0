import type { Db } from '../db/open.ts'
import { recordEvent } from '../takedowns/events.ts'
import { type Change, changeTakedown, type Target } from './change-takedown.ts'

/** A member of staff takes the takedown on, or over. Of two at the same time, one gets `stale`. */
export function takeOnTakedown(db: Db, target: Target, staffId: number): Change {
  return changeTakedown(db, target, 'take_on', (tx, takedown) => {
    recordEvent(tx, {
      takedownId: takedown.id,
      at: target.now,
      actor: { kind: 'staff', id: staffId },
      type: 'taken_on',
      detail: { previousAssigneeId: takedown.assigneeId },
    })
    return { row: { assigneeId: staffId }, value: undefined }
  })
}
