import { describe, expect, it, test, vi } from 'vitest'
import { decideTakedown } from '../../src/actions/decide-takedown.ts'
import { takeOnTakedown } from '../../src/actions/take-on-takedown.ts'
import { decisionTime } from '../../src/takedowns/decision-time.ts'
import { median, readReport } from '../../src/takedowns/reports.ts'
import { parseWorkWeek, workingDayMs } from '../../src/takedowns/working-time.ts'
import { reportedPagesOf, takedownOf } from '../support/claimant.ts'
import { readPage } from '../support/read-page.ts'
import { type TestApp, testApp } from '../support/test-app.ts'

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
    const report = await readReport(db, { from: clock.now() - day, until: clock.now() + day }, policy)
    expect(report).toMatchObject({ received: 2, decided: 1, withinPolicy: 1, medianToDecision: 2 * hour })
    expect(report?.byOutcome).toContainEqual({ name: 'removed', total: 1 })
    expect(report?.byLocale).toContainEqual({ name: 'he', total: 1 })
    const before = await readReport(db, { from: 0, until: clock.now() - day }, policy)
    expect(before).toMatchObject({ received: 0 })
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

  it('P6: over very many lets others between its parts, and counts each of them once', async () => {
    const app = await testApp()
    const { db, clock } = app.services
    const total = 2300
    addDecided(app, total)
    let turns = 0
    const count = () => {
      turns += 1
      next = setImmediate(count)
    }
    let next = setImmediate(count)
    const report = await readReport(db, { from: 0, until: clock.now() + day }, policy)
    clearImmediate(next)
    expect(report).toMatchObject({ received: total, decided: total, medianToDecision: 2 * hour })
    expect(report?.byLocale).toContainEqual({ name: 'he', total })
    expect(report?.byOutcome).toContainEqual({ name: 'removed', total })
    expect(turns).toBeGreaterThanOrEqual(Math.floor(total / 250))
    const gone = await readReport(db, { from: 0, until: clock.now() + day }, policy, () => false)
    expect(gone).toBeNull()
  })

  it('P6: is made for one reader after the other', async () => {
    const app = await testApp()
    const cookie = await app.signIn()
    addDecided(app, 5000)
    const order: string[] = []
    const ask = async (name: string, query: string) => {
      const answer = await app.get(`/staff/reports.csv?${query}`, { cookie })
      await answer.text()
      order.push(name)
    }
    const long = ask('long', 'from=2026-01-01&until=2026-12-31')
    await vi.waitUntil(() => app.services.reportTurns.taken() === 1, { interval: 1 })
    await Promise.all([long, ask('short', 'from=2025-01-01&until=2025-01-01')])
    expect(order).toEqual(['long', 'short'])
  })
})

/** All received at one moment, and decided after two hours. */
function addDecided(app: TestApp, total: number) {
  const { db, clock } = app.services
  const at = clock.now()
  db.$client.exec(`
    WITH RECURSIVE numbers (nth) AS (SELECT 1 UNION ALL SELECT nth + 1 FROM numbers WHERE nth < ${total})
    INSERT INTO takedowns (reference, source, locale, status, claimant_name, phone_typed, privacy_version, submission_key,
      submission_digest, access_key_nonce, access_key_hash, received_at, due_at, last_event_at)
    SELECT nth, 'form', 'he', 'closed', 'x', 'x', '1', nth, 'x', 'x', 'x', ${at}, ${at}, ${at} FROM numbers;
    INSERT INTO reported_pages (takedown_id, position, reported_url, canonical_url, use_state, use_state_at, outcome)
    SELECT id, 0, 'x', 'x', 'stopped', ${at}, 'removed' FROM takedowns;
    INSERT INTO events (takedown_id, at, actor, type, detail)
    SELECT id, ${at} + ${2 * hour}, 'staff', 'decided', '{}' FROM takedowns`)
}
