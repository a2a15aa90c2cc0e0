/** When the publisher's office works. Due dates are the publisher's own policy; no law sets them. */
export interface WorkingCalendar {
  /** IANA name. */
  readonly timeZone: string
  /** Days of the week, 0 = Sunday. */
  readonly workWeek: readonly number[]
  /** Local dates, YYYY-MM-DD. */
  readonly holidays: ReadonlySet<string>
}

const dayMs = 24 * 60 * 60 * 1000
const hourMs = 60 * 60 * 1000
const beginOfWorkMs = 8 * hourMs
const endOfWorkMs = 17 * hourMs
/** A calendar that has no working day for ten years is a mistake, not a calendar. */
const longestSearch = 3660

/**
 * 17:00 local time on the `days`-th working day after the local date of `from`; with 0 days, on that date itself or
 * the first working day after it. Times are milliseconds since the epoch. RangeError when no such day is near.
 */
export function addWorkingDays(from: number, days: number, calendar: WorkingCalendar): number {
  const today = Math.floor(localTime(from, calendar.timeZone) / dayMs)
  let left = days
  for (let day = days === 0 ? today : today + 1; day <= today + longestSearch; day += 1) {
    if (!isWorkingDay(day, calendar)) continue
    if (left <= 1) return instantOf(day * dayMs + endOfWorkMs, calendar.timeZone)
    left -= 1
  }
  throw new RangeError(`no ${days} working days within ${longestSearch} days`)
}

/** Working days that begin after the local date of `from`, up to and with that of `to`; 0 within one day. */
export function workingDaysBetween(from: number, to: number, calendar: WorkingCalendar): number {
  const [first, last] = [from, to].map((at) => Math.floor(localTime(at, calendar.timeZone) / dayMs))
  if (first === undefined || last === undefined || last <= first) return 0
  return workingDaysBefore(last + 1, calendar) - workingDaysBefore(first + 1, calendar)
}

/**
 * The moment that has as much working time (8:00 to 17:00 of working days) before it from `resumed` on as `due` had
 * from `stopped` on. What was overdue when the clock stopped stays as far overdue: no working time is given back.
 */
export function dueAfterStanding(
  due: number,
  stopped: number,
  resumed: number,
  calendar: WorkingCalendar,
): number {
  if (due <= stopped || resumed <= stopped) return due
  const left = workingTimeBetween(
    localTime(stopped, calendar.timeZone),
    localTime(due, calendar.timeZone),
    calendar,
  )
  return afterWorkingTime(resumed, left, calendar)
}

/** Between two local times. It costs the same however long that is: reports ask for it a hundred thousand times. */
const workingTimeBetween = (from: number, to: number, calendar: WorkingCalendar): number =>
  Math.max(0, workingTimeBefore(to, calendar) - workingTimeBefore(from, calendar))

/** From the beginning of 1970 to a local time. */
function workingTimeBefore(local: number, calendar: WorkingCalendar): number {
  const day = Math.floor(local / dayMs)
  const sinceBegin = local - day * dayMs - beginOfWorkMs
  const today = isWorkingDay(day, calendar) ? Math.min(Math.max(sinceBegin, 0), workingDayMs) : 0
  return workingDaysBefore(day, calendar) * workingDayMs + today
}

function afterWorkingTime(from: number, length: number, calendar: WorkingCalendar): number {
  const local = localTime(from, calendar.timeZone)
  const today = Math.floor(local / dayMs)
  let left = length
  for (let day = today; day <= today + longestSearch; day += 1) {
    if (!isWorkingDay(day, calendar)) continue
    const begin = Math.max(local, day * dayMs + beginOfWorkMs)
    const room = Math.max(0, day * dayMs + endOfWorkMs - begin)
    if (left <= room) return instantOf(begin + left, calendar.timeZone)
    left -= room
  }
  throw new RangeError(`no working day within ${longestSearch} days`)
}

