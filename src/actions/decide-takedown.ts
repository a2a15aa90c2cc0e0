import { eq } from 'drizzle-orm'
import type { Db, Tx } from '../db/open.ts'
import { licences, reportedPages } from '../db/schema.ts'
import { Failure } from '../lib/failures.ts'
import { afterWaiting, carryOutDue } from '../takedowns/clocks.ts'
import { recordEvent } from '../takedowns/events.ts'
import { isSameTerms, type Licence, type LicenceTerms } from '../takedowns/licence-terms.ts'
import { licencesOf } from '../takedowns/licences.ts'
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
import { offerTerms } from './offer-terms.ts'
import type { Office } from './office.ts'

export interface PageDecision {
  readonly pageId: number
  readonly outcome: Outcome
  readonly keptGround: KeptGround | null
  readonly reason: string | null
  /** When it was done on our page, milliseconds; null while it is still to be done. */
  readonly carriedOutAt: number | null
  /** Of `licensed` and `credited`; without them, the reason holds the terms in staff's own words. */
  readonly terms?: LicenceTerms | null | undefined
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
    const known = licencesOf(tx, takedown.id)
    for (const page of before) {
      decidePage(tx, { page, licence: known.get(page.id) }, decisions, staffId, target.now)
    }
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
    else offerTerms(tx, office, takedown, target.now)
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
  { page, licence }: { page: ReportedPage; licence: Licence | undefined },
  decisions: readonly PageDecision[],
  decidedBy: number,
  now: number,
) {
  const decision = decisions.find((candidate) => candidate.pageId === page.id)
  if (!decision) throw new Failure(422, 'error.staff.pageUndecided')
  const { outcome, keptGround, reason, carriedOutAt } = decision
  const terms = (needsAcceptance(outcome) && decision.terms) || null
  const sameTerms = page.outcome === outcome && page.reason === reason && isSameTerms(licence ?? null, terms)
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
  if (!sameTerms) recordTerms(tx, page.id, terms)
}

/** Other terms than before: what was agreed to before is agreed to no more. */
function recordTerms(tx: Tx, reportedPageId: number, terms: LicenceTerms | null) {
  tx.delete(licences).where(eq(licences.reportedPageId, reportedPageId)).run()
  if (terms)
    tx.insert(licences)
      .values({ reportedPageId, ...terms })
      .run()
}
