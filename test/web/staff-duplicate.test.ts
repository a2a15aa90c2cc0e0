import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readEvents } from '../../src/takedowns/events.ts'
import { openAs, takedownOf } from '../support/claimant.ts'
import { letGoOut, sendPreviewed } from '../support/letters.ts'
import { readPage } from '../support/read-page.ts'
import { type Submitted, startTestApp, stopTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let cookie: string
beforeAll(async () => {
  app = await startTestApp({ SUBMISSIONS_PER_HOUR: '1000' })
  cookie = await app.signIn()
})
afterAll(() => stopTestApp(app))

const at = ({ reference }: Submitted, rest = '') => `/staff/takedowns/${reference}${rest}`
const post = (sent: Submitted, what: string, values: Record<string, string> = {}) =>
  app.post(
    at(sent, `/${what}`),
    new URLSearchParams({ version: String(takedownOf(app, sent).version), ...values }),
    { cookie },
  )
const join = async (sent: Submitted, of: string) => {
  const answer = await post(sent, 'duplicate', { of })
  if (answer.status !== 303) return answer
  const sending = await sendPreviewed(app, answer, cookie)
  letGoOut(app)
  return sending
}
const show = async (sent: Submitted) => readPage(await app.get(at(sent), { cookie }))
const status = async (sent: Submitted) =>
  readPage(await app.get(`/en/takedowns/${sent.reference}`, await openAs(app, sent)))
const lastLetter = (sent: Submitted): string =>
  String(
    app.services.db.$client
      .prepare(
        "SELECT text_body FROM outgoing_messages WHERE takedown_id = ? AND kind = 'duplicate' ORDER BY id DESC LIMIT 1",
      )
      .pluck()
      .get(takedownOf(app, sent).id),
  )
const eventsOf = (sent: Submitted) => readEvents(app.services.db, takedownOf(app, sent).id)

describe('a duplicate', () => {
  it('of the same claimant: both references work, and the claimant is told the other one', async () => {
    const [first, second] = [await app.submit(), await app.submit({ locale: 'en', phone: '02-555-0101' })]
    expect((await join(second, first.reference.toLowerCase())).status).toBe(303)
    expect(takedownOf(app, second)).toMatchObject({
      status: 'duplicate',
      duplicateOfId: takedownOf(app, first).id,
      nextDueAt: null,
    })
    expect(takedownOf(app, first).status).toBe('received')
    expect((await status(second)).text).toContain(`your other request, ${first.reference}.`)
    expect((await status(first)).text).not.toContain(second.reference)
    expect(lastLetter(second)).toContain(first.reference)
    expect(eventsOf(second).at(-1)).toMatchObject({
      type: 'marked_duplicate',
      detail: { reference: first.reference },
    })
    expect(eventsOf(first).at(-1)).toMatchObject({
      type: 'duplicate_joined',
      detail: { reference: second.reference },
    })
  })

  it('of another claimant: nobody is told the other reference', async () => {
    const first = await app.submit()
    const second = await app.submit({
      locale: 'en',
      email: 'other@example.org',
      phone: '054-765-4321',
    })
    await join(second, first.reference)
    const page = await status(second)
    expect(page.text).toContain('together with another request we have received')
    expect(page.html).not.toContain(first.reference)
    expect(lastLetter(second)).not.toContain(first.reference)
    expect((await status(first)).html).not.toContain(second.reference)
  })

  it('of a duplicate is one of its original, and what was joined to it moves along', async () => {
    const [first, second, third] = [await app.submit(), await app.submit(), await app.submit()]
    await join(second, first.reference)
    await join(third, second.reference)
    expect(takedownOf(app, third).duplicateOfId).toBe(takedownOf(app, first).id)
    const fourth = await app.submit()
    await join(first, fourth.reference)
    for (const one of [first, second, third]) {
      expect(takedownOf(app, one).duplicateOfId).toBe(takedownOf(app, fourth).id)
    }
    expect((await show(fourth)).text).toContain(third.reference)
  })

  it('is not of itself, of what is joined to it, of nothing, or of what nobody deals with', async () => {
    const [first, second, spam] = [await app.submit(), await app.submit(), await app.submit()]
    await join(second, first.reference)
    await post(spam, 'spam')
    for (const [of, words] of [
      ['', 'Enter the reference'],
      ['TD-0000-0000', 'There is no request'],
      ['nonsense', 'There is no request'],
      [first.reference, 'cannot be joined to itself'],
      [second.reference, 'cannot be joined to itself'],
      [spam.reference, 'marked as spam'],
    ] as const) {
      const page = await readPage(await post(first, 'duplicate', { of }))
      expect(page.status).toBe(422)
      expect(page.errors()[0]).toMatchObject({ at: '#of' })
      expect(page.errors()[0]?.words).toContain(words)
      expect(page.values('of')).toEqual([of])
    }
    expect(takedownOf(app, first).status).toBe('received')
  })

  it('is refused on a stale page, and does nothing until its time to be undone is over', async () => {
    const [first, second] = [await app.submit(), await app.submit()]
    expect((await post(second, 'duplicate', { of: first.reference, version: '0' })).status).toBe(409)
    const answer = await post(second, 'duplicate', { of: first.reference })
    expect((await sendPreviewed(app, answer, cookie)).status).toBe(303)
    expect(takedownOf(app, second).status).toBe('received')
    expect((await post(second, 'undoing')).status).toBe(303)
    expect(takedownOf(app, second).status).toBe('received')
    expect((await show(second)).values('of')).toEqual([first.reference])
  })

  it('stands alone again when it is opened again', async () => {
    const [first, second] = [await app.submit(), await app.submit()]
    await join(second, first.reference)
    const answer = await post(second, 'reopening', { reason: 'another picture' })
    await sendPreviewed(app, answer, cookie)
    letGoOut(app)
    expect(takedownOf(app, second)).toMatchObject({ status: 'in_review', duplicateOfId: null })
  })
})
