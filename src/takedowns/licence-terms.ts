import { z } from 'zod'
import { formatDate } from '../i18n/format.ts'
import { type Locale, locales } from '../i18n/locales.ts'
import { translate, translatorFor } from '../i18n/translate.ts'
import { asciiDigits } from './typed-digits.ts'

/** ISO 4217; amounts are kept in hundredths, the dinar's too. */
export const currencies = ['ILS', 'USD', 'EUR', 'JOD', 'GBP'] as const
export type Currency = (typeof currencies)[number]

/** What the material stays under; of `credited` only the credit line. Days are YYYY-MM-DD, both included. */
export const licenceTerms = z.object({
  scope: z.string(),
  medium: z.string(),
  fromDay: z.string().nullable(),
  untilDay: z.string().nullable(),
  feeMinor: z.number().nullable(),
  currency: z.enum(currencies).nullable(),
  creditLine: z.string().nullable(),
})
export type LicenceTerms = z.infer<typeof licenceTerms>

/** The terms as decided for one page; `acceptedWording` once the claimant has agreed to them. */
export type Licence = LicenceTerms & { readonly acceptedWording: string | null }
export type Licences = ReadonlyMap<number, Licence>

/** A licence is its terms and more; only the terms are compared. */
export const isSameTerms = (one: LicenceTerms | null, other: LicenceTerms | null): boolean =>
  one === null || other === null ? one === other : termNames.every((name) => one[name] === other[name])

const termNames = licenceTerms.keyof().options

/** A million millions: beyond it, somebody's finger slipped. */
const longestAmount = 12

/**
 * Hundredths of `1,200.50`, in the digits and marks of any of the three languages (`١٬٢٠٠٫٥٠`); a comma before two
 * digits at the end is taken for a point. Null where it is no amount.
 */
export function parseAmount(typed: string): number | null {
  const text = asciiDigits(typed.trim())
    .replace(/[\s\u00a0\u202f\u066c'’]/gu, '')
    .replace(/\u066b/gu, '.')
  const match =
    /^(?<whole>\d{1,3}(?:,\d{3})+|\d+)(?:[.](?<part>\d{1,2}))?$/.exec(text) ??
    /^(?<whole>\d+),(?<part>\d{2})$/.exec(text)
  const whole = match?.groups?.whole?.replaceAll(',', '')
  if (whole === undefined || whole.length > longestAmount) return null
  return Number(whole) * 100 + Number((match?.groups?.part ?? '').padEnd(2, '0'))
}

/** `1,200.50 ILS`, left to right in every language. */
export const formatAmount = (minor: number, currency: string): string => {
  const whole = String(Math.floor(minor / 100)).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${whole}.${String(minor % 100).padStart(2, '0')} ${currency}`
}

/** As typed into a form, without marks between the thousands. */
export const plainAmount = (minor: number): string =>
  `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`

/**
 * What is offered for one page, word for word, as the claimant reads it in letter and page and agrees to it. Without
 * recorded terms it is what staff wrote. Null where there is nothing to say.
 */
export function termsWording(
  locale: Locale,
  terms: LicenceTerms | null,
  reason: string | null,
): string | null {
  const t = translatorFor(locale)
  const day = (text: string) => formatDate(locale, Date.parse(`${text}T12:00:00Z`), 'UTC')
  const lines = terms
    ? [
        terms.scope && t('terms.line.scope', { value: terms.scope }),
        terms.medium && t('terms.line.medium', { value: terms.medium }),
        periodLine(terms, t, day),
        terms.feeMinor !== null &&
          terms.currency !== null &&
          t('terms.line.fee', { value: formatAmount(terms.feeMinor, terms.currency) }),
        terms.scope && terms.feeMinor === null && t('terms.line.noFee'),
        terms.creditLine && t('terms.line.credit', { value: terms.creditLine }),
      ]
    : []
  const text = [...lines, reason].filter((line) => line).join('\n')
  return text === '' ? null : text
}

/** As `formatAmount` writes it, whatever words stand before it. */
const endsInAmount = /\d\.\d{2} [A-Z]{3}$/
const saysNoFee = new Set(locales.map((locale) => translate(locale, 'terms.line.noFee')))

/** The same words without what they say of a fee: for readers who may not see money. */
export const withoutFee = (wording: string): string =>
  wording
    .split(/\r\n?|\n/)
    .filter((line) => !endsInAmount.test(line) && !saysNoFee.has(line))
    .join('\n')

function periodLine(
  { fromDay, untilDay, scope }: LicenceTerms,
  t: ReturnType<typeof translatorFor>,
  day: (text: string) => string,
): string | null {
  if (fromDay && untilDay) return t('terms.line.fromUntil', { from: day(fromDay), until: day(untilDay) })
  if (fromDay) return t('terms.line.from', { from: day(fromDay) })
  if (untilDay) return t('terms.line.until', { until: day(untilDay) })
  return scope === '' ? null : t('terms.line.noEnd')
}

/** What stands, or stood when the claimant agreed, for this page. */
export function wordingOf(
  locale: Locale,
  page: { readonly id: number; readonly reason: string | null },
  known: Licences,
): string | null {
  const licence = known.get(page.id)
  return licence?.acceptedWording ?? termsWording(locale, licence ?? null, page.reason)
}
