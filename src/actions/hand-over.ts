import type { Db } from '../db/open.ts'
import { Failure } from '../lib/failures.ts'
import { isColleague } from '../staff/colleagues.ts'
import { recordEvent } from '../takedowns/events.ts'
import { type Change, changeTakedown, type Target } from './change-takedown.ts'

/**
 * Gives the takedown to another person, whoever has it now. Of two at the same time, one gets `stale`. 409 where `to`
 * has left or may not act.
 */
export function handOver(db: Db, target: Target, { to, by }: { to: number; by: number }): Change {
  return changeTakedown(db, target, 'hand_over', (tx, takedown) => {
    if (!isColleague(tx, to)) throw new Failure(409, 'error.staff.refused')
    recordEvent(tx, {
      takedownId: takedown.id,
      at: target.now,
      actor: { kind: 'staff', id: by },
      type: 'handed_over',
      detail: { previousAssigneeId: takedown.assigneeId, assigneeId: to },
    })
    return { row: { assigneeId: to }, value: undefined }
  })
}
