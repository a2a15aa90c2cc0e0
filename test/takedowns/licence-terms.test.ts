import { describe, expect, test } from 'vitest'
import {
  formatAmount,
  isSameTerms,
  type LicenceTerms,
  parseAmount,
  plainAmount,
  termsWording,
} from '../../src/takedowns/licence-terms.ts'
import { checkTerms } from '../../src/web/forms/licence-form.ts'

describe('an amount', () => {
  test('is read in the digits and marks of the three languages', () => {
    for (const typed of ['1200.50', '1,200.50', '1200,50', ' 1 200.5 ', '١٢٠٠٫٥٠', '١٬٢٠٠٫٥', '۱۲۰۰٫۵۰'])
      expect(parseAmount(typed), typed).toBe(120_050)
    expect(parseAmount('300')).toBe(30_000)
    expect(parseAmount('1,200')).toBe(120_000)
    expect(parseAmount('0')).toBe(0)
  })

  test('is refused where it is none', () => {
    for (const typed of ['', '-5', 'x', '1.234.5', '12,34,567', '1.234', '1e9', '9999999999999', '١-٢'])
      expect(parseAmount(typed), typed).toBeNull()
  })

  test('is written left to right, and as it is typed again', () => {
    expect(formatAmount(120_050, 'ILS')).toBe('1,200.50 ILS')
    expect(formatAmount(5, 'EUR')).toBe('0.05 EUR')
    expect(parseAmount(plainAmount(123_456_789))).toBe(123_456_789)
  })
})

const terms: LicenceTerms = {
  scope: 'One photo',
  medium: 'Website',
  fromDay: '2026-11-01',
  untilDay: '2027-10-31',
  feeMinor: 30_000,
  currency: 'ILS',
  creditLine: 'Photo: Example',
}

describe('the wording', () => {
  test('says every term, in the language of the claimant', () => {
    expect(termsWording('en', terms, 'Thank you')).toBe(
      'Use: One photo\nWhere: Website\nFrom 1 November 2026 until 31 October 2027\nFee: 300.00 ILS\nCredit line: Photo: Example\nThank you',
    )
    expect(termsWording('ar', terms, null)).toContain('المقابل المالي: 300.00 ILS')
    expect(termsWording('he', terms, null)).toContain('תשלום: 300.00 ILS')
  })

  test('says that there is no fee and no end, rather than nothing', () => {
    const open = { ...terms, fromDay: null, untilDay: null, feeMinor: null, currency: null, creditLine: null }
    expect(termsWording('en', open, null)).toBe(
      'Use: One photo\nWhere: Website\nWithout an end\nWithout a fee',
    )
  })

  test('of a credit is its line, and without terms what staff wrote', () => {
    const credit = { ...terms, scope: '', medium: '', fromDay: null, untilDay: null, feeMinor: null }
    expect(termsWording('en', credit, null)).toBe('Credit line: Photo: Example')
    expect(termsWording('en', null, 'In our words')).toBe('In our words')
    expect(termsWording('en', null, null)).toBeNull()
  })

  test('changes when any term does', () => {
    expect(isSameTerms(terms, { ...terms })).toBe(true)
    expect(isSameTerms(terms, { ...terms, currency: 'USD' })).toBe(false)
    expect(isSameTerms(terms, null)).toBe(false)
    expect(isSameTerms(null, null)).toBe(true)
  })
})

describe('the form of the terms', () => {
  const empty = { scope: '', medium: '', from: '', until: '', fee: '', currency: 'ILS', credit: '' }
  const check = (
    change: Partial<typeof empty>,
    outcome: 'licensed' | 'credited' | 'removed' = 'licensed',
  ) => {
    const faults: string[] = []
    const value = checkTerms({ ...empty, ...change }, outcome, (field) => faults.push(field))
    return { value, faults }
  }

  test('is read with Arabic digits', () => {
    const { value, faults } = check({
      scope: 'a',
      medium: 'b',
      from: '٢٠٢٦-١١-٠١',
      fee: '٣٠٠',
      currency: 'JOD',
    })
    expect(faults).toEqual([])
    expect(value).toMatchObject({
      fromDay: '2026-11-01',
      untilDay: null,
      feeMinor: 30_000,
      currency: 'JOD',
    })
  })

  test('names each fault', () => {
    expect(check({ fee: '5' }).faults).toEqual(['scope', 'medium'])
    const filled = { scope: 'a', medium: 'b' }
    expect(check({ ...filled, from: '2026-02-30' }).faults).toEqual(['from'])
    expect(check({ ...filled, from: '2026-02-02', until: '2026-02-01' }).faults).toEqual(['until'])
    expect(check({ ...filled, fee: 'much' }).faults).toEqual(['fee'])
    expect(check({ ...filled, fee: '5', currency: 'XXX' }).faults).toEqual(['currency'])
    expect(check({ ...filled, credit: 'x'.repeat(1001) }).faults).toEqual(['credit'])
  })

  test('is nothing where nothing is filled in, or where the outcome has no terms', () => {
    expect(check({}).value).toBeNull()
    expect(check({ scope: 'a', medium: 'b' }, 'removed').value).toBeNull()
    expect(check({ credit: 'Photo: X' }, 'credited').value).toMatchObject({
      scope: '',
      creditLine: 'Photo: X',
    })
  })
})