/**
 * What was due before this moment is overdue by more than `workingDays` (see `workingDaysBetween`): local midnight of
 * the earliest of the last `workingDays` + 1 working days.
 */
export function overdueBefore(now: number, workingDays: number, calendar: WorkingCalendar): number {
  const today = Math.floor(localTime(now, calendar.timeZone) / dayMs)
  let left = workingDays
  for (let day = today; day >= today - longestSearch; day -= 1) {
    if (!isWorkingDay(day, calendar)) continue
    if (left === 0) return instantOf(day * dayMs, calendar.timeZone)
    left -= 1
  }
  throw new RangeError(`no ${workingDays} working days within ${longestSearch} days`)
}

/** The midnight that ends the local date of `at`. */
export function endOfLocalDay(at: number, timeZone: string): number {
  const today = Math.floor(localTime(at, timeZone) / dayMs)
  return instantOf((today + 1) * dayMs, timeZone)
}

/** One working day, 8:00 to 17:00, in milliseconds. */
export const workingDayMs = endOfWorkMs - beginOfWorkMs

/** Working time between two moments, milliseconds; 0 when `to` is the earlier one. */
export const workingTime = (from: number, to: number, calendar: WorkingCalendar): number =>
  workingTimeBetween(localTime(from, calendar.timeZone), localTime(to, calendar.timeZone), calendar)

/** The midnight that begins a local date given as YYYY-MM-DD; null where there is no such day. */
export const beginOfLocalDay = (day: string, timeZone: string): number | null =>
  isDate(day) ? instantOf(Date.parse(`${day}T00:00:00Z`), timeZone) : null

/** The local date, YYYY-MM-DD. */
export const localDayOf = (at: number, timeZone: string): string =>
  new Date(localTime(at, timeZone)).toISOString().slice(0, 10)

/** The local hour, 0 to 23. */
export const localHourOf = (at: number, timeZone: string): number =>
  new Date(localTime(at, timeZone)).getUTCHours()

/** Whether people work on the local date of `at`. */
export const isWorkingMoment = (at: number, calendar: WorkingCalendar): boolean =>
  isWorkingDay(Math.floor(localTime(at, calendar.timeZone) / dayMs), calendar)

/** `day`: days since 1 January 1970, in local time. */
const isWorkingDay = (day: number, { workWeek, holidays }: WorkingCalendar): boolean =>
  workWeek.includes(weekdayOf(day)) && !numbered(holidays).has(day)

/** How many lie between 1 January 1970 and `day`, less than none where that is earlier. */
function workingDaysBefore(day: number, calendar: WorkingCalendar): number {
  const { workWeek, holidays } = calendar
  const weeks = Math.floor(day / daysInWeek)
  let ofWorkWeek = weeks * workWeek.length
  for (let left = weeks * daysInWeek; left < day; left += 1) {
    if (workWeek.includes(weekdayOf(left))) ofWorkWeek += 1
  }
  let free = 0
  for (const holiday of numbered(holidays)) {
    if (holiday < day && workWeek.includes(weekdayOf(holiday))) free += 1
  }
  return ofWorkWeek - free
}

/** 1 January 1970 was a Thursday. */
const weekdayOf = (day: number): number => (((day + 4) % daysInWeek) + daysInWeek) % daysInWeek

const numberedSets = new WeakMap<ReadonlySet<string>, ReadonlySet<number>>()

/** Local dates as days since 1 January 1970. */
function numbered(dates: ReadonlySet<string>): ReadonlySet<number> {
  const known = numberedSets.get(dates)
  if (known) return known
  const days = new Set([...dates].map((date) => Date.parse(`${date}T00:00:00Z`) / dayMs))
  numberedSets.set(dates, days)
  return days
}

/*
 * "Local time" below is the wall clock written as if it were UTC, in milliseconds: days then have 24 hours each, and
 * summer time is met only where an instant becomes local or local becomes an instant.
 */

