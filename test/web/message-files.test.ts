import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openAs, takedownOf } from '../support/claimant.ts'
import { html, pngOf } from '../support/images.ts'
import { readPage } from '../support/read-page.ts'
import { type Submitted, startTestApp, stopTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp({ SUBMISSIONS_PER_HOUR: '1000', MAX_FILES: '2' })
})
afterAll(() => stopTestApp(app))

const messages = ({ reference }: Submitted, locale = 'en') => `/${locale}/takedowns/${reference}/messages`

/** Pictures of different sizes, so that no two have the same content; `bad` is none at all. */
async function formOf(values: Record<string, string>, widths: readonly (number | 'bad')[]) {
  const form = new FormData()
  for (const [name, value] of Object.entries(values)) form.append(name, value)
  for (const width of widths) {
    const content = width === 'bad' ? html : await pngOf(width, 20)
    form.append('screenshot', new Blob([new Uint8Array(content)]), `${width}.png`)
  }
  return form
}

/** A message that is refused for its bad file: what then stands in the form. */
async function refuse(sent: Submitted, headers: { cookie: string }, widths: readonly number[]) {
  const form = await formOf({ body: 'words' }, [...widths, 'bad'])
  const page = await readPage(await app.post(messages(sent), form, headers))
  expect(page.status).toBe(422)
  return { submission: page.values('submission')[0] ?? '', kept: page.values('kept') }
}

const filesOfMessages = (sent: Submitted): unknown[] =>
  app.services.db.$client
    .prepare('SELECT file_name FROM screenshots WHERE takedown_id = ? AND message_id IS NOT NULL')
    .pluck()
    .all(takedownOf(app, sent).id)

describe('files that stayed with a message', () => {
  it('are left out when their box is unticked', async () => {
    const sent = await app.submit()
    const headers = await openAs(app, sent)
    const { submission, kept } = await refuse(sent, headers, [31])
    expect(kept).toHaveLength(1)
    const unticked = new URLSearchParams({ submission, body: 'words alone' })
    expect((await app.post(messages(sent), unticked, headers)).status).toBe(303)
    expect(filesOfMessages(sent)).toEqual([])
  })

  it('count together with new ones', async () => {
    const sent = await app.submit()
    const headers = await openAs(app, sent)
    const { submission, kept } = await refuse(sent, headers, [32])
    const values = { submission, kept: kept[0] ?? '', body: 'words' }
    const tooMany = await readPage(await app.post(messages(sent), await formOf(values, [33, 34]), headers))
    expect([tooMany.status, tooMany.errors()[0]?.at]).toEqual([422, '#screenshot'])
    expect(filesOfMessages(sent)).toEqual([])
    const enough = await formOf(values, [33])
    for (let nth = 0; nth < 2; nth++) {
      expect((await app.post(messages(sent), enough, headers)).status).toBe(303)
    }
    expect(filesOfMessages(sent)).toEqual(['32.png', '33.png'])
  })

  it('belong to their own form: another key, or the key of a takedown form, finds nothing by their hash', async () => {
    const sent = await app.submit()
    const headers = await openAs(app, sent)
    const { submission, kept } = await refuse(sent, headers, [35])
    const hash = kept[0] ?? ''
    const elsewhere = [
      { path: messages(sent), submission: '00000000-0000-4000-8000-000000000000' },
      { path: messages(sent), submission: '' },
      { path: '/en/takedowns', submission },
    ]
    for (const { path, submission: key } of elsewhere) {
      const guess = new URLSearchParams({ submission: key, kept: hash })
      const page = await readPage(await app.post(path, guess, headers))
      expect([page.status, page.values('kept')], path).toEqual([422, []])
    }
    expect(filesOfMessages(sent)).toEqual([])
    const own = new URLSearchParams({ submission, kept: hash })
    expect((await app.post(messages(sent), own, headers)).status).toBe(303)
    expect(filesOfMessages(sent)).toEqual(['35.png'])
  })

  it('P5: stay with their words while there is no free space, and the answer tells when to come back', async () => {
    const roomy = await startTestApp()
    const { dataDir } = roomy
    const sent = await roomy.submit()
    const headers = await openAs(roomy, sent)
    await roomy.stop()

    const full = await startTestApp({ MIN_FREE_MB: '1000000' }, { dataDir })
    const answer = await full.post(messages(sent, 'ar'), await formOf({ body: 'كلمات' }, [36]), headers)
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
    const page = await readPage(answer)
    expect(page.values('body')).toEqual(['كلمات'])
    const [submission = '', kept = ''] = [...page.values('submission'), ...page.values('kept')]
    expect(kept).toMatch(/^[0-9a-f]{64}$/)
    await full.stop()

    const again = await startTestApp({}, { dataDir })
    const later = new URLSearchParams({ submission, kept, body: 'كلمات' })
    expect((await again.post(messages(sent, 'ar'), later, headers)).status).toBe(303)
    const seen = await readPage(await again.get(`/ar/takedowns/${sent.reference}`, headers))
    expect(seen.text).toContain('36.png')
    await stopTestApp(again)
  })
})
