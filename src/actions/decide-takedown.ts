import { eq } from 'drizzle-orm'
import type { Db, Tx } from '../db/open.ts'
import { reportedPages } from '../db/schema.ts'
import { Failure } from '../lib/failures.ts'
import { afterWaiting, carryOutDue } from '../takedowns/clocks.ts'
import { recordEvent } from '../takedowns/events.ts'
import {
  isSettled,
  type KeptGround,
  needsAcceptance,
  type Outcome,
  outcomeUseState,
} from '../takedowns/outcomes.ts'
import { pagesOf, type ReportedPage } from '../takedowns/store.ts'
import { type Change, changeTakedown, type Target } from './change-takedown.ts'
import { closeTakedown } from './close-takedown.ts'
import type { Office } from './office.ts'

export interface PageDecision {
  readonly pageId: number
  readonly outcome: Outcome
  readonly keptGround: KeptGround | null
  readonly reason: string | null
  /** When it was done on our page, milliseconds; null while it is still to be done. */
  readonly carriedOutAt: number | null
}

/**
 * Gives every page its outcome. What is carried out is recorded as such; when nothing is left to do the takedown
 * closes in the same transaction, and the decision letter is on its way.
 */
export function decideTakedown(
  db: Db,
  office: Office,
  target: Target,
  decisions: readonly PageDecision[],
  staffId: number,
): Change<{ closed: boolean }> {
  return changeTakedown(db, target, 'decide', (tx, takedown) => {
    const before = pagesOf(tx, takedown.id)
    for (const page of before) decidePage(tx, page, decisions, staffId, target.now)
    const actor = { kind: 'staff', id: staffId } as const
    recordEvent(tx, {
      takedownId: takedown.id,
      at: target.now,
      actor,
      type: 'decided',
      detail: { pages: decisions.map(({ pageId, outcome }) => ({ pageId, outcome })) },
    })
    const closed = pagesOf(tx, takedown.id).every(isSettled)
    if (closed) closeTakedown(tx, office, takedown, actor, target.now)
    const row = {
      ...afterWaiting(takedown, target.now, office.calendar),
      carryOutBy: carryOutDue(target.now, office),
      assigneeId: takedown.assigneeId ?? staffId,
    }
    return { row: closed ? { ...row, status: 'closed' } : row, value: { closed } }
  })
}

function decidePage(
  tx: Tx,
  page: ReportedPage,
  decisions: readonly PageDecision[],
  decidedBy: number,
  now: number,
) {
  const decision = decisions.find((candidate) => candidate.pageId === page.id)
  if (!decision) throw new Failure(422, 'error.staff.pageUndecided')
  const { outcome, keptGround, reason, carriedOutAt } = decision
  const sameTerms = page.outcome === outcome && page.reason === reason
  const acceptedAt = sameTerms ? page.acceptedAt : null
  const done = needsAcceptance(outcome) ? acceptedAt : carriedOutAt
  const useState = outcomeUseState(outcome, done !== null)
  tx.update(reportedPages)
    .set({
      outcome,
      keptGround: outcome === 'kept' ? keptGround : null,
      reason,
      acceptedAt,
      decidedBy,
      decidedAt: now,
      ...(useState ? { useState, useStateAt: done ?? now } : {}),
    })
    .where(eq(reportedPages.id, page.id))
    .run()
}
