import type { Db } from '../db/open.ts'
import { recordEvent } from '../takedowns/events.ts'
import { type Change, changeTakedown, type Target } from './change-takedown.ts'

/** Sets the takedown aside. No letter: a stranger's address must not be written to because a program named it. */
export function markSpam(db: Db, target: Target, staffId: number): Change {
  return changeTakedown(db, target, 'mark_spam', (tx, takedown) => {
    const actor = { kind: 'staff', id: staffId } as const
    recordEvent(tx, { takedownId: takedown.id, at: target.now, actor, type: 'marked_spam', detail: {} })
    return { row: { waitingSince: null }, value: undefined }
  })
}
