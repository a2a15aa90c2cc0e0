import { reopenedLetter } from '../../views/letters/to-claimant.ts'
import type { Db } from '../db/open.ts'
import { decisionDue } from '../takedowns/clocks.ts'
import { recordEvent } from '../takedowns/events.ts'
import { type Change, changeTakedown, type Target } from './change-takedown.ts'
import { letterOffice } from './letter-takedown.ts'
import type { Office } from './office.ts'
import { claimantLink, postToClaimant } from './post-letter.ts'

export interface Reopening {
  /** For staff; the letter does not repeat it. */
  readonly reason: string
  /** When the office's clock starts anew, milliseconds: the letter names the day that follows from it. */
  readonly from: number
}

/** Any end can be reopened, with a reason; the office's clock starts anew, and the claimant is told until when. */
export function reopenTakedown(
  db: Db,
  office: Office,
  target: Target,
  { reason, from }: Reopening,
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
    const dueAt = decisionDue(from, office)
    postToClaimant(tx, office, {
      takedown,
      kind: 'reopened',
      cause: `reopened-${takedown.version}`,
      letter: reopenedLetter(
        { reference: takedown.reference, name: takedown.claimantName, dueAt },
        { ...letterOffice(office, takedown.locale), statusUrl: claimantLink(office, takedown) },
        takedown.locale,
      ),
      now: target.now,
    })
    return { row: { dueAt, assigneeId: staffId, duplicateOfId: null }, value: undefined }
  })
}
