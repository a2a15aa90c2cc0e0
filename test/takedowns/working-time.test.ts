import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addWorkingDays,
  localDayOf,
  parseHolidays,
  parseWorkWeek,
  type WorkingCalendar,
  workingDaysBetween,
  workingTime,
} from '../../src/takedowns/working-time.ts'

const jerusalem: WorkingCalendar = {
  timeZone: 'Asia/Jerusalem',
  workWeek: parseWorkWeek('sun-thu'),
  holidays: new Set(),
}
const due = (from: string, days: number, calendar = jerusalem): string =>
  new Date(addWorkingDays(Date.parse(from), days, calendar)).toISOString()

describe('working days', () => {
  test('end at 17:00 local time, in winter and in summer', () => {
    expect(due('2026-01-04T10:00:00Z', 1)).toBe('2026-01-05T15:00:00.000Z')
    expect(due('2026-07-05T10:00:00Z', 1)).toBe('2026-07-06T14:00:00.000Z')
  })

  test('keep 17:00 across the nights when clocks change', () => {
    // 2026 in Israel: summer time from Friday 27 March 02:00 to Sunday 25 October 02:00.
    expect(due('2026-03-26T10:00:00Z', 1)).toBe('2026-03-29T14:00:00.000Z')
    expect(due('2026-10-22T10:00:00Z', 1)).toBe('2026-10-25T15:00:00.000Z')
  })

  test('are counted from the local date, not from the date in UTC', () => {
    expect(due('2026-01-04T22:30:00Z', 1)).toBe('2026-01-06T15:00:00.000Z')
  })

  test('leave out the weekend and the holidays', () => {
    expect(due('2026-01-08T10:00:00Z', 1)).toBe('2026-01-11T15:00:00.000Z')
    const holidays = parseHolidays('2026-01-11 # a holiday\n2026-01-12')
    expect(due('2026-01-08T10:00:00Z', 1, { ...jerusalem, holidays })).toBe('2026-01-13T15:00:00.000Z')
  })

  test('of number zero are the same day, or the next one on which people work', () => {
    expect(due('2026-01-08T20:00:00Z', 0)).toBe('2026-01-08T15:00:00.000Z')
    expect(due('2026-01-09T10:00:00Z', 0)).toBe('2026-01-11T15:00:00.000Z')
  })

  test('that never come are an error, not an endless search', () => {
    expect(() => due('2026-01-08T10:00:00Z', 1, { ...jerusalem, workWeek: [] })).toThrow(RangeError)
  })

  const instant = fc.integer({ min: Date.parse('1990-01-01'), max: Date.parse('2060-01-01') })
  const zone = fc.constantFrom('Asia/Jerusalem', 'America/New_York', 'UTC', 'Australia/Lord_Howe')
  const workWeek = fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 })
  const local = (at: number, timeZone: string, options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat('en-GB', { timeZone, ...options }).format(at)

  test('always end at 17:00 on a day of the work week', () => {
    fc.assert(
      fc.property(instant, zone, workWeek, fc.integer({ min: 0, max: 30 }), (from, timeZone, week, days) => {
        const at = addWorkingDays(from, days, { timeZone, workWeek: week, holidays: new Set() })
        expect(local(at, timeZone, { timeStyle: 'medium' })).toBe('17:00:00')
        const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
        expect(week).toContain(weekdays.indexOf(local(at, timeZone, { weekday: 'short' })))
      }),
    )
  })

  test('add up: some and then some more are as many as all at once', () => {
    const count = fc.integer({ min: 1, max: 12 })
    fc.assert(
      fc.property(instant, zone, workWeek, count, count, (from, timeZone, week, some, more) => {
        const calendar = { timeZone, workWeek: week, holidays: new Set<string>() }
        const inTwoSteps = addWorkingDays(addWorkingDays(from, some, calendar), more, calendar)
        expect(inTwoSteps).toBe(addWorkingDays(from, some + more, calendar))
      }),
    )
  })
})

