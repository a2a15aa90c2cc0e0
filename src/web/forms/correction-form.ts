import type { SummaryError } from '../../../views/components/error-summary.tsx'
import type { TypedCorrection } from '../../../views/staff/correction-form.tsx'
import type { Corrected, CorrectedPage } from '../../actions/correct-fields.ts'
import { isLocale } from '../../i18n/locales.ts'
import { isOneAddress } from '../../outbox/address.ts'
import { readableUrl, readPageAddresses } from '../../takedowns/page-address.ts'
import type { ReportedPage, Takedown } from '../../takedowns/store.ts'
import { checkName, checkPhone, type Fields, mostPages, pageError } from './takedown-form.ts'
import { typedText } from './typed-text.ts'

export type CheckedCorrection = { ok: true; value: Corrected } | { ok: false; errors: SummaryError[] }

type Site = { hosts: readonly string[]; name: string }

export function readTypedCorrection(fields: Fields, pages: readonly ReportedPage[]): TypedCorrection {
  const first = (name: string) => typedText(fields[name]?.[0])
  return {
    name: first('name'),
    phone: first('phone'),
    email: first('email'),
    locale: first('locale'),
    pages: (fields.page ?? []).slice(0, mostPages).filter((page) => page.trim() !== ''),
    reported: new Map(
      pages.flatMap(({ id }) => {
        const typed = fields[`page-${id}`]?.[0]
        return typed === undefined ? [] : [[id, typed]]
      }),
    ),
  }
}

/** By the rules of the public form, but that name, phone and email may stay empty: a mail may lack them. */
export function checkCorrection(
  typed: TypedCorrection,
  takedown: Takedown,
  pages: readonly ReportedPage[],
  site: Site,
): CheckedCorrection {
  const errors: SummaryError[] = []
  const name = checkNameOf(typed.name, takedown, errors)
  const phone = checkPhoneOf(typed.phone, errors)
  const email = checkEmailOf(typed.email, errors)
  const correctedPages = pages.flatMap((page) =>
    checkReported(page, typed.reported.get(page.id), site, errors),
  )
  const addedPages = checkAdded(typed.pages, site, errors)
  refuseTwice(pages, correctedPages, addedPages, errors)
  // Only a program sends another language than those of the list.
  const locale = isLocale(typed.locale) ? typed.locale : takedown.locale
  if (errors.length > 0) return { ok: false, errors: firstOfEachField(errors) }
  return { ok: true, value: { name, phone, email, locale, addedPages, correctedPages } }
}

/** A longer name that came with the mail may stay as it is. */
function checkNameOf(typed: string, { claimantName }: Takedown, errors: SummaryError[]): string {
  if (typed === '' || typed === claimantName) return typed
  const faults: Parameters<typeof checkName>[1] = []
  const name = checkName(typed, faults)
  for (const sentence of faults) errors.push({ fieldId: 'correct-name', sentence })
  return name
}

function checkPhoneOf(typed: string, errors: SummaryError[]): Corrected['phone'] {
  const none = { typed: '', e164: null }
  if (typed === '') return none
  const faults: Parameters<typeof checkPhone>[1] = []
  const phone = checkPhone(typed, faults)
  for (const sentence of faults) errors.push({ fieldId: 'correct-phone', sentence })
  return phone ?? none
}

function checkEmailOf(typed: string, errors: SummaryError[]): string | null {
  const email = typed.toLowerCase()
  if (email === '') return null
  if (!isOneAddress(email))
    errors.push({ fieldId: 'correct-email', sentence: { key: 'staff.mail.badAddress' } })
  return email
}

/** Id of the field that holds the address of a page that is reported already. */
const fieldOf = (pageId: number) => `correct-page-${pageId}`

/** Nothing where the address is the same page as before, however it is written. */
function checkReported(
  page: ReportedPage,
  typed: string | undefined,
  site: Site,
  errors: SummaryError[],
): CorrectedPage[] {
  if (typed === undefined || typed.trim() === page.reportedUrl.trim()) return []
  const fieldId = fieldOf(page.id)
  const { pages, faults } = readPageAddresses([typed], site.hosts)
  const [fault] = faults
  const [address] = pages
  if (fault) errors.push({ fieldId, sentence: pageError(fault, site) })
  else if (!address) errors.push({ fieldId, sentence: { key: 'form.error.page.missing' } })
  else if (pages.length > 1) errors.push({ fieldId, sentence: { key: 'case.mail.onePage' } })
  else if (address.canonicalUrl !== page.canonicalUrl) return [{ pageId: page.id, ...address }]
  return []
}

function checkAdded(typed: readonly string[], site: Site, errors: SummaryError[]): Corrected['addedPages'] {
  const { pages, faults } = readPageAddresses(typed, site.hosts)
  for (const fault of faults) errors.push({ fieldId: 'correct-page', sentence: pageError(fault, site) })
  return pages
}

/** A page is reported once. */
function refuseTwice(
  pages: readonly ReportedPage[],
  corrected: readonly CorrectedPage[],
  added: Corrected['addedPages'],
  errors: SummaryError[],
) {
  const taken = new Set(pages.map(({ canonicalUrl }) => canonicalUrl))
  const asked = [
    ...corrected.map((page) => ({ ...page, fieldId: fieldOf(page.pageId) })),
    ...added.map((page) => ({ ...page, fieldId: 'correct-page' })),
  ]
  for (const { fieldId, canonicalUrl } of asked) {
    if (taken.has(canonicalUrl))
      errors.push({
        fieldId,
        sentence: { key: 'case.mail.reportedAlready', params: { page: readableUrl(canonicalUrl) } },
      })
    taken.add(canonicalUrl)
  }
}

const firstOfEachField = (errors: readonly SummaryError[]): SummaryError[] =>
  errors.filter(({ fieldId }, index) => errors.findIndex((error) => error.fieldId === fieldId) === index)
