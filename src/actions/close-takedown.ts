import { decisionLetter } from '../../views/letters/to-claimant.ts'
import type { Tx } from '../db/open.ts'
import { type Actor, recordEvent } from '../takedowns/events.ts'
import { wordingOf } from '../takedowns/licence-terms.ts'
import { licencesOf } from '../takedowns/licences.ts'
import { readableUrl } from '../takedowns/page-address.ts'
import { pagesOf, type Takedown } from '../takedowns/store.ts'
import { letterOffice } from './letter-takedown.ts'
import type { Office } from './office.ts'
import { claimantLink, postToClaimant } from './post-letter.ts'

/** The end of a decided takedown, inside the act that settled its last page: one event, one decision letter. */
export function closeTakedown(tx: Tx, office: Office, takedown: Takedown, actor: Actor, now: number): void {
  recordEvent(tx, { takedownId: takedown.id, at: now, actor, type: 'closed', detail: {} })
  const known = licencesOf(tx, takedown.id)
  const pages = pagesOf(tx, takedown.id).flatMap((page) => {
    const { outcome, canonicalUrl, keptGround, reason, useStateAt } = page
    if (outcome === null) return []
    const terms = known.has(page.id) ? wordingOf(takedown.locale, page, known) : null
    return [{ readableUrl: readableUrl(canonicalUrl), outcome, keptGround, reason, useStateAt, terms }]
  })
  postToClaimant(tx, office, {
    takedown,
    kind: 'decision',
    cause: `closed-${takedown.version}`,
    letter: decisionLetter(
      { reference: takedown.reference, name: takedown.claimantName, pages },
      { ...letterOffice(office, takedown.locale), statusUrl: claimantLink(office, takedown) },
      takedown.locale,
    ),
    now,
  })
}