describe('working time', () => {
  const instant = fc.integer({ min: Date.parse('1965-01-01'), max: Date.parse('2060-01-01') })
  const zone = fc.constantFrom('Asia/Jerusalem', 'America/New_York', 'UTC', 'Australia/Lord_Howe')
  const workWeek = fc.uniqueArray(fc.integer({ min: 0, max: 6 }))
  const free = fc.uniqueArray(fc.integer({ min: -5, max: 60 }))
  const hour = 3_600_000
  const day = 24 * hour

  test('is the hours from 8 to 17 of working days, and none of holidays and weekends', () => {
    const hours = fc.integer({ min: -10, max: 50 * 24 })
    fc.assert(
      fc.property(instant, hours, zone, workWeek, free, (some, length, timeZone, week, freeDays) => {
        const from = Math.floor(some / hour) * hour
        const holidays = new Set(freeDays.map((days) => localDayOf(from + days * day, timeZone)))
        const clock = new Intl.DateTimeFormat('en-CA', {
          timeZone,
          dateStyle: 'short',
          timeStyle: 'short',
          hourCycle: 'h23',
        })
        const isWorked = (at: number) => {
          const [date = '', time = ''] = clock.format(at).split(', ')
          const isDay = week.includes(new Date(date).getUTCDay()) && !holidays.has(date)
          return isDay && time >= '08:00' && time < '17:00'
        }
        // Looked at by half hours, which the zones' offsets are whole numbers of.
        const halves = Array.from({ length: Math.max(0, length) * 2 }, (_, nth) => from + (nth * hour) / 2)
        const expected = (halves.filter(isWorked).length * hour) / 2
        const calendar = { timeZone, workWeek: week, holidays }
        expect(workingTime(from, from + length * hour, calendar)).toBe(expected)
      }),
    )
  })

  test('in whole days is counted day by day', () => {
    const days = fc.integer({ min: -3, max: 60 })
    fc.assert(
      fc.property(instant, days, workWeek, free, (from, length, week, freeDays) => {
        const holidays = new Set(freeDays.map((days) => localDayOf(from + days * day, 'UTC')))
        const between = Array.from({ length: Math.max(0, length) }, (_, nth) => from + (nth + 1) * day)
        const expected = between.filter(
          (at) => week.includes(new Date(at).getUTCDay()) && !holidays.has(localDayOf(at, 'UTC')),
        )
        const calendar = { timeZone: 'UTC', workWeek: week, holidays }
        expect(workingDaysBetween(from, from + length * day, calendar)).toBe(expected.length)
      }),
    )
  })

  test('is right on the day on which the clock changes', () => {
    const newYork = { timeZone: 'America/New_York', workWeek: [0], holidays: new Set<string>() }
    const between = (from: string, to: string) => workingTime(Date.parse(from), Date.parse(to), newYork)
    // Summer time from 07:00 UTC on, and until 06:00 UTC.
    expect(between('2026-03-08T12:00Z', '2026-03-08T14:00Z')).toBe(2 * hour)
    expect(between('2026-11-01T12:00Z', '2026-11-01T14:00Z')).toBe(hour)
  })

  test('takes no longer to find for twenty years than for a day', () => {
    const begun = performance.now()
    for (let nth = 0; nth < 20_000; nth += 1) {
      workingTime(Date.parse('2006-01-01') + nth * hour, Date.parse('2026-01-01'), jerusalem)
    }
    // A day at a time it takes a minute.
    expect(performance.now() - begun).toBeLessThan(5000)
  })
})

describe('the work week', () => {
  test.each([
    ['sun-thu', [0, 1, 2, 3, 4]],
    ['Mon-Fri', [1, 2, 3, 4, 5]],
    ['sat-wed', [0, 1, 2, 3, 6]],
    ['sun, tue ,sun-mon', [0, 1, 2]],
  ])('%s is understood', (text, days) => {
    expect(parseWorkWeek(text)).toEqual(days)
  })

  test.each(['', 'sun-', 'sunday', 'sun-mon-tue', '0-4', 'sun,,mon'])('%j is refused', (text) => {
    expect(() => parseWorkWeek(text)).toThrow('sun-thu')
  })
})

describe('the list of holidays', () => {
  test('holds dates, comments and blank lines', () => {
    const text = '\ufeff# 2026\r\n2026-09-12 # Rosh Hashana\r\n\r\n 2026-09-13\n'
    expect([...parseHolidays(text)]).toEqual(['2026-09-12', '2026-09-13'])
  })

  test('names every line that is no date', () => {
    expect(() => parseHolidays('2026-02-30\n2026-03-01\n1/4/2026')).toThrow(
      'line 1: "2026-02-30", line 3: "1/4/2026"',
    )
  })
})
