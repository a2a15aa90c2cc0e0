import { expect, test } from 'vitest'
import { locales } from '../../src/i18n/locales.ts'
import type { DigestPart } from '../../src/takedowns/digest.ts'
import { parseWorkWeek } from '../../src/takedowns/working-time.ts'
import { digestLetter } from '../../views/letters/digest.ts'

const calendar = {
  timeZone: 'Asia/Jerusalem',
  workWeek: parseWorkWeek('sun-thu'),
  holidays: new Set<string>(),
}
const now = Date.parse('2026-01-07T08:00:00+02:00')
const part = (total: number, change: object = {}): DigestPart => ({
  total,
  rows: [
    {
      reference: 'TD-TEST-0001',
      status: 'in_review',
      nextDueAt: Date.parse('2026-01-04T17:00:00+02:00'),
      waitingSince: null,
      unansweredSince: Date.parse('2026-01-06T12:00:00+02:00'),
      receivedAt: Date.parse('2026-01-06T09:30:00+02:00'),
      assigneeName: 'נועה Example',
      ...change,
    },
  ],
})
const letter = (locale: (typeof locales)[number]) =>
  digestLetter({
    digest: {
      overdue: part(4),
      dueToday: part(1, { nextDueAt: Date.parse('2026-01-07T17:00:00+02:00') }),
      unclaimed: part(2, { status: 'received' }),
      replied: part(1),
      escalated: part(3),
    },
    mailProblems: 2,
    heldLetters: 3,
    reader: { name: 'Reader', locale },
    siteName: 'Site',
    origin: 'https://rights.example.org',
    calendar,
    now,
  })

test.each(locales)('the digest says everything in %s, with a link to all of each kind', (locale) => {
  const { subject, text, html } = letter(locale)
  for (const words of [subject, text, html]) expect(words).not.toMatch(/[{}]|undefined|null/)
  expect(text).toContain('https://rights.example.org/staff/takedowns?due=overdue')
  expect(text).toContain('https://rights.example.org/staff/takedowns?status=received&assignee=nobody')
  expect(text).toContain('https://rights.example.org/staff/settings')
  expect(html).toContain('https://rights.example.org/staff/takedowns/TD-TEST-0001')
  expect(html).toContain(locale === 'en' ? 'dir="ltr"' : 'dir="rtl"')
})

test('the digest of an English reader reads so', () => {
  const { subject, text } = letter('en')
  expect(subject).toBe('This morning at the desk: 7 overdue, 1 due today, 2 new, 1 replied, 5 mail problems')
  expect(text).toContain('Letters that did not go out (2)')
  expect(text).toContain('3 letters are held since the restore')
  expect(text).toContain('overdue by 3 working days')
  expect(text).toContain('and 3 more')
  expect(text).toContain('since yesterday 12:00')
  expect(text).toContain('received yesterday 09:30')
})
