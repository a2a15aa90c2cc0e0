import { eq } from 'drizzle-orm'
import type { Db } from '../db/open.ts'
import { licences, reportedPages } from '../db/schema.ts'
import { Failure } from '../lib/failures.ts'
import { recordEvent } from '../takedowns/events.ts'
import { wordingOf } from '../takedowns/licence-terms.ts'
import { licencesOf } from '../takedowns/licences.ts'
import { isSettled, needsAcceptance, outcomeUseState } from '../takedowns/outcomes.ts'
import { pagesOf, type ReportedPage } from '../takedowns/store.ts'
import { type Change, changeTakedown } from './change-takedown.ts'
import { closeTakedown } from './close-takedown.ts'
import type { Office } from './office.ts'

/**
 * The claimant agrees that the material stays, under a licence or with the credit mended. The wording agreed to is
 * kept in the event. `terms` is what the page showed: when staff changed it meanwhile, the act is refused (409).
 */
export function acceptTerms(
  db: Db,
  office: Office,
  reference: string,
  accepted: { pageId: number; terms: string },
  now: number,
): Change {
  return changeTakedown(db, { reference, version: null, now }, 'accept_terms', (tx, takedown) => {
    const page = pagesOf(tx, takedown.id).find((candidate) => candidate.id === accepted.pageId)
    const outcome = page?.outcome
    const wording = page ? wordingOf(takedown.locale, page, licencesOf(tx, takedown.id)) : null
    if (!outcome || !isOffered(page, wording, accepted.terms)) throw new Failure(409, 'error.stale')
    tx.update(reportedPages)
      .set({ acceptedAt: now, useState: outcomeUseState(outcome, true) ?? 'kept', useStateAt: now })
      .where(eq(reportedPages.id, accepted.pageId))
      .run()
    tx.update(licences)
      .set({ acceptedWording: wording })
      .where(eq(licences.reportedPageId, accepted.pageId))
      .run()
    const actor = { kind: 'claimant' } as const
    recordEvent(tx, { takedownId: takedown.id, at: now, actor, type: 'terms_accepted', detail: accepted })
    const closed = pagesOf(tx, takedown.id).every(isSettled)
    if (closed) closeTakedown(tx, office, takedown, actor, now)
    return { row: closed ? { status: 'closed' } : {}, value: undefined }
  })
}

const isOffered = ({ outcome, acceptedAt }: ReportedPage, wording: string | null, terms: string): boolean =>
  outcome !== null &&
  needsAcceptance(outcome) &&
  acceptedAt === null &&
  sameLines(wording ?? '') === sameLines(terms)

/** Forms send CR LF for whatever line end stands in the page. */
const sameLines = (text: string) => text.replace(/\r\n?/g, '\n')
