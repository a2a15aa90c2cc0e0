import { describe, expect, it } from 'vitest'
import { addStaff } from '../../src/actions/add-staff.ts'
import type { Locale } from '../../src/i18n/locales.ts'
import type { Role } from '../../src/staff/roles.ts'
import { sendDigestsOnce } from '../../src/workers/send-digest.ts'
import { takedownOf } from '../support/claimant.ts'
import { type TestApp, testApp } from '../support/test-app.ts'

const hour = 3_600_000
const day = 24 * hour
// fixedClock starts on Monday 2 November 2026, 10:00 in Jerusalem.
const monday = Date.UTC(2026, 10, 2)

function person(app: TestApp, email: string, role: Role, locale: Locale = 'en') {
  addStaff(
    app.services.db,
    { email, name: `Reader ${role}`, role, locale, passwordHash: 'x', passwordUntil: null },
    0,
  )
}
const run = (app: TestApp) =>
  sendDigestsOnce({ ...app.services, onQueued: () => undefined, logger: app.services.logger })
const digests = (app: TestApp) =>
  app.services.db.$client
    .prepare<[], { address: string; subject: string; text: string; html: string }>(
      `SELECT recipient_address AS address, subject, text_body AS text, html_body AS html
       FROM outgoing_messages WHERE kind = 'digest' ORDER BY id`,
    )
    .all()

describe('the morning digest', () => {
  it('comes at the hour of each person, in their language, once a day', async () => {
    const app = await testApp()
    await app.submit()
    person(app, 'early@example.org', 'editor')
    person(app, 'late@example.org', 'editor', 'ar')
    app.services.db.$client.prepare("UPDATE staff SET digest_hour = 11 WHERE email LIKE 'late%'").run()
    app.clock.set(monday + day + 5 * hour)
    await run(app)
    expect(digests(app), 'seven o’clock is too early').toEqual([])
    app.clock.pass(hour)
    for (let i = 0; i < 3; i++) await run(app)
    expect(digests(app).map(({ address }) => address)).toEqual(['early@example.org'])
    app.clock.pass(3 * hour)
    await run(app)
    expect(digests(app).map(({ address }) => address)).toEqual(['early@example.org', 'late@example.org'])
    expect(digests(app)[1]?.html).toContain('dir="rtl"')
    expect(digests(app)[1]?.subject).toContain('موعدها اليوم: 1')
    app.clock.pass(day)
    await run(app)
    expect(digests(app), 'the next morning brings the next one').toHaveLength(4)
  })

  it('names references with their links, and nothing of the claimant', async () => {
    const app = await testApp()
    const sent = await app.submit({ name: 'Secret Person', phone: '050-765-4321' })
    person(app, 'editor@example.org', 'editor')
    app.clock.set(monday + day + 7 * hour)
    await run(app)
    const [letter] = digests(app)
    expect(letter?.subject).toBe('This morning at the desk: 1 due today')
    expect(letter?.text).toContain(`/staff/takedowns/${sent.reference}`)
    expect(letter?.text).toContain('due today 17:00')
    for (const personal of ['Secret Person', '7654321', '765-4321', 'claimant@example.org', 'articles/1'])
      expect(`${letter?.text}${letter?.html}${letter?.subject}`).not.toContain(personal)
  })

  it('stays away at weekends, on holidays, from those who opted out, and when nothing waits', async () => {
    const app = await testApp()
    person(app, 'editor@example.org', 'editor')
    await run(app)
    expect(digests(app), 'nothing waits').toEqual([])
    await app.submit()
    app.clock.set(monday + 4 * day + 7 * hour)
    await run(app)
    expect(digests(app), 'Friday').toEqual([])
    app.services.db.$client.prepare('UPDATE staff SET digest_hour = NULL').run()
    app.clock.set(monday + 6 * day + 7 * hour)
    await run(app)
    expect(digests(app), 'opted out').toEqual([])
  })

  it('tells all admins of what is overdue by more than one working day, whoever has it', async () => {
    const app = await testApp()
    const sent = await app.submit()
    person(app, 'editor@example.org', 'editor')
    person(app, 'colleague@example.org', 'editor')
    person(app, 'admin@example.org', 'admin')
    app.services.db.$client
      .prepare(
        `UPDATE takedowns SET assignee_id = (SELECT id FROM staff WHERE email = 'editor@example.org')
         WHERE id = ?`,
      )
      .run(takedownOf(app, sent).id)
    // First look due on Tuesday.
    app.clock.set(monday + 2 * day + 7 * hour)
    await run(app)
    expect(digests(app).map(({ address }) => address)).toEqual(['editor@example.org'])
    app.clock.pass(day)
    await run(app)
    expect(digests(app).map(({ address }) => address)).toEqual([
      'editor@example.org',
      'editor@example.org',
      'admin@example.org',
    ])
    const escalated = digests(app)[2]
    expect(escalated?.text).toContain('For admins: overdue by more than one working day')
    expect(escalated?.text).toMatch(/overdue by 2 working days; with .*Reader editor/)
  })

  it('says when letters did not go out', async () => {
    const app = await testApp()
    person(app, 'editor@example.org', 'editor')
    await app.submit()
    app.services.db.$client.prepare("UPDATE outgoing_messages SET state = 'failed'").run()
    await run(app)
    expect(digests(app)[0]?.text).toContain('/staff/mail')
    expect(digests(app)[0]?.subject).toContain('mail problems')
  })
})
