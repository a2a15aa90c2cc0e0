import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { afterWaiting, firstClocks, nextDue, unansweredAfter } from '../../src/takedowns/clocks.ts'
import { clockStanding } from '../../src/takedowns/standing.ts'
import { endStatuses } from '../../src/takedowns/statuses.ts'
import { addWorkingDays, dueAfterStanding, parseWorkWeek } from '../../src/takedowns/working-time.ts'
import { dueWords } from '../../views/staff/due-words.ts'

const calendar = {
  timeZone: 'Asia/Jerusalem',
  workWeek: parseWorkWeek('sun-thu'),
  holidays: new Set(['2026-01-13']),
}
const policy = { calendar, firstLookWorkingDays: 1, decisionWorkingDays: 3, carryOutWorkingDays: 1 }
const at = (local: string): number => Date.parse(`${local}:00+02:00`)
const monday = at('2026-01-05T10:00')

describe('what the office owes next', () => {
  test('is first a look, a working day after receipt, and a decision after three', () => {
    expect(firstClocks(monday, policy)).toEqual({
      nextDueAt: at('2026-01-06T17:00'),
      dueAt: at('2026-01-08T17:00'),
    })
  })

  test('is never a look after the decision is due', () => {
    const clocks = firstClocks(monday, { ...policy, firstLookWorkingDays: 5 })
    expect(clocks.nextDueAt).toBe(clocks.dueAt)
  })

  test('is the decision once somebody is at it, and its carrying out once decided', () => {
    const before = { status: 'received', nextDueAt: 1 } as const
    expect(nextDue(before, { status: 'in_review', dueAt: 7 }, null)).toBe(7)
    expect(nextDue({ status: 'in_review', nextDueAt: 7 }, { status: 'decided', dueAt: 7 }, 9)).toBe(9)
  })

  test('is not put off by deciding a second time', () => {
    expect(nextDue({ status: 'decided', nextDueAt: 9 }, { status: 'decided', dueAt: 7 }, 20)).toBe(9)
  })

  test('is nothing while it waits for the claimant, and nothing at an end', () => {
    const before = { status: 'in_review', nextDueAt: 7 } as const
    for (const status of [...endStatuses, 'awaiting_claimant'] as const)
      expect(nextDue(before, { status, dueAt: 7 }, null)).toBeNull()
  })
})

describe('the clock that stood still', () => {
  const dueAfter = (due: string, since: string, now: string) =>
    afterWaiting({ dueAt: at(due), waitingSince: at(since) }, at(now), calendar).dueAt

  test('goes on with as much working time as was left', () => {
    expect(dueAfter('2026-01-08T17:00', '2026-01-05T10:00', '2026-01-05T12:30')).toBe(at('2026-01-11T10:30'))
    expect(dueAfter('2026-01-08T17:00', '2026-01-08T16:00', '2026-01-11T11:00')).toBe(at('2026-01-11T12:00'))
  })

  test('skips nights, weekends and holidays', () => {
    expect(dueAfter('2026-01-06T17:00', '2026-01-06T14:00', '2026-01-12T22:00')).toBe(at('2026-01-14T11:00'))
  })

  test('leaves what was overdue already as it was', () => {
    expect(dueAfter('2026-01-05T17:00', '2026-01-06T09:00', '2026-01-07T09:00')).toBe(at('2026-01-05T17:00'))
  })

  test('never brings a due date forward, and never ends outside of office hours', () => {
    const hour = 3_600_000
    fc.assert(
      fc.property(fc.nat(24 * 60), fc.nat(24 * 20), fc.nat(24 * 20), (receipt, asked, answered) => {
        const received = monday + receipt * hour
        const due = addWorkingDays(received, 3, calendar)
        const since = received + asked * hour
        const next = dueAfterStanding(due, since, since + answered * hour, calendar)
        expect(next).toBeGreaterThanOrEqual(due)
        const local = new Date(next + 2 * hour).getUTCHours()
        expect(local).toBeGreaterThanOrEqual(8)
        // 17:00, or 18:00 by this fixed offset while summer time holds.
        expect(local).toBeLessThanOrEqual(17)
      }),
      { numRuns: 200 },
    )
  })
})

