import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { pngOf } from '../support/images.ts'
import { type pageOf, readPage } from '../support/read-page.ts'
import { filledForm, startTestApp, stopTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp({ SUBMISSIONS_PER_HOUR: '1000' })
})
afterAll(() => stopTestApp(app))

const count = (table: string) =>
  Number(app.services.db.$client.prepare(`SELECT count(*) FROM ${table}`).pluck().get())
const stored = () => ['takedowns', 'screenshots', 'outgoing_messages', 'events'].map(count)

it('the key of a form as it is shown has 128 random bits and more, and none is like another', async () => {
  const keys = await Promise.all(
    ['/ar', '/he', '/en'].map(
      async (path) => (await readPage(await app.get(path))).values('submission')[0] ?? '',
    ),
  )
  expect(new Set(keys).size).toBe(3)
  for (const key of keys) expect(Buffer.from(key, 'base64url').toString('base64url')).toBe(key)
  for (const key of keys) expect(Buffer.from(key, 'base64url').length).toBeGreaterThanOrEqual(16)
})

it('P3: the same form sent twice is one takedown and the same answer', async () => {
  const submission = randomUUID()
  const first = await app.submit({ submission })
  const after = stored()
  expect(await app.submit({ submission })).toEqual(first)
  const page = await app.post('/he/takedowns', await filledForm({ submission }))
  expect(page.status).toBe(303)
  expect(page.headers.get('location')).toBe(`/he/takedowns/${first.reference}?key=${first.accessKey}`)
  expect(stored()).toEqual(after)
})

it('P3: the same form sent ten times at the same instant is one takedown and the same answer', async () => {
  const submission = randomUUID()
  const before = count('takedowns')
  const answers = await Promise.all(Array.from({ length: 10 }, () => app.submit({ submission })))
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  expect(count('takedowns')).toBe(before + 1)
})

it('P3: a key of any length names one submission', async () => {
  const submission = 'k'.repeat(5000)
  expect((await app.submit({ submission })).reference).toBe((await app.submit({ submission })).reference)
  expect((await app.submit({ submission: `${submission}2` })).reference).not.toBe(
    (await app.submit({ submission })).reference,
  )
})

it('without a key each form is a takedown of its own', async () => {
  expect((await app.submit()).reference).not.toBe((await app.submit()).reference)
})

it('the same key with another word, page or file asks, and nothing is stored', async () => {
  const submission = randomUUID()
  const first = await app.submit({ submission })
  const after = stored()
  const changes = [
    { name: 'Somebody Else' },
    { pages: ['https://ashams.com/articles/2'] },
    { files: [{ name: 'screenshot.png', content: await pngOf(30, 30) }] },
    { email: '' },
  ]
  for (const change of changes) {
    const form = await filledForm({ submission, ...change })
    const page = await readPage(await app.post('/en/takedowns', form))
    expect(page.status).toBe(409)
    expect(page.html).not.toContain(first.reference)
    expect(page.html).not.toContain(first.accessKey)
    const json = await app.post('/en/takedowns', await filledForm({ submission, ...change }), {
      accept: 'application/json',
    })
    expect(json.status).toBe(409)
    expect(json.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  }
  expect(stored()).toEqual(after)
})

const carried = (page: ReturnType<typeof pageOf>, intent: string) => {
  const form = new FormData()
  for (const name of ['name', 'phone', 'page', 'email', 'statement', 'capacity', 'submission', 'kept']) {
    for (const value of page.values(name)) form.append(name, value)
  }
  form.append('intent', intent)
  return form
}

it('what the question offers works: a new request with all files, or back to the form', async () => {
  const submission = randomUUID()
  const first = await app.submit({ submission })
  const asked = await readPage(
    await app.post('/ar/takedowns', await filledForm({ submission, name: 'Other' })),
  )
  const back = await readPage(await app.post('/ar/takedowns', carried(asked, 'switch-language')))
  expect(back.status).toBe(200)
  expect(back.values('name')).toEqual(['Other'])
  expect(back.values('kept')).toHaveLength(1)
  const sent = await app.post('/ar/takedowns', carried(asked, 'send'))
  expect(sent.status).toBe(303)
  expect(sent.headers.get('location')).not.toContain(first.reference)
  const again = await app.post('/ar/takedowns', carried(asked, 'send'))
  expect(again.headers.get('location')).toBe(sent.headers.get('location'))
})

it('who goes back after a form with kept files was taken, and changes a word, finds the files still', async () => {
  const submission = randomUUID()
  const failed = await readPage(await app.post('/en/takedowns', await filledForm({ submission, name: '' })))
  const complete = carried(failed, 'send')
  complete.set('name', 'First')
  expect((await app.post('/en/takedowns', complete)).status).toBe(303)
  const changed = carried(failed, 'send')
  changed.set('name', 'Second')
  const asked = await readPage(await app.post('/en/takedowns', changed))
  expect(asked.status).toBe(409)
  expect(asked.values('kept')).toEqual(failed.values('kept'))
  expect((await app.post('/en/takedowns', carried(asked, 'send'))).status).toBe(303)
})
