import { eq } from 'drizzle-orm'
import type { Tx } from '../db/open.ts'
import { licences, reportedPages } from '../db/schema.ts'
import { type Licences, type LicenceTerms, licenceTerms } from './licence-terms.ts'

const stored = licenceTerms.transform((terms): LicenceTerms => terms)

/** By the id of the reported page. */
export function licencesOf(tx: Tx, takedownId: number): Licences {
  const rows = tx
    .select({ licence: licences })
    .from(licences)
    .innerJoin(reportedPages, eq(reportedPages.id, licences.reportedPageId))
    .where(eq(reportedPages.takedownId, takedownId))
    .all()
  return new Map(
    rows.map(({ licence }) => [
      licence.reportedPageId,
      { ...stored.parse(licence), acceptedWording: licence.acceptedWording },
    ]),
  )
}
