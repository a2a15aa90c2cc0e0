import type { TypedTerms } from '../../../views/staff/licence-fields.tsx'
import { currencies, type LicenceTerms, parseAmount } from '../../takedowns/licence-terms.ts'
import type { Outcome } from '../../takedowns/outcomes.ts'
import { asciiDigits } from '../../takedowns/typed-digits.ts'
import type { Fields } from './takedown-form.ts'
import { typedText } from './typed-text.ts'

/** The fields of one page, as typed. */
export function readTypedTerms(fields: Fields, pageId: number): TypedTerms {
  const value = (name: string) => typedText(fields[`${name}-${pageId}`]?.[0])
  return {
    scope: value('scope'),
    medium: value('medium'),
    from: value('from'),
    until: value('until'),
    fee: value('fee'),
    currency: value('currency'),
    credit: value('credit'),
  }
}

export type TermsFault = 'scope' | 'medium' | 'from' | 'until' | 'fee' | 'currency' | 'tooLong'
const longestTerm = 1000

/**
 * The terms that go with `outcome`, each fault told by field and name. Null for other outcomes, and where none were
 * filled in: then the terms are what staff wrote in their own words.
 */
export function checkTerms(
  typed: TypedTerms,
  outcome: Outcome,
  fail: (field: keyof TypedTerms, fault: TermsFault) => void,
): LicenceTerms | null {
  for (const field of ['scope', 'medium', 'credit'] as const)
    if (typed[field].length > longestTerm) fail(field, 'tooLong')
  const creditLine = typed.credit === '' ? null : typed.credit
  if (outcome === 'credited' && creditLine !== null) return { ...noTerms, creditLine }
  if (outcome !== 'licensed' || isEmpty(typed)) return null
  if (typed.scope === '') fail('scope', 'scope')
  if (typed.medium === '') fail('medium', 'medium')
  const [fromDay, untilDay] = [dayOf(typed.from), dayOf(typed.until)]
  if (typed.from !== '' && fromDay === null) fail('from', 'from')
  if ((typed.until !== '' && untilDay === null) || (fromDay && untilDay && untilDay < fromDay))
    fail('until', 'until')
  const feeMinor = typed.fee === '' ? null : parseAmount(typed.fee)
  if (typed.fee !== '' && feeMinor === null) fail('fee', 'fee')
  const currency = currencies.find((known) => known === typed.currency) ?? null
  if (feeMinor !== null && currency === null) fail('currency', 'currency')
  const { scope, medium } = typed
  // A fee of nothing is no fee.
  const isPaid = feeMinor !== null && feeMinor > 0
  const fee = { feeMinor: isPaid ? feeMinor : null, currency: isPaid ? currency : null }
  return { scope, medium, fromDay, untilDay, ...fee, creditLine }
}

const noTerms: LicenceTerms = {
  scope: '',
  medium: '',
  fromDay: null,
  untilDay: null,
  feeMinor: null,
  currency: null,
  creditLine: null,
}

/** The currency has a choice of its own accord: it alone says nothing. */
const isEmpty = ({ currency: _, ...typed }: TypedTerms): boolean =>
  Object.values(typed).every((value) => value === '')

/** YYYY-MM-DD of a day that exists, in any digits. */
function dayOf(typed: string): string | null {
  const text = asciiDigits(typed)
  const date = new Date(`${text}T00:00:00Z`)
  const exists = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime())
  return exists && date.toISOString().startsWith(text) ? text : null
}
