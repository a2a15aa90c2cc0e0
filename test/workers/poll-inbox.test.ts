import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, onTestFinished, vi } from 'vitest'
import { incomingMessages, mailboxCursors, takedowns } from '../../src/db/schema.ts'
import { systemClock } from '../../src/lib/clock.ts'
import { imapServer } from '../support/imap-server.ts'
import { mailOf } from '../support/mail.ts'
import { clientOf, startTestApp, stopTestApp, type TestApp } from '../support/test-app.ts'

const numbered = (n: number) =>
  mailOf({
    from: `person${n}@example.org`,
    text: `See https://ashams.com/articles/${n}`,
    messageId: `<m${n}@example.org>`,
  })

async function appAt(url: string, environment: Record<string, string> = {}): Promise<TestApp> {
  const app = await startTestApp(
    { IMAP_URL: url, IMAP_POLL_SECONDS: '5', ...environment },
    { clock: systemClock },
  )
  onTestFinished(() => stopTestApp(app))
  return app
}

const kept = (app: TestApp) => app.services.db.select().from(incomingMessages).all()
const made = (app: TestApp) => app.services.db.select().from(takedowns).all()
const until = (check: () => void, timeout = 20_000) => vi.waitFor(check, { timeout, interval: 20 })

it('P15: keeps what was there and what comes, touches no flag and deletes nothing', async () => {
  const server = await imapServer()
  server.append(await numbered(1))
  const app = await appAt(server.url)
  await until(() => expect(made(app)).toHaveLength(1))
  server.append(await numbered(2))
  await until(() => expect(made(app)).toHaveLength(2), 4000)
  expect(server.flags()).toEqual([[], []])
  expect(server.count()).toBe(2)
  expect(kept(app).map(({ door, standing }) => [door, standing])).toEqual([
    ['imap', 'takedown'],
    ['imap', 'takedown'],
  ])
})

it('takes as the moment of receipt when the mail host took it in', async () => {
  const server = await imapServer()
  const takenInAt = Math.floor(Date.now() / 1000) * 1000 - 7_200_000
  server.append(await numbered(1), takenInAt)
  const app = await appAt(server.url)
  await until(() => expect(made(app)[0]?.receivedAt).toBe(takenInAt))
  expect(kept(app)[0]?.keptAt).toBeGreaterThan(takenInAt)
})

it('leaves mail of the time before the service alone', async () => {
  const server = await imapServer()
  server.append(await numbered(1), Date.now() - 30 * 86_400_000)
  server.append(await numbered(2))
  const app = await appAt(server.url)
  await until(() => expect(made(app)).toHaveLength(1))
  expect(kept(app)).toHaveLength(1)
})

it('P15: works beside people who flag, move and delete', async () => {
  const server = await imapServer()
  const app = await appAt(server.url)
  for (let n = 1; n <= 10; n++) {
    server.append(await numbered(n))
    if (n % 3 === 0) server.flag(0, '\\Seen')
    if (n % 4 === 0) {
      await until(() => expect(kept(app).length).toBe(n))
      server.remove(0)
    }
  }
  await until(() => expect(made(app)).toHaveLength(10))
})

it('P15: doubles nothing when the mailbox is rebuilt under other numbers', async () => {
  const server = await imapServer()
  server.append(await numbered(1))
  server.append(await numbered(2))
  const app = await appAt(server.url)
  await until(() => expect(made(app)).toHaveLength(2))
  server.rebuild()
  server.append(await numbered(3))
  await until(() => expect(made(app)).toHaveLength(3))
  expect(kept(app)).toHaveLength(3)
  const [cursor] = app.services.db.select().from(mailboxCursors).all()
  expect(cursor?.lastUid).toBeGreaterThanOrEqual(502)
})

it('P15: goes on where it stopped, wherever the connection was cut', async () => {
  const server = await imapServer()
  for (let n = 1; n <= 12; n++) server.append(await numbered(n))
  server.cutAfter(600)
  const app = await appAt(server.url)
  for (const bytes of [700, 900, 1200, 1500, 1900, 2500, 3300]) {
    server.cutAfter(bytes)
    server.cutAll()
    await sleep(150)
  }
  server.cutAfter(null)
  server.cutAll()
  await until(() => expect(made(app)).toHaveLength(12), 28_000)
  expect(kept(app)).toHaveLength(12)
  expect(server.connections()).toBeGreaterThan(1)
})

it('says that sign-in is refused, and serves the form all the same', async () => {
  const server = await imapServer()
  const app = await appAt(server.url.replace('secret', 'wrong'))
  await until(() => expect(app.services.inbox?.state().fault).toBe('sign_in'))
  await clientOf(app, app.dataDir).submit()
})
