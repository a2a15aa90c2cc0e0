import { z } from 'zod'
import type { Db } from '../db/open.ts'
import { askable } from '../takedowns/asked-fields.ts'
import { licenceTerms } from '../takedowns/licence-terms.ts'
import { keptGrounds, outcomes } from '../takedowns/outcomes.ts'
import type { Change, Target } from './change-takedown.ts'
import { decideTakedown } from './decide-takedown.ts'
import { handOver } from './hand-over.ts'
import { markDuplicate } from './mark-duplicate.ts'
import { markSpam } from './mark-spam.ts'
import type { Office } from './office.ts'
import { reopenTakedown } from './reopen-takedown.ts'
import { writeToClaimant } from './write-to-claimant.ts'

const message = z.object({ key: z.string(), body: z.string() })

/** An act of staff that leaves the building, checked: what a pending act keeps as its detail. */
export const outgoingAct = z.discriminatedUnion('act', [
  z.object({ act: z.literal('letter'), message }),
  z.object({
    act: z.literal('question'),
    message: message.extend({ asked: z.array(z.enum(askable)).optional() }),
  }),
  z.object({
    act: z.literal('decision'),
    decisions: z.array(
      z.object({
        pageId: z.number(),
        outcome: z.enum(outcomes),
        keptGround: z.enum(keptGrounds).nullable(),
        reason: z.string().nullable(),
        carriedOutAt: z.number().nullable(),
        terms: licenceTerms.nullish(),
      }),
    ),
  }),
  /** `from`: when the office's clock starts anew; the letter names the day that follows from it. */
  z.object({ act: z.literal('reopening'), reason: z.string(), from: z.number() }),
  z.object({ act: z.literal('duplicate'), ofId: z.number() }),
  // These two stay in the building; done to many at once they wait all the same, so that they can be undone.
  z.object({ act: z.literal('assignment'), to: z.number() }),
  z.object({ act: z.literal('spam') }),
])
export type OutgoingAct = z.infer<typeof outgoingAct>

/** The one way from an outgoing act to what it does: to try it for the preview, and to carry it out. */
export function performOutgoingAct(
  db: Db,
  office: Office,
  target: Target,
  outgoing: OutgoingAct,
  staffId: number,
): Change<unknown> {
  switch (outgoing.act) {
    case 'letter':
    case 'question': {
      const isQuestion = outgoing.act === 'question'
      return writeToClaimant(db, office, target, { ...outgoing.message, isQuestion, staffId })
    }
    case 'decision':
      return decideTakedown(db, office, target, outgoing.decisions, staffId)
    case 'assignment':
      return handOver(db, target, { to: outgoing.to, by: staffId })
    case 'spam':
      return markSpam(db, target, staffId)
    case 'duplicate':
      return markDuplicate(db, office, target, { ofId: outgoing.ofId, staffId })
    case 'reopening':
      return reopenTakedown(db, office, target, outgoing, staffId)
  }
}
