import { expect, it } from 'vitest'
import { acceptTerms } from '../../src/actions/accept-terms.ts'
import { decideTakedown } from '../../src/actions/decide-takedown.ts'
import { takeOnTakedown } from '../../src/actions/take-on-takedown.ts'
import { locales } from '../../src/i18n/locales.ts'
import { translate } from '../../src/i18n/translate.ts'
import { type LicenceTerms, wordingOf } from '../../src/takedowns/licence-terms.ts'
import { licencesOf } from '../../src/takedowns/licences.ts'
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

function decide(app: TestApp, sent: Submitted, change: Partial<LicenceTerms> = {}) {
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

it('viewers read what was agreed to without its fee, on the screen and in print', async () => {
  const app = await testApp()
  const { db, office, clock } = app.services
  const editor = await app.signIn()
  const viewer = await app.signIn({ email: 'viewer@example.org', role: 'viewer' })
  for (const locale of locales) {
    for (const feeMinor of [1_234_500, null]) {
      const sent = await app.submit({ locale, pages: [`https://ashams.com/articles/${locale}-${feeMinor}`] })
      decide(app, sent, { feeMinor, currency: feeMinor === null ? null : 'ILS' })
      const [page] = reportedPagesOf(app, sent)
      if (!page) throw new Error('no page')
      // As a form sends it.
      const words = wordingOf(locale, page, licencesOf(db, page.takedownId))?.replaceAll('\n', '\r\n') ?? ''
      acceptTerms(db, office, sent.reference, { pageId: page.id, terms: words }, clock.now())
      const price = feeMinor === null ? translate(locale, 'terms.line.noFee') : '12,345.00 ILS'
      for (const rest of ['', '?print=plain', '?print=notes', '?history=claimant']) {
        const read = async (cookie: string) =>
          (await readPage(await app.get(`/staff/takedowns/${sent.reference}${rest}`, { cookie }))).text
        expect(await read(editor)).toContain(price)
        expect(await read(viewer)).not.toContain(price)
        expect(await read(viewer)).toContain(terms.scope)
        expect(await read(viewer)).toContain(terms.creditLine)
      }
    }
  }
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
