import { eq } from 'drizzle-orm'
import PostalMime from 'postal-mime'
import { expect, it } from 'vitest'
import { outgoingMessages } from '../../src/db/schema.ts'
import { startMailServer } from '../outbox/rig.ts'
import { takedownOf } from '../support/claimant.ts'
import { attributeOf, readPage } from '../support/read-page.ts'
import { type Submitted, type TestApp, testApp } from '../support/test-app.ts'

const wrong = 'typo@example.net'
const right = 'claimant@example.org'
const soon = { timeout: 15_000, interval: 20 }

/** A mail server that knows nobody of the one address, and says so for good. */
function startChoosyServer(recipients: string[]) {
  return startMailServer({
    onRcptTo({ address }, _session, callback) {
      recipients.push(address)
      if (address !== wrong) return callback()
      callback(Object.assign(new Error('5.1.1 <b>No such user</b>'), { responseCode: 550 }))
    },
  })
}

const receiptOf = (app: TestApp, sent: Submitted) =>
  app.services.db
    .select()
    .from(outgoingMessages)
    .where(eq(outgoingMessages.takedownId, takedownOf(app, sent).id))
    .all()
    .find(({ kind }) => kind === 'receipt')

const textOf = async (app: TestApp, path: string, cookie = '') => (await app.get(path, { cookie })).text()

it('P2: a letter that is refused for good stops, shows itself, leaves its takedown alone and goes out when mended', async () => {
  const recipients: string[] = []
  const { url, taken } = await startChoosyServer(recipients)
  const app = await testApp({ SMTP_URL: url })
  const cookie = await app.signIn()
  const sent = await app.submit({ email: wrong })
  const before = takedownOf(app, sent)
  /** The search keeps its own mark in the same row. */
  const unchanged = { ...before, indexedVersion: expect.any(Number) }
  await expect.poll(() => receiptOf(app, sent)?.state, soon).toBe('failed')
  await expect.poll(() => taken.length, soon).toBe(1)
  expect(takedownOf(app, sent)).toEqual(unchanged)

  app.clock.pass(4 * 3_600_000)
  app.services.outbox.wake()
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(
    recipients.filter((address) => address === wrong),
    'it is not tried again',
  ).toHaveLength(1)

  for (const path of ['/staff', '/staff/takedowns', `/staff/takedowns/${sent.reference}`]) {
    const page = await readPage(await app.get(path, { cookie }))
    expect(page.text).toContain('One letter could not be sent.')
    expect(page.all('a').some((link) => attributeOf(link, 'href') === '/staff/mail')).toBe(true)
  }
  const mail = await readPage(await app.get('/staff/mail', { cookie }))
  expect(mail.text).toContain('5.1.1 <b>No such user</b>')
  expect(mail.text).toContain(sent.reference)
  expect(await textOf(app, '/metrics')).toMatch(/^outbox_failed_letters 1$/m)
  expect(JSON.parse(await textOf(app, '/readyz'))).toMatchObject({ mail: { failed: 1, oldestDueSeconds: 0 } })

  const letter = receiptOf(app, sent)
  const mended = new URLSearchParams({ address: right })
  expect((await app.post(`/staff/mail/${letter?.id}/requeue`, mended, { cookie })).status).toBe(303)
  await expect.poll(() => taken.length, soon).toBe(2)
  expect(taken[1]?.to).toEqual([right])
  expect((await PostalMime.parse(taken[1]?.raw ?? '')).messageId).toBe(letter?.messageId)
  await expect.poll(() => receiptOf(app, sent)?.state, soon).toBe('submitted')
  expect(takedownOf(app, sent).status).toBe('received')
  expect(await textOf(app, '/staff', cookie)).not.toContain('could not be sent')
  expect(await textOf(app, '/metrics')).toMatch(/^outbox_failed_letters 0$/m)
})

it.each(['MAIL', 'DATA'] as const)('P2: so is one that is refused for good at %s', async (command) => {
  const refuse = Object.assign(new Error('5.7.1 not from you'), { responseCode: 554 })
  const { url } = await startMailServer(
    command === 'MAIL'
      ? { onMailFrom: (_address, _session, callback) => callback(refuse) }
      : { onData: (stream, _session, callback) => void stream.resume().on('end', () => callback(refuse)) },
  )
  const app = await testApp({ SMTP_URL: url })
  const cookie = await app.signIn()
  const sent = await app.submit({ email: right })
  await expect.poll(() => receiptOf(app, sent)?.state, soon).toBe('failed')
  expect((await readPage(await app.get('/staff/mail', { cookie }))).text).toContain('5.7.1 not from you')
  expect(takedownOf(app, sent).status).toBe('received')
})