describe("the claimant's words", () => {
  test('wait for an answer since the oldest of them', () => {
    expect(unansweredAfter({ unansweredSince: null }, 'claimant_replied', 'in_review', 5)).toBe(5)
    expect(unansweredAfter({ unansweredSince: 3 }, 'claimant_replied', 'in_review', 5)).toBe(3)
  })

  test('are answered by a question, a decision and an end, or need none', () => {
    for (const action of ['ask_claimant', 'decide', 'mark_spam', 'mark_duplicate', 'need_no_answer'] as const)
      expect(unansweredAfter({ unansweredSince: 3 }, action, 'in_review', 5)).toBeNull()
  })

  test('are not answered by taking on', () => {
    expect(unansweredAfter({ unansweredSince: 3 }, 'take_on', 'in_review', 5)).toBe(3)
  })

  test('of acceptance wait, unless they end the matter', () => {
    expect(unansweredAfter({ unansweredSince: null }, 'accept_terms', 'decided', 5)).toBe(5)
    expect(unansweredAfter({ unansweredSince: null }, 'accept_terms', 'closed', 5)).toBeNull()
  })
})

describe('plain words', () => {
  const say = (locale: 'ar' | 'he' | 'en', due: string, now: string) => {
    const row = { status: 'in_review', nextDueAt: at(due), waitingSince: null } as const
    return dueWords(locale, clockStanding(row, at(now), calendar), at(now), calendar.timeZone)
  }

  test('name the day as people do', () => {
    expect(say('en', '2026-01-08T14:00', '2026-01-05T10:00')).toBe('due Thursday 14:00')
    expect(say('en', '2026-01-05T14:00', '2026-01-05T10:00')).toBe('due today 14:00')
    expect(say('en', '2026-01-06T17:00', '2026-01-05T10:00')).toBe('due tomorrow 17:00')
    expect(say('en', '2026-01-25T17:00', '2026-01-05T10:00')).toBe('due 25 January 17:00')
    expect(say('ar', '2026-01-08T14:00', '2026-01-05T10:00')).toBe('الموعد: الخميس 14:00')
    expect(say('he', '2026-01-08T14:00', '2026-01-05T10:00')).toBe('עד יום חמישי 14:00')
  })

  test('count working days of delay, in the plural of each language', () => {
    expect(say('en', '2026-01-08T17:00', '2026-01-09T10:00')).toBe('overdue since yesterday 17:00')
    expect(say('en', '2026-01-08T17:00', '2026-01-11T10:00')).toBe('overdue by 1 working day')
    expect(say('en', '2026-01-05T17:00', '2026-01-07T10:00')).toBe('overdue by 2 working days')
    expect(say('ar', '2026-01-05T17:00', '2026-01-07T10:00')).toBe('متأخر يومَي عمل')
    expect(say('he', '2026-01-05T17:00', '2026-01-07T10:00')).toBe('באיחור של שני ימי עבודה')
  })

  test('say how long it has been waiting for the claimant', () => {
    const row = { status: 'awaiting_claimant', nextDueAt: null, waitingSince: monday } as const
    const now = at('2026-01-07T09:00')
    const words = (locale: 'ar' | 'he' | 'en') =>
      dueWords(locale, clockStanding(row, now, calendar), now, calendar.timeZone)
    expect(words('en')).toBe('paused for 2 days: waiting for the claimant')
    expect(words('ar')).toBe('المدة متوقفة منذ يومين بانتظار ردّ مقدّم الطلب')
    expect(words('he')).toBe('המניין מושהה יומיים: ממתינים לפונה')
  })
})
