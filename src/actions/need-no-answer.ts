import type { Db } from '../db/open.ts'
import { Failure } from '../lib/failures.ts'
import { recordEvent } from '../takedowns/events.ts'
import { type Change, changeTakedown, type Target } from './change-takedown.ts'

/** Staff read the claimant's words and say that they need no answer. 409 where no words wait for one. */
export function needNoAnswer(db: Db, target: Target, staffId: number): Change {
  return changeTakedown(db, target, 'need_no_answer', (tx, takedown) => {
    if (takedown.unansweredSince === null) throw new Failure(409, 'error.staff.refused')
    const actor = { kind: 'staff', id: staffId } as const
    recordEvent(tx, { takedownId: takedown.id, at: target.now, actor, type: 'no_answer_needed', detail: {} })
    return { value: undefined }
  })
}
