import type { Db } from '../db/open.ts'
import { asSubmitted } from '../takedowns/as-submitted.ts'
import { signReceipt } from '../takedowns/receipt.ts'
import type { ReceiptKey } from '../takedowns/receipt-key.ts'
import { screenshotsOf, type Takedown } from '../takedowns/store.ts'
import type { Office } from './office.ts'

/** The signed statement of what was received when: the same bytes each time it is asked for. */
export function receiptOf(db: Db, office: Office, key: ReceiptKey, now: Takedown): string {
  const { takedown, pages } = asSubmitted(db, now)
  return signReceipt(
    {
      version: 1,
      publisher: office.siteHosts[0] ?? '',
      reference: takedown.reference,
      receivedAt: new Date(takedown.receivedAt).toISOString(),
      source: takedown.source,
      claimant: { name: takedown.claimantName, phone: takedown.phoneTyped, email: takedown.email },
      pages: pages.map((page) => ({
        reported: page.reportedUrl,
        canonical: page.canonicalUrl,
      })),
      statement: takedown.statement,
      capacity: takedown.capacity,
      files: screenshotsOf(db, takedown.id, 'submitted').map(({ fileName, mediaType, bytes, sha256 }) => ({
        name: fileName,
        mediaType,
        bytes,
        sha256,
      })),
      privacyVersion: takedown.privacyVersion,
    },
    key,
  )
}
