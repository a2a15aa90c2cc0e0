import { describe, expect, it, test } from 'vitest'
import { decideTakedown } from '../../src/actions/decide-takedown.ts'
import { takeOnTakedown } from '../../src/actions/take-on-takedown.ts'
import { decisionTime } from '../../src/takedowns/decision-time.ts'
import { median, readReport } from '../../src/takedowns/reports.ts'
import { parseWorkWeek, workingDayMs } from '../../src/takedowns/working-time.ts'
import { reportedPagesOf, takedownOf } from '../support/claimant.ts'
import { readPage } from '../support/read-page.ts'
import { testApp } from '../support/test-app.ts'

const hour = 3_600_000
const day = 24 * hour
const calendar = {
  timeZone: 'Asia/Jerusalem',
  workWeek: parseWorkWeek('sun-thu'),
  holidays: new Set<string>(),
}
const policy = { calendar, firstLookWorkingDays: 1, decisionWorkingDays: 3, carryOutWorkingDays: 1 }
const at = (local: string) => Date.parse(`${local}:00+02:00`)

describe('the time to a decision', () => {
  const received = at('2026-01-05T10:00')

  test('is working time, without nights and weekends', () => {
    const steps = [{ type: 'decided', at: at('2026-01-11T09:00') }]
    // Monday 7 hours, three whole days, Sunday one hour.
    expect(decisionTime(received, steps, policy)).toEqual({
      taken: 8 * hour + 3 * workingDayMs,
      isWithinPolicy: false,
    })
  })

  test('leaves out what the claimant took to answer', () => {
    const steps = [
      { type: 'claimant_asked', at: at('2026-01-05T12:00') },
      { type: 'message_added', at: at('2026-01-15T12:00') },
      { type: 'decided', at: at('2026-01-15T13:00') },
      { type: 'decided', at: at('2026-01-25T13:00') },
    ]
    expect(decisionTime(received, steps, policy)).toEqual({ taken: 3 * hour, isWithinPolicy: true })
    const silent = [
      { type: 'claimant_asked', at: at('2026-01-05T12:00') },
      { type: 'decided', at: at('2026-01-25T13:00') },
    ]
    expect(decisionTime(received, silent, policy)?.taken).toBe(2 * hour)
  })

  test('is none while nothing is decided', () => {
    expect(decisionTime(received, [{ type: 'message_added', at: received }], policy)).toBeNull()
    expect(median([])).toBeNull()
    expect(median([5, 1, 3])).toBe(3)
    expect(median([4, 1])).toBe(2.5)
  })
})

describe('the report', () => {
  it('counts what came in the period, and what became of it', async () => {
    const app = await testApp()
    const cookie = await app.signIn({ role: 'viewer' })
    const { db, office, clock } = app.services
    const staffId = 1
    const sent = await app.submit({ locale: 'he' })
    await app.submit()
    const target = () => ({
      reference: sent.reference,
      version: takedownOf(app, sent).version,
      now: clock.now(),
    })
    takeOnTakedown(db, target(), staffId)
    app.clock.pass(2 * hour)
    const decisions = reportedPagesOf(app, sent).map(({ id }) => ({
      pageId: id,
      outcome: 'removed' as const,
      keptGround: null,
      reason: null,
      carriedOutAt: clock.now(),
    }))
    decideTakedown(db, office, target(), decisions, staffId)
    const report = readReport(db, { from: clock.now() - day, until: clock.now() + day }, policy)
    expect(report).toMatchObject({ received: 2, decided: 1, withinPolicy: 1, medianToDecision: 2 * hour })
    expect(report.byOutcome).toContainEqual({ name: 'removed', total: 1 })
    expect(report.byLocale).toContainEqual({ name: 'he', total: 1 })
    expect(readReport(db, { from: 0, until: clock.now() - day }, policy)).toMatchObject({ received: 0 })
    const page = await readPage(await app.get('/staff/reports', { cookie }))
    expect(page.text).toMatch(/Requests received\s*2/)
    const csv = await app.get('/staff/reports.csv?from=2026-11-01&until=2026-11-02', { cookie })
    expect(csv.headers.get('content-disposition')).toContain('report-2026-11-01-2026-11-02.csv')
    expect(await csv.text()).toContain('Requests received,2,')
  })

  it('says what is wrong with a period that is none', async () => {
    const app = await testApp()
    const cookie = await app.signIn()
    for (const query of [
      'from=2026-11-02&until=2026-11-01',
      'from=x',
      'from=2026-02-30',
      'from=1900-01-01',
      'from=',
    ]) {
      expect((await app.get(`/staff/reports?${query}`, { cookie })).status, query).toBe(422)
      expect((await app.get(`/staff/reports.csv?${query}`, { cookie })).status, query).toBe(422)
    }
    const digits = await app.get(`/staff/reports?from=${encodeURIComponent('٢٠٢٦-١١-٠١')}`, { cookie })
    expect(digits.status).toBe(200)
  })
})
