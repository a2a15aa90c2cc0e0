import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { SMTPServer } from 'smtp-server'
import { expect, it, onTestFinished, vi } from 'vitest'
import { doorStates, sendMailCanary } from '../../src/actions/canaries.ts'
import { incomingMessages, outgoingMessages, screenshots, takedowns } from '../../src/db/schema.ts'
import { systemClock } from '../../src/lib/clock.ts'
import { lookAtDoors } from '../../src/workers/canary.ts'
import { imapServer } from '../support/imap-server.ts'
import { startTestApp, stopTestApp, type TestApp, testApp } from '../support/test-app.ts'

const hourMs = 3_600_000

const depsOf = (app: TestApp, secret = app.services.canarySecret) => ({
  ...app.services,
  listening: app.listening,
  secret,
  everyMs: 24 * hourMs,
  hasMail: false,
  onQueued: () => {},
})

it('a canary goes through the form over HTTP and leaves nothing but that it was seen', async () => {
  const app = await testApp()
  const { db } = app.services
  await lookAtDoors(depsOf(app))
  expect(doorStates(db).form).toMatchObject({ sentAt: app.clock.now(), seenAt: app.clock.now(), fault: null })
  for (const table of [takedowns, screenshots, outgoingMessages])
    expect(db.select().from(table).all()).toEqual([])
  const ready = await (await app.get('/readyz')).json()
  expect(ready).toMatchObject({ ready: true, doors: { form: { seenAt: app.clock.now() } } })
  expect(await (await app.get('/en')).text()).toContain('The form was last seen working')
  expect(await (await app.get('/metrics')).text()).toContain('canary_seen_timestamp_seconds{door="form"}')
})

it('a form that does not take it is a fault that staff see', async () => {
  const app = await testApp()
  const cookie = await app.signIn({ locale: 'en' })
  await lookAtDoors({ ...depsOf(app), listening: 'http://127.0.0.1:9' })
  expect(doorStates(app.services.db).form.fault).toBe('no_answer')
  expect(await (await app.get('/staff', { cookie })).text()).toContain('did not arrive')
})

it('nobody else can make a submission a canary', async () => {
  const app = await testApp()
  await lookAtDoors(depsOf(app, 'x'.repeat(64)))
  expect(app.services.db.select().from(takedowns).all()).toHaveLength(1)
})

it('a canary by mail goes out over SMTP and comes back in over IMAP, and shows in no list', async () => {
  const mailbox = await imapServer()
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      buffer(stream).then((raw) => {
        mailbox.append(raw)
        done()
      }, done)
    },
  })
  await new Promise<void>((resolve) => void smtp.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>((resolve) => smtp.close(() => resolve())))
  const address = smtp.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const environment = { IMAP_URL: mailbox.url, SMTP_URL: `smtp://127.0.0.1:${port}`, IMAP_POLL_SECONDS: '5' }
  const app = await startTestApp(environment, { clock: systemClock })
  onTestFinished(() => stopTestApp(app))
  const { db, office, outbox } = app.services
  await sleep(300)
  sendMailCanary(db, office, Date.now())
  outbox.wake()
  await vi.waitFor(() => expect(doorStates(db).mail.seenAt).not.toBeNull(), { timeout: 20_000 })
  expect(db.select().from(incomingMessages).all()).toMatchObject([{ standing: 'own', matchedBy: 'canary' }])
  const cookie = await app.signIn({ locale: 'en' })
  expect(await (await app.get('/staff/inbox?fold=automatic', { cookie })).text()).toContain('Nothing here.')
  expect(await (await app.get('/metrics')).text()).toMatch(/outbox_letters\{state="submitted"\} 0/)
})

it('a canary by mail that is not back after an hour is a fault, until one comes back', async () => {
  const app = await testApp()
  const { db, office } = app.services
  sendMailCanary(db, office, app.clock.now())
  app.clock.pass(hourMs + 1)
  await lookAtDoors({ ...depsOf(app), hasMail: true })
  expect(doorStates(db).mail.fault).toBe('not_back')
})
