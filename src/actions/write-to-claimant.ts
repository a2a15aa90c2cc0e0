import { staffWroteLetter } from '../../views/letters/to-claimant.ts'
import type { Db } from '../db/open.ts'
import { messages } from '../db/schema.ts'
import { type AskedField, askedAmong, readAsked } from '../takedowns/asked-fields.ts'
import { recordEvent } from '../takedowns/events.ts'
import { keyRemover } from '../takedowns/key-remover.ts'
import { type Change, changeTakedown, type Target } from './change-takedown.ts'
import { letterOffice } from './letter-takedown.ts'
import type { Office } from './office.ts'
import { claimantLink, postToClaimant } from './post-letter.ts'

export interface StaffMessage {
  readonly key: string
  readonly body: string
  /** A question hands the ball to the claimant and stops the office's clock. */
  readonly isQuestion: boolean
  /** Of a question: what of the form the claimant is asked for once more. */
  readonly asked?: readonly AskedField[] | undefined
  readonly staffId: number
}

/** Staff write to the claimant: on the status page, and by letter where there is an email. */
export function writeToClaimant(db: Db, office: Office, target: Target, message: StaffMessage): Change {
  const action = message.isQuestion ? 'ask_claimant' : 'take_on'
  return changeTakedown(db, target, action, (tx, takedown) => {
    const { key, staffId } = message
    const body = keyRemover(tx, takedown, [message.body])(message.body)
    const asked = message.isQuestion ? askedAmong(message.asked ?? []) : []
    const { id: messageId } = tx
      .insert(messages)
      .values({ takedownId: takedown.id, author: 'staff', staffId, body, at: target.now, submissionKey: key })
      .returning({ id: messages.id })
      .get()
    recordEvent(tx, {
      takedownId: takedown.id,
      at: target.now,
      actor: { kind: 'staff', id: staffId },
      type: message.isQuestion ? 'claimant_asked' : 'claimant_told',
      detail: { messageId, ...(asked.length > 0 && { asked }) },
    })
    postToClaimant(tx, office, {
      takedown,
      kind: message.isQuestion ? 'question' : 'update',
      cause: `message-${messageId}`,
      letter: staffWroteLetter(
        {
          reference: takedown.reference,
          name: takedown.claimantName,
          body,
          isQuestion: message.isQuestion,
          asked,
        },
        { ...letterOffice(office, takedown.locale), statusUrl: claimantLink(office, takedown) },
        takedown.locale,
      ),
      now: target.now,
    })
    const waitingSince = message.isQuestion ? (takedown.waitingSince ?? target.now) : takedown.waitingSince
    return {
      row: {
        waitingSince,
        assigneeId: takedown.assigneeId ?? staffId,
        unansweredSince: null,
        askedFields: JSON.stringify(askedAmong([...readAsked(takedown.askedFields), ...asked])),
      },
      value: undefined,
    }
  })
}
