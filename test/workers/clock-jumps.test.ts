import { eq } from 'drizzle-orm'
import { expect, it, onTestFinished, vi } from 'vitest'
import { mayAcknowledge, recordAcknowledgement } from '../../src/actions/acknowledge.ts'
import { doorStates } from '../../src/actions/canaries.ts'
import { incomingMessages, outgoingMessages, takedowns } from '../../src/db/schema.ts'
import { mailboxAddress, openMailbox } from '../../src/inbox/imap.ts'
import { cursorOf } from '../../src/inbox/store.ts'
import { openLimits } from '../../src/web/limits.ts'
import { lookAtDoors } from '../../src/workers/canary.ts'
import { takeNewMail } from '../../src/workers/poll-inbox.ts'
import { temporaryFolder } from '../outbox/rig.ts'
import { imapServer } from '../support/imap-server.ts'
import { mailOf, receive } from '../support/mail.ts'
import { testApp } from '../support/test-app.ts'

const dayMs = 86_400_000
const sixYearsBack = -6 * 365 * dayMs
const twelveDaysOn = 12 * dayMs

it.each([
  ['six years back', sixYearsBack],
  ['twelve days on', twelveDaysOn],
])(
  'P18: the clock jumps %s: what was received stays as it was, each letter goes once, and both sides see everything',
  async (_, jump) => {
    const app = await testApp()
    const { db } = app.services
    const before = await app.submit()
    await app.letters(2)
    const receivedAt = app.clock.now()

    app.clock.pass(jump)
    const after = await app.submit()
    await app.letters(4)
    app.clock.pass(-jump)
    const back = await app.submit()
    const letters = await app.letters(6)
    expect(new Set(letters.map(({ messageId }) => messageId)).size).toBe(6)
    await vi.waitFor(() =>
      expect(
        db
          .select()
          .from(outgoingMessages)
          .all()
          .map(({ state }) => state),
      ).toEqual(Array.from({ length: 6 }, () => 'submitted')),
    )
    const rows = db.select().from(takedowns).all()
    expect(rows.map((row) => row.receivedAt)).toEqual([receivedAt, receivedAt + jump, receivedAt])

    app.clock.pass(jump)
    const cookie = await app.signIn({ locale: 'en' })
    const queue = await (await app.get('/staff/takedowns?status=all', { cookie })).text()
    for (const { reference, statusUrl } of [before, after, back]) {
      expect(queue).toContain(reference)
      const entered = await app.get(new URL(statusUrl).pathname + new URL(statusUrl).search)
      const key = entered.headers.getSetCookie()[0]?.split(';')[0] ?? ''
      expect((await app.get(new URL(statusUrl).pathname, { cookie: key })).status).toBe(200)
    }
  },
)

it('P18: mail that came while the clock was days ahead is kept, and after it was set right too', async () => {
  const server = await imapServer()
  const app = await testApp()
  const address = mailboxAddress(server.url)
  const mailbox = await openMailbox(address)
  onTestFinished(() => mailbox.close())
  const look = () => takeNewMail({ ...app.services, address, pollMs: 1000 }, mailbox)
  const mailOn = async (n: number, at: number) =>
    server.append(await mailOf({ messageId: `<m${n}@example.org>`, text: `number ${n}` }), at)
  const kept = () => app.services.db.select().from(incomingMessages).all().length

  const rightly = app.clock.now()
  app.clock.pass(twelveDaysOn)
  await look()
  // The mail host's own clock is right.
  await mailOn(1, rightly + 1000)
  await look()
  expect(kept()).toBe(1)
  app.clock.pass(-twelveDaysOn)
  await mailOn(2, rightly + 2000)
  await look()
  expect(kept()).toBe(2)
  app.clock.pass(sixYearsBack)
  await mailOn(3, rightly + 3000)
  await look()
  expect(kept()).toBe(3)
  expect(cursorOf(app.services.db, address.name)?.reconciledAt).toBe(app.clock.now())
})

it('P18: what was answered and counted before the clock was set back holds nobody up for years', async () => {
  const app = await testApp()
  const { db } = app.services
  const { reference } = await app.submit()
  const id = db.select().from(takedowns).where(eq(takedowns.reference, reference)).get()?.id ?? 0
  recordAcknowledgement(db, 'person@example.org', id, app.clock.now())
  expect(mayAcknowledge(db, 'person@example.org', app.clock.now())).toBe(false)
  expect(mayAcknowledge(db, 'person@example.org', app.clock.now() - dayMs / 2)).toBe(false)
  expect(mayAcknowledge(db, 'person@example.org', app.clock.now() + sixYearsBack)).toBe(true)

  for (let n = 0; n < 20; n++)
    expect(await receive(app, await mailOf({ text: `https://ashams.com/articles/${n}` }))).toMatchObject({
      standing: 'takedown',
    })
  app.clock.pass(sixYearsBack)
  expect(await receive(app, await mailOf({ text: 'https://ashams.com/articles/21' }))).toMatchObject({
    standing: 'takedown',
  })
})

it('P18: a door is tried again though its last trial lies years ahead', async () => {
  const app = await testApp()
  const deps = {
    ...app.services,
    listening: app.listening,
    secret: app.services.canarySecret,
    everyMs: dayMs,
    hasMail: false,
    onQueued: () => {},
  }
  await lookAtDoors(deps)
  app.clock.pass(sixYearsBack)
  await lookAtDoors(deps)
  expect(doorStates(app.services.db).form).toMatchObject({ seenAt: app.clock.now(), fault: null })
})

it('P18: a limit that was reached before the clock was set back ends within its hour', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 2, 8) })
  onTestFinished(() => void vi.useRealTimers())
  const limits = openLimits(`${temporaryFolder()}/limits.sqlite`, { submissions: 2, submissionsOverall: 100 })
  onTestFinished(() => limits.close())
  const { submissions } = limits
  // Its table is made in the background.
  await vi.waitFor(async () => {
    await submissions.take('another')
    expect(await submissions.peek('another')).toEqual(expect.any(Number))
  })
  await submissions.take('one')
  await submissions.take('one')
  expect(await submissions.take('one')).toEqual(expect.any(Number))
  expect(await submissions.peek('one')).toEqual(expect.any(Number))
  vi.setSystemTime(Date.now() + sixYearsBack)
  expect(await submissions.peek('one')).toBeNull()
  expect(await submissions.take('one')).toBeNull()
  expect(await submissions.take('one')).toBeNull()
  expect(await submissions.take('one')).toEqual(expect.any(Number))
})
