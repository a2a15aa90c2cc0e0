import { afterAll, beforeAll, expect, it } from 'vitest'
import { findByReference } from '../../src/takedowns/store.ts'
import { staffIdOf } from '../support/claimant.ts'
import { attributeOf, type ReadPage, readPage } from '../support/read-page.ts'
import { type Submitted, startTestApp, stopTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let cookie = ''
beforeAll(async () => {
  app = await startTestApp({ SUBMISSIONS_PER_HOUR: '1000' })
  cookie = await app.signIn()
})
afterAll(() => stopTestApp(app))

const takedown = ({ reference }: Submitted) => {
  const found = findByReference(app.services.db, reference)
  if (!found) throw new Error('no such takedown')
  return found
}
const rowOf = (sent: Submitted): [string, string] => ['row', `${sent.reference}:${takedown(sent).version}`]
const post = async (path: string, pairs: [string, string][]) =>
  readPage(await app.post(path, new URLSearchParams(pairs), { cookie }))

/** What the form with this action would send. */
function fieldsOf(page: ReadPage, action: string): [string, string][] {
  const html = page.html.slice(page.html.indexOf(`action="${action}"`))
  const form = html.slice(0, html.indexOf('</form>'))
  return [...form.matchAll(/<input[^>]*>/g)].map(([input]) => [
    /name="([^"]*)"/.exec(input)?.[1] ?? '',
    (/value="([^"]*)"/.exec(input)?.[1] ?? '').replaceAll('&amp;', '&'),
  ])
}
async function timePasses() {
  app.clock.pass(16_000)
  app.services.pendingActs.wake()
  await expect
    .poll(() => app.services.db.$client.prepare('SELECT count(*) FROM pending_acts').pluck().get())
    .toBe(0)
}

it('several requests are handed over at once: previewed, undone, and done', async () => {
  const sent = [await app.submit(), await app.submit()]
  await app.signIn({ email: 'colleague@example.org' })
  const to = String(staffIdOf(app, 'colleague@example.org'))
  const preview = await post('/staff/bulk', [['act', 'assignment'], ['to', to], ...sent.map(rowOf)])
  expect(preview.status).toBe(200)
  expect(sent.map((one) => takedown(one).assigneeId)).toEqual([null, null])
  const sending = fieldsOf(preview, '/staff/bulk/sending')
  const waiting = await post('/staff/bulk/sending', sending)
  await post('/staff/bulk/undoing', fieldsOf(waiting, '/staff/bulk/undoing'))
  await timePasses()
  expect(sent.map((one) => takedown(one).assigneeId)).toEqual([null, null])

  await post('/staff/bulk/sending', sending)
  await timePasses()
  expect(sent.map((one) => String(takedown(one).assigneeId))).toEqual([to, to])
  const late = await post('/staff/bulk/undoing', fieldsOf(waiting, '/staff/bulk/undoing'))
  expect(late.status).toBe(200)
  expect(sent.map((one) => String(takedown(one).assigneeId))).toEqual([to, to])
})

it('what has changed since, or cannot be, is left as it is and told', async () => {
  const [fresh, changed] = [await app.submit(), await app.submit()]
  const rows = [rowOf(fresh), rowOf(changed)]
  const act = new URLSearchParams({ version: String(takedown(changed).version) })
  await app.post(`/staff/takedowns/${changed.reference}/assignment`, act, { cookie })
  const preview = await post('/staff/bulk', [['act', 'spam'], ...rows])
  const sending = fieldsOf(preview, '/staff/bulk/sending')
  expect(sending.filter(([name]) => name === 'row')).toEqual([rows[0]])
  // A form made up of an old preview changes nothing either.
  await post('/staff/bulk/sending', [...sending, rows[1] ?? ['', '']])
  await timePasses()
  expect([takedown(fresh).status, takedown(changed).status]).toEqual(['spam', 'in_review'])
})

it('duplicates are joined with the letter that was previewed', async () => {
  const [original, copy] = [await app.submit(), await app.submit({ email: 'claimant@example.org' })]
  const preview = await post('/staff/bulk', [['act', 'duplicate'], ['of', original.reference], rowOf(copy)])
  const letter = preview.all('pre')[0]
  expect(letter).toBeDefined()
  await post('/staff/bulk/sending', fieldsOf(preview, '/staff/bulk/sending'))
  expect(takedown(copy).status).toBe('received')
  await timePasses()
  expect(takedown(copy)).toMatchObject({ status: 'duplicate', duplicateOfId: takedown(original).id })
  const letters = app.services.db.$client
    .prepare("SELECT count(*) FROM outgoing_messages WHERE takedown_id = ? AND kind = 'duplicate'")
    .pluck()
    .get(takedown(copy).id)
  expect(letters).toBe(1)
})

it('without rows, a person or a reference the queue says what is missing', async () => {
  const row = rowOf(await app.submit())
  for (const pairs of [
    [['act', 'spam']],
    [['act', 'assignment'], ['to', ''], row],
    [['act', 'duplicate'], ['of', 'TD-0000-0000'], row],
  ] satisfies [string, string][][]) {
    const page = await post('/staff/bulk', pairs)
    expect([page.status, page.errors().map(({ at }) => at)]).toEqual([422, ['#bulk']])
  }
  const viewer = await app.signIn({ email: 'bulk-viewer@example.org', role: 'viewer' })
  const answer = await app.post('/staff/bulk', new URLSearchParams([['act', 'spam'], row]), {
    cookie: viewer,
  })
  expect(answer.status).toBe(403)
  const queue = await readPage(await app.get('/staff/takedowns', { cookie: viewer }))
  expect(queue.all('input').filter((input) => attributeOf(input, 'name') === 'row')).toEqual([])
})
