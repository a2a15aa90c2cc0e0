import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { phoneDigits, readPhone } from '../../src/takedowns/phone.ts'

const e164 = (typed: string): string | null | undefined => {
  const phone = readPhone(typed)
  return phone.ok ? phone.e164 : undefined
}

describe('a phone number', () => {
  test.each([
    ['050-123-4567', '+972501234567'],
    ['0501234567', '+972501234567'],
    ['050.123.4567', '+972501234567'],
    ['(050) 123 4567', '+972501234567'],
    ['050–123־4567', '+972501234567'],
    ['+972 50 123 4567', '+972501234567'],
    ['+972 (0)50-1234567', '+972501234567'],
    ['+9720501234567', '+972501234567'],
    ['00972501234567', '+972501234567'],
    ['972501234567', '+972501234567'],
    ['972-50-123-4567+', '+972501234567'],
    ['٠٥٠-١٢٣-٤٥٦٧', '+972501234567'],
    ['۰۵۰۱۲۳۴۵۶۷', '+972501234567'],
    ['０５０－１２３－４５６７', '+972501234567'],
    ['＋972 50 123 4567', '+972501234567'],
    ['\u200e+972\u00a050\u202f123\u20094567\u200f', '+972501234567'],
    ['\u2066050\u206f-1234567\u2069', '+972501234567'],
    ['tel:050-1234567', '+972501234567'],
    ['جوال: 0501234567', '+972501234567'],
    ['04-6123456', '+97246123456'],
    ['04-6123456 ext. 12', '+97246123456'],
    ['04-6123456 שלוחה 12', '+97246123456'],
    ['٠٤-٦١٢٣٤٥٦ تحويلة ١٢', '+97246123456'],
    ['1-700-700-700', '+9721700700700'],
    ['0599123456', '+970599123456'],
    ['056-9123456', '+970569123456'],
    ['599 123 456', '+970599123456'],
    ['+970 59 912 3456', '+970599123456'],
    ['00970 59 9123456', '+970599123456'],
    ['970599123456', '+970599123456'],
    ['+972 59 912 3456', '+972599123456'],
    ['+1 (212) 555-1234', '+12125551234'],
    ['+44 20 7946 0958', '+442079460958'],
    ['0044 20 7946 0958', '+442079460958'],
  ])('%s is %s', (typed, expected) => {
    expect(e164(typed)).toBe(expected)
  })

  test.each(['050-1234567 / 052-7654321', '99999999999999999999', '+999 123 4567 89'])(
    '%s does not parse and is accepted as it is',
    (typed) => {
      expect(readPhone(typed)).toEqual({ ok: true, typed, e164: null })
    },
  )

  test('keeps the person’s own digits and spelling, without what nobody sees', () => {
    expect(readPhone(' \u202b٠٥٠–١٢٣ ٤٥٦٧\u202c\n')).toMatchObject({ typed: '٠٥٠–١٢٣ ٤٥٦٧' })
  })

  test.each([
    ['', 'empty'],
    [' \u200f\u200b\n', 'empty'],
    ['call me', 'notAPhone'],
    ['123456', 'notAPhone'],
    ['name@example.org', 'notAPhone'],
    ['0501234567'.repeat(11), 'tooLong'],
  ] as const)('%j is refused: %s', (typed, fault) => {
    expect(readPhone(typed)).toEqual({ ok: false, fault })
  })

  test('of the mobile networks is the same in every spelling', () => {
    const digitSets = fc.constantFrom('0123456789', '٠١٢٣٤٥٦٧٨٩', '۰۱۲۳۴۵۶۷۸۹', '０１２３４５６７８９')
    const gap = fc.constantFrom('', ' ', '-', '.', '\u200f', '\u00a0', '־', '–')
    const start = fc.constantFrom('0', '+972', '+972 0', '00972', '972')
    const subscriber = fc.stringMatching(/^[0-9]{7}$/)
    fc.assert(
      fc.property(start, fc.constantFrom('0', '2', '3', '4', '8'), subscriber, gap, digitSets, (...parts) => {
        const [prefix, network, rest, between, digits] = parts
        const plain = `${prefix}5${network}${between}${rest.slice(0, 3)}${between}${rest.slice(3)}`
        const typed = plain.replace(/[0-9]/g, (digit) => [...digits][Number(digit)] ?? '')
        expect(e164(typed)).toBe(`+9725${network}${rest}`)
      }),
    )
  })

  test('is never an exception, and never E.164 that is none', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[+0-9٠-٩ ()x*#;=.-]*$/))
    fc.assert(
      fc.property(text, (typed) => {
        expect(e164(typed) ?? '+1234567').toMatch(/^\+[1-9]\d{4,16}$/)
      }),
    )
  })
})

test('for search, digits of every script are the same', () => {
  expect(phoneDigits('+٩٧٢ (50) ۱۲۳-４５６7')).toBe('972501234567')
})