/** The second guess is right: no hour of work is skipped or repeated by summer time. */
function instantOf(local: number, timeZone: string): number {
  const guess = local - offsetAt(local, timeZone)
  return local - offsetAt(guess, timeZone)
}

const offsetAt = (instant: number, timeZone: string): number => localTime(instant, timeZone) - instant

function localTime(instant: number, timeZone: string): number {
  const offset = offsetOfDay(Math.floor(instant / dayMs), timeZone)
  return offset === null ? readClock(instant, timeZone) : instant + offset
}

/** Some ten years; more are asked for by nobody at once. */
const mostKnownDays = 4000
const knownOffsets = new Map<string, Map<number, number | null>>()

/**
 * Of a day of UTC; null where it changes within that day. Kept, because Intl takes a hundred times as long. No zone
 * changes there and back within a day.
 */
function offsetOfDay(day: number, timeZone: string): number | null {
  const days = knownOffsets.get(timeZone) ?? new Map<number, number | null>()
  knownOffsets.set(timeZone, days)
  const known = days.get(day)
  if (known !== undefined) return known
  const [first, last] = [day * dayMs, (day + 1) * dayMs - 1]
  const offset = readClock(first, timeZone) - first
  const constant = readClock(last, timeZone) - last === offset ? offset : null
  if (days.size >= mostKnownDays) days.clear()
  days.set(day, constant)
  return constant
}

function readClock(instant: number, timeZone: string): number {
  const wholeSeconds = Math.floor(instant / 1000) * 1000
  const parts = new Map(
    formatFor(timeZone)
      .formatToParts(wholeSeconds)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0
  const wallClock = [
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  ] as const
  return Date.UTC(...wallClock) + (instant - wholeSeconds)
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const numeric = {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  } as const
  const format = new Intl.DateTimeFormat('en-u-nu-latn-ca-gregory', {
    ...numeric,
    second: 'numeric',
    hourCycle: 'h23',
    timeZone,
  })
  formats.set(timeZone, format)
  return format
}

const dayNames: readonly string[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const daysInWeek = dayNames.length

/**
 * `sun-thu`, `mon-fri`, `sat-wed` (round the week's end), `sun,mon,wed`: days of the week in order, 0 = Sunday.
 * RangeError on anything else; its message says what is right.
 */
export function parseWorkWeek(text: string): readonly number[] {
  const days = text.toLowerCase().split(',').flatMap(daysOf)
  return [...new Set(days)].sort((a, b) => a - b)
}

function daysOf(range: string): number[] {
  const [first, last = first, ...more] = range.split('-').map(dayNumber)
  if (first === undefined || last === undefined || more.length > 0) throw notAWorkWeek()
  const length = ((last - first + daysInWeek) % daysInWeek) + 1
  return Array.from({ length }, (_, days) => (first + days) % daysInWeek)
}

function dayNumber(name: string): number {
  const day = dayNames.indexOf(name.trim())
  if (day < 0) throw notAWorkWeek()
  return day
}

const notAWorkWeek = (): RangeError =>
  new RangeError(`must be days such as sun-thu or mon,tue,thu (of ${dayNames.join(', ')})`)

/**
 * One date a line, YYYY-MM-DD; `#` begins a comment. RangeError on anything else; its message names every line at
 * fault.
 */
export function parseHolidays(text: string): ReadonlySet<string> {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/)
  const entries = lines.map((line, index) => ({ date: line.replace(/#.*$/, '').trim(), number: index + 1 }))
  const dates = entries.filter(({ date }) => date !== '')
  const faults = dates.filter(({ date }) => !isDate(date))
  if (faults.length > 0) {
    const named = faults.map(({ date, number }) => `line ${number}: ${JSON.stringify(date)}`)
    throw new RangeError(`must have one date a line, YYYY-MM-DD; ${named.join(', ')}`)
  }
  return new Set(dates.map(({ date }) => date))
}

/** A day that exists: the engine moves 30 February into March. */
function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}
