import { expect, it } from 'vitest'
import { decideTakedown } from '../../src/actions/decide-takedown.ts'
import { takeOnTakedown } from '../../src/actions/take-on-takedown.ts'
import { openAs, reportedPagesOf, takedownOf } from '../support/claimant.ts'
import { readPage } from '../support/read-page.ts'
import { type Submitted, type TestApp, testApp } from '../support/test-app.ts'

const terms = {
  scope: 'صورة واحدة في هذا المقال',
  medium: 'الموقع',
  fromDay: '2026-11-01',
  untilDay: null,
  feeMinor: 30_000,
  currency: 'ILS',
  creditLine: 'تصوير: مثال',
} as const

function decide(app: TestApp, sent: Submitted, change: Partial<typeof terms> | { feeMinor: number } = {}) {
  const { db, office, clock } = app.services
  const { id: staffId } = app.services.db.$client
    .prepare<[], { id: number }>('SELECT id FROM staff LIMIT 1')
    .get() ?? { id: 0 }
  const target = () => ({
    reference: sent.reference,
    version: takedownOf(app, sent).version,
    now: clock.now(),
  })
  if (takedownOf(app, sent).status === 'received') takeOnTakedown(db, target(), staffId)
  const decisions = reportedPagesOf(app, sent).map(({ id }) => ({
    pageId: id,
    outcome: 'licensed' as const,
    keptGround: null,
    reason: null,
    carriedOutAt: null,
    terms: { ...terms, ...change },
  }))
  return decideTakedown(db, office, target(), decisions, staffId)
}
const licence = (app: TestApp) =>
  app.services.db.$client
    .prepare<[], { accepted_wording: string | null; fee_minor: number }>('SELECT * FROM licences')
    .get()
const lettersOf = (app: TestApp, kind: string) =>
  app.services.db.$client
    .prepare<[string], { text: string }>('SELECT text_body AS text FROM outgoing_messages WHERE kind = ?')
    .all(kind)

it('a licence is offered by letter and page, accepted word for word, and only then a licence', async () => {
  const app = await testApp()
  await app.signIn()
  const sent = await app.submit()
  expect(decide(app, sent)).toMatchObject({ ok: true, value: { closed: false } })
  expect(takedownOf(app, sent)).toMatchObject({ status: 'decided' })
  expect(takedownOf(app, sent).nextDueAt, 'the clock runs on').not.toBeNull()
  expect(lettersOf(app, 'offer')[0]?.text).toContain('المقابل المالي: 300.00 ILS')
  expect(lettersOf(app, 'decision')).toEqual([])
  const headers = await openAs(app, sent)
  const path = `/ar/takedowns/${sent.reference}`
  const page = await readPage(await app.get(path, headers))
  expect(page.text).toContain('الاستخدام: صورة واحدة في هذا المقال')
  const [wording = ''] = page.values('terms')
  const accept = (words: string) =>
    app.post(
      `${path}/acceptance`,
      new URLSearchParams({ page: String(reportedPagesOf(app, sent)[0]?.id), terms: words }),
      headers,
    )
  expect((await accept('other words')).status).toBe(409)
  expect(reportedPagesOf(app, sent)[0]?.useState).toBe('live')
  expect((await accept(wording)).status).toBe(303)
  expect(reportedPagesOf(app, sent)[0]).toMatchObject({
    useState: 'licensed',
    acceptedAt: app.clock.now(),
  })
  expect(licence(app)?.accepted_wording).toBe(wording)
  expect(takedownOf(app, sent)).toMatchObject({ status: 'closed', nextDueAt: null, unansweredSince: null })
  expect(lettersOf(app, 'decision')).toHaveLength(1)
  expect(lettersOf(app, 'decision')[0]?.text).toContain('تصوير: مثال')
})

it('terms that changed meanwhile are not agreed to by the old words', async () => {
  const app = await testApp()
  await app.signIn()
  const sent = await app.submit()
  decide(app, sent)
  const headers = await openAs(app, sent)
  const path = `/ar/takedowns/${sent.reference}`
  const [old = ''] = (await readPage(await app.get(path, headers))).values('terms')
  decide(app, sent, { feeMinor: 100 })
  const body = new URLSearchParams({ page: String(reportedPagesOf(app, sent)[0]?.id), terms: old })
  expect((await app.post(`${path}/acceptance`, body, headers)).status).toBe(409)
  expect(licence(app)).toMatchObject({ accepted_wording: null, fee_minor: 100 })
  expect(lettersOf(app, 'offer')).toHaveLength(2)
})
