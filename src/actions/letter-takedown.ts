import type { LetterOffice, LetterTakedown } from '../../views/letters/takedown-rows.ts'
import type { Locale } from '../i18n/locales.ts'
import { readableUrl } from '../takedowns/page-address.ts'
import type { Takedown } from '../takedowns/store.ts'
import type { Office } from './office.ts'

/** The recorded takedown as letters and receipts repeat it. */
export function letterTakedown(
  takedown: Takedown,
  pages: readonly { reportedUrl: string; canonicalUrl: string }[],
  files: LetterTakedown['files'],
): LetterTakedown & { dueAt: number; suspicion: string | null } {
  return {
    reference: takedown.reference,
    receivedAt: takedown.receivedAt,
    dueAt: takedown.dueAt,
    suspicion: takedown.suspicion,
    name: takedown.claimantName,
    phone: { typed: takedown.phoneTyped, e164: takedown.phoneE164 },
    email: takedown.email,
    statement: takedown.statement,
    capacity: takedown.capacity,
    pages: pages.map((page) => ({ ...page, readableUrl: readableUrl(page.canonicalUrl) })),
    files,
  }
}

export const letterOffice = (office: Office, locale: Locale): LetterOffice => ({
  siteName: office.siteNames[locale],
  timeZone: office.calendar.timeZone,
})
