import { expect, test } from 'vitest'
import { formatBytes, formatDate, formatDateTime } from '../../src/i18n/format.ts'
import { locales } from '../../src/i18n/locales.ts'

const at = Date.UTC(2026, 10, 3, 12, 5)

test('a moment names its zone in every language', () => {
  expect(formatDateTime('en', at, 'Asia/Jerusalem')).toBe('3 November 2026 at 14:05 (Israel Time)')
  expect(formatDateTime('ar', at, 'Asia/Jerusalem')).toMatch(/3 .+ 2026 .*14:05 \(.+\)$/)
  expect(formatDateTime('he', at, 'Asia/Jerusalem')).toMatch(/3 .+ 2026 .*14:05 \(.+\)$/)
})

test.each(locales)('in %s digits are 0 to 9 and the calendar is Gregorian', (locale) => {
  expect(formatDate(locale, at, 'Asia/Jerusalem')).toMatch(/^3 \D+ 2026$/)
  expect(formatDateTime(locale, at, 'UTC')).not.toMatch(/[\u0660-\u0669\u06f0-\u06f9]/u)
})

test('sizes are told in the unit that a person reads', () => {
  expect([999, 340_000, 999_600, 1_234_567, 10_000_000].map(formatBytes)).toEqual([
    '999 B',
    '340 kB',
    '1 MB',
    '1.2 MB',
    '10 MB',
  ])
})
