import { offerLetter } from '../../views/letters/to-claimant.ts'
import type { Tx } from '../db/open.ts'
import { wordingOf } from '../takedowns/licence-terms.ts'
import { licencesOf } from '../takedowns/licences.ts'
import { isOffered } from '../takedowns/offers.ts'
import { readableUrl } from '../takedowns/page-address.ts'
import { pagesOf, type Takedown } from '../takedowns/store.ts'
import { letterOffice } from './letter-takedown.ts'
import type { Office } from './office.ts'
import { claimantLink, postToClaimant } from './post-letter.ts'

/** Inside a decision that leaves terms open: the claimant is told of them by letter, where there is an email. */
export function offerTerms(tx: Tx, office: Office, takedown: Takedown, now: number): void {
  const known = licencesOf(tx, takedown.id)
  const offers = pagesOf(tx, takedown.id)
    .filter(isOffered)
    .map((page) => ({
      readableUrl: readableUrl(page.canonicalUrl),
      terms: wordingOf(takedown.locale, page, known) ?? '',
    }))
  if (offers.length === 0) return
  postToClaimant(tx, office, {
    takedown,
    kind: 'offer',
    cause: `offer-${takedown.version}`,
    letter: offerLetter(
      { reference: takedown.reference, name: takedown.claimantName, offers },
      { ...letterOffice(office, takedown.locale), statusUrl: claimantLink(office, takedown) },
      takedown.locale,
    ),
    now,
  })
}
