import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import type { Page } from 'playwright-core'
import { decideTakedown } from '../../src/actions/decide-takedown.ts'
import { takeOnTakedown } from '../../src/actions/take-on-takedown.ts'
import { writeToClaimant } from '../../src/actions/write-to-claimant.ts'
import { outgoingMessages, takedowns } from '../../src/db/schema.ts'
import type { Locale } from '../../src/i18n/locales.ts'
import { findAccount } from '../../src/staff/accounts.ts'
import { liveSession, openSession, sessionsOf } from '../../src/staff/sessions.ts'
import { accessKeyOfTakedown, findById, findByReference, pagesOf } from '../../src/takedowns/store.ts'
import { codeOfApp } from './code-of-app.ts'
import { pngOf, screenshotOf } from './images.ts'
import { mailOf, receive } from './mail.ts'
import { type AppClient, type Submitted, staffPassword } from './test-app.ts'

/** Plainly example data, in the three languages, long where people are long. */
export const longName =
  'شركة المثال للإنتاج الفنّي والتصوير الفوتوغرافي والتوزيع المحدودة في الناصرة وحيفا والقدس'
const names: Record<Locale, string> = { ar: 'مثال المثال', he: 'ישראלה לדוגמה', en: 'Example Claimant' }
const statements: Record<Locale, string> = {
  ar: 'الصورة الأولى في المقال من تصويري، نُشرت في معرض عام 2019.',
  he: 'התמונה הראשונה בכתבה צולמה על ידי ופורסמה בתערוכה ב־2019.',
  en: 'The first picture of the article is mine, shown in an exhibition in 2019.',
}

const questions: Record<Locale, string> = {
  ar: 'أيّ صورة في المقال هي المقصودة؟ تظهر في الصفحة ثلاث صور.',
  he: 'לאיזו תמונה בכתבה הכוונה? בעמוד מופיעות שלוש תמונות.',
  en: 'Which picture of the article is it? There are three on the page.',
}

/** Takedowns in each state, and the cookies to see them. */
export interface Scene {
  readonly app: AppClient
  readonly fresh: Record<Locale, Submitted>
  readonly waiting: Record<Locale, Submitted>
  readonly closed: Record<Locale, Submitted>
  readonly offered: Record<Locale, Submitted>
  readonly staffCookies: Record<Locale, string>
  /** Mail that came in: ids of one that waits and of a server's report, and the takedown that one made. */
  readonly mail: {
    readonly waiting: number
    readonly report: number
    readonly takedown: string
    /** Status page, with its key, of a takedown whose mail had nothing but a page; it asks for the rest. */
    readonly statusUrl: string
  }
}

const inEach = async <Value>(make: (locale: Locale) => Promise<Value>): Promise<Record<Locale, Value>> => ({
  ar: await make('ar'),
  he: await make('he'),
  en: await make('en'),
})

export async function seedScenes(app: AppClient, name: string): Promise<Scene> {
  const wide = await screenshotOf(1280, 720)
  const tall = await screenshotOf(390, 844)
  const staffCookies = await inEach((locale) =>
    app.signIn({ email: `staff-${locale}@example.org`, name: names[locale], locale, role: 'admin' }),
  )
  const submit = (locale: Locale, change: Partial<Parameters<AppClient['submit']>[0]> = {}) =>
    app.submit({
      locale,
      name: names[locale],
      pages: [
        'https://www.ashams.com/articles/أخبار-محلية/2026/11/عنوان-طويل-للمقال',
        'ashams.com/n/2?utm_source=x',
      ],
      statement: statements[locale],
      capacity: 'owner',
      files: [
        { name: 'لقطة شاشة 2026-11-02.png', content: wide },
        { name: 'screenshot-phone.png', content: tall },
      ],
      ...change,
    })
  const closed = await inEach((locale) => submit(locale))
  const offered = await inEach((locale) => submit(locale))
  const waiting = await inEach((locale) => submit(locale, { email: '' }))
  for (const locale of ['ar', 'he', 'en'] as const) {
    actOn(app, locale, closed[locale], offered[locale], waiting[locale])
  }
  for (let row = 0; row < 60; row++) {
    await submit('ar', {
      name: row % 9 === 0 ? name : `${names.ar} ${row}`,
      files: [{ name: 'a.png', content: await pngOf(40, 30) }],
    })
  }
  const fresh = await inEach((locale) => submit(locale))
  await app.letters(100)
  const mail = await seedMail(app, name)
  return { app, fresh, waiting, closed, offered, staffCookies, mail }
}

/** A request by mail, a question that names no page, somebody else in a known thread, a machine, and a letter that came back. */
export async function seedMail(app: AppClient, name: string): Promise<Scene['mail']> {
  const { db } = app.services
  const quoted = 'في الاثنين، 2 نوفمبر 2026، كتب محرّر للمثال:\n> نرحّب بكم.'
  const made = await receive(
    app,
    await mailOf({
      from: { name, address: 'by-mail@example.org' },
      subject: `صورتي في موقعكم · ${name}`,
      text: `السلام عليكم،\nنشرتم صورتي في https://ashams.com/مقالات/صورة-من-القدس دون إذن.\nهاتف: ٠٥٢-١٢٣٤٥٦٧\n\n${quoted}`,
      attachments: [{ filename: 'لقطة شاشة 2026-11-02.png', content: await screenshotOf(1280, 720) }],
    }),
  )
  const takedown = db
    .select({ id: takedowns.id, reference: takedowns.reference })
    .from(takedowns)
    .where(eq(takedowns.id, made.takedownId ?? 0))
    .get()
  const [receipt] = db
    .select({ messageId: outgoingMessages.messageId })
    .from(outgoingMessages)
    .where(and(eq(outgoingMessages.takedownId, takedown?.id ?? 0), eq(outgoingMessages.kind, 'receipt')))
    .all()
  const messageId = receipt?.messageId ?? ''
  await receive(
    app,
    await mailOf({
      from: 'lawyer@example.net',
      subject: 'Re',
      inReplyTo: messageId,
      text: 'אני מייצג את הצלמת.',
    }),
  )
  await receive(app, await mailOf({ subject: 'Away', headers: { 'Auto-Submitted': 'auto-replied' } }))
  const report = await receive(
    app,
    await mailOf({
      from: 'MAILER-DAEMON@mx.example.org',
      subject: 'Undelivered Mail Returned to Sender',
      headers: { 'Return-Path': '<>' },
      text: `The mail server said:\n550 5.1.1 <by-mail@example.org>: user unknown\n\nMessage-ID: ${messageId}`,
    }),
  )
  const waiting = await receive(
    app,
    await mailOf({
      from: {
        name: longName,
        address: 'a-very-long-address-of-somebody.with-many-names@subdomain.example.org',
      },
      subject: 'שאלה על צילום · سؤال عن صورة · A question about a picture that is not named by its address',
      text: 'שלום,\nראיתי צילום שלי אצלכם. למי אפשר לפנות?\nטלפון: 054-7654321\n\nבברכה,\nצלמת לדוגמה',
      attachments: [{ filename: 'מסמך 2026.pdf', content: '%PDF-1.4 example' }],
    }),
  )
  const statusUrl = await lackingMail(app)
  return { waiting: waiting.id, report: report.id, takedown: takedown?.reference ?? '', statusUrl }
}

async function lackingMail(app: AppClient): Promise<string> {
  const { db, office } = app.services
  const text = 'نشرتم صورتي في https://ashams.com/مقالات/صورة-من-القدس دون إذن.'
  const mail = await receive(app, await mailOf({ from: 'no-name@example.org', subject: 'صورة', text }))
  const id = mail.takedownId ?? 0
  const key = accessKeyOfTakedown(db, office.accessSecret, id)
  return new URL(`/ar/takedowns/${findById(db, id)?.reference}?key=${key}`, app.listening).href
}

function actOn(app: AppClient, locale: Locale, closed: Submitted, offered: Submitted, waiting: Submitted) {
  const { db, office, clock } = app.services
  const staffId = findAccount(db, `staff-${locale}@example.org`)?.id ?? 0
  const target = ({ reference }: Submitted) => ({
    reference,
    version: findByReference(db, reference)?.version ?? 0,
    now: clock.now(),
  })
  for (const one of [closed, offered, waiting]) takeOnTakedown(db, target(one), staffId)
  const body = questions[locale]
  writeToClaimant(db, office, target(waiting), {
    key: randomUUID(),
    body,
    isQuestion: true,
    asked: ['phone', 'screenshot', 'statement'],
    staffId,
  })
  decideTakedown(db, office, target(closed), decisions(app, closed, 'removed'), staffId)
  decideTakedown(db, office, target(offered), decisions(app, offered, 'licensed'), staffId)
}

const exampleTerms = {
  scope: 'صورة واحدة · תמונה אחת · one photo',
  medium: 'ashams.com',
  fromDay: '2026-11-02',
  untilDay: '2027-11-01',
  feeMinor: 30_000,
  currency: 'ILS',
  creditLine: 'تصوير · צילום · Photo: Example',
} as const

function decisions({ services }: AppClient, { reference }: Submitted, outcome: 'removed' | 'licensed') {
  const takedown = findByReference(services.db, reference)
  return pagesOf(services.db, takedown?.id ?? 0).map((page, index) => ({
    pageId: page.id,
    outcome: index === 0 ? outcome : ('kept' as const),
    keptGround: index === 0 ? null : ('licensed_source' as const),
    reason: 'Example reason · سبب للمثال · נימוק לדוגמה',
    carriedOutAt: outcome === 'removed' ? services.clock.now() : null,
    terms: outcome === 'licensed' && index === 0 ? exampleTerms : null,
  }))
}

const at = (path: (locale: Locale) => string) => async (page: Page, scene: Scene, locale: Locale) => {
  await page.goto(new URL(path(locale), scene.app.listening).href)
}

const statusOf =
  (kind: 'fresh' | 'waiting' | 'closed' | 'offered') => async (page: Page, scene: Scene, locale: Locale) => {
    await page.goto(scene[kind][locale].statusUrl)
  }

const staffAt =
  (path: (scene: Scene, locale: Locale) => string) => async (page: Page, scene: Scene, locale: Locale) => {
    const [name = '', value = ''] = scene.staffCookies[locale].split('=')
    await page.context().addCookies([{ name, value, url: scene.app.listening }])
    await page.goto(new URL(path(scene, locale), scene.app.listening).href)
  }

/** The list of sessions has more than the one that reads it. */
function signInElsewhere({ app, staffCookies }: Scene, locale: Locale) {
  const { db, clock } = app.services
  const account = liveSession(db, staffCookies[locale].split('=')[1] ?? '', clock.now())?.account
  if (account && sessionsOf(db, account.id, clock.now()).length === 1)
    for (const [browser, system] of [
      ['Safari', 'iPhone'],
      [null, null],
    ] as const)
      openSession(db, account.id, clock.now() - 3_600_000, { browser, system })
}

/** Every page, and how a reader gets there. */
export const pagesToShoot: Record<string, (page: Page, scene: Scene, locale: Locale) => Promise<void>> = {
  form: at((locale) => `/${locale}?page=https://ashams.com/articles/1`),
  'form-errors': async (page, scene, locale) => {
    await page.goto(new URL(`/${locale}`, scene.app.listening).href)
    await page.fill('[name=page]', 'https://example.com/somewhere/else')
    await page.fill('[name=phone]', '12')
    await page.fill('[name=email]', 'not an address')
    await Promise.all([
      page.waitForSelector('[data-error-summary]'),
      page
        .locator('form#takedown button[type=submit].button-large, form#takedown button.button-primary')
        .last()
        .click(),
    ])
  },
  'status-received': statusOf('fresh'),
  'status-waiting': statusOf('waiting'),
  'status-offered': statusOf('offered'),
  'status-closed': statusOf('closed'),
  'status-by-mail': async (page, { mail }, locale) => {
    await page.goto(mail.statusUrl.replace('/ar/', `/${locale}/`))
  },
  receipt: async (page, scene, locale) => {
    await page.goto(scene.fresh[locale].statusUrl)
    await page.goto(`${page.url()}/receipt`)
  },
  track: at((locale) => `/${locale}/track`),
  'track-wrong': at((locale) => `/${locale}/takedowns/TD-0000-0000`),
  verify: at((locale) => `/${locale}/verify`),
  privacy: at((locale) => `/${locale}/privacy`),
  accessibility: at((locale) => `/${locale}/accessibility`),
  'not-found': at((locale) => `/${locale}/nothing-here`),
  'sign-in': at((locale) => `/staff/sign-in?locale=${locale}`),
  'staff-now': staffAt(() => '/staff'),
  'staff-queue': staffAt(() => '/staff/takedowns?status=all'),
  'staff-empty': staffAt(() => '/staff/takedowns?q=nothing-fits'),
  'staff-takedown': staffAt((scene, locale) => `/staff/takedowns/${scene.fresh[locale].reference}`),
  'staff-waiting': staffAt((scene, locale) => `/staff/takedowns/${scene.waiting[locale].reference}`),
  'staff-closed': staffAt((scene, locale) => `/staff/takedowns/${scene.closed[locale].reference}`),
  'staff-mail': staffAt(() => '/staff/mail'),
  'staff-print': staffAt(
    (scene, locale) => `/staff/takedowns/${scene.waiting[locale].reference}?print=notes`,
  ),
  'staff-deciding': staffAt((scene, locale) => `/staff/takedowns/${scene.offered[locale].reference}`),
  'staff-settings': async (page, scene, locale) => {
    signInElsewhere(scene, locale)
    await staffAt(() => '/staff/settings')(page, scene, locale)
  },
  'sign-in-code': async (page, scene, locale) => {
    const email = await setUpFactor(page, scene, locale)
    await page.goto(new URL(`/staff/sign-in?locale=${locale}`, scene.app.listening).href)
    await page.fill('#email', email)
    await page.fill('#password', staffPassword)
    await page.locator('main form button').click()
    await page.waitForURL('**/staff/sign-in/code')
  },
  'staff-second-factor': staffAt(() => '/staff/settings/second-factor'),
  'staff-recovery-codes': async (page, scene, locale) => {
    await setUpFactor(page, scene, locale)
  },
  'staff-settings-factor': async (page, scene, locale) => {
    await setUpFactor(page, scene, locale)
    await page.goto(new URL('/staff/settings', scene.app.listening).href)
  },
  'staff-reports': staffAt(() => '/staff/reports'),
  'staff-people': staffAt(() => '/staff/people'),
  'staff-people-added': async (page, scene, locale) => {
    await addColleague(page, scene, locale)
  },
  'staff-first-password': async (page, scene, locale) => {
    const { email, password } = await addColleague(page, scene, locale)
    await page.context().clearCookies()
    await page.goto(new URL('/staff/sign-in', scene.app.listening).href)
    await page.fill('#email', email)
    await page.fill('#password', password)
    await page.locator('main form button').click()
    await page.waitForURL('**/staff/settings/password')
  },
  'staff-people-act': staffAt(() => '/staff/people/1/role'),
  'staff-preview': async (page, scene, locale) => {
    await writeLetter(page, scene, locale, 'fresh')
  },
  'staff-preview-no-email': async (page, scene, locale) => {
    await writeLetter(page, scene, locale, 'waiting')
  },
  'staff-pending': async (page, scene, locale) => {
    await writeLetter(page, scene, locale, 'closed')
    await page.locator('form[action$="/sending"] button').click()
    await page.locator('form[action$="/undoing"]').waitFor()
  },
  'staff-bulk': async (page, scene, locale) => {
    await staffAt(() => '/staff/takedowns?status=received')(page, scene, locale)
    for (const row of [0, 1, 2]) await page.locator('.row-tick').nth(row).check()
    await page.locator('.bulk-bar [value=duplicate]').check()
    await page.locator('.bulk-bar [name=of]').fill(scene.closed[locale].reference)
    await page.locator('.bulk-bar button').first().click()
    await page.waitForURL('**/staff/bulk')
  },
  'staff-views': async (page, scene, locale) => {
    await staffAt(() => '/staff/takedowns?status=received&sort=received')(page, scene, locale)
    await page.locator('#view-name').fill('מה שהגיע · ما وصل · What came in')
    await page.locator('.queue-views form button').last().click()
    await page.locator('.named-view summary').first().click()
  },
  'staff-inbox': staffAt(() => '/staff/inbox'),
  'staff-inbox-empty': staffAt(() => '/staff/inbox?fold=spam'),
  'staff-inbox-filed': staffAt(() => '/staff/inbox?fold=filed'),
  'staff-incoming': staffAt(({ mail }) => `/staff/inbox/${mail.waiting}`),
  'staff-incoming-report': staffAt(({ mail }) => `/staff/inbox/${mail.report}`),
  'staff-by-mail': async (page, scene, locale) => {
    await staffAt(({ mail }) => `/staff/takedowns/${mail.takedown}`)(page, scene, locale)
    await page.locator('section[aria-labelledby=mail-card] details > summary').last().click()
  },
  'staff-replies': staffAt(() => '/staff/replies'),
  'staff-reply': staffAt(() => '/staff/replies/1'),
}

/** A new colleague sets up a second factor; the page then shows the recovery codes. Answers the email. */
async function setUpFactor(page: Page, { app }: Scene, locale: Locale): Promise<string> {
  const email = `${randomUUID()}@staff.example.org`
  const [name = '', value = ''] = (await app.signIn({ email, name: names[locale], locale })).split('=')
  await page.context().addCookies([{ name, value, url: app.listening }])
  await page.goto(new URL('/staff/settings/second-factor', app.listening).href)
  const secret = await page.locator('.new-password bdi').innerText()
  await page.fill('#code', codeOfApp(secret, app.services.clock.now()))
  await page.fill('#current', staffPassword)
  await page.locator('main form .button-primary').click()
  await page.locator('main .plain-list').waitFor()
  return email
}

/** Somebody who has not come yet, with the password that the page shows once. */
async function addColleague(page: Page, scene: Scene, locale: Locale) {
  const email = `${randomUUID()}@staff.example.org`
  await staffAt(() => '/staff/people')(page, scene, locale)
  await page.fill('#name', names[locale])
  await page.fill('#email', email)
  await page.locator('#locale').selectOption(locale)
  await page.fill('#current', staffPassword)
  await page.locator('main form .button-primary').click()
  return { email, password: await page.locator('.new-password bdi').innerText() }
}

/** What is closed is opened again, to everything else a message is written; up to its preview. */
async function writeLetter(page: Page, scene: Scene, locale: Locale, kind: 'fresh' | 'waiting' | 'closed') {
  const { reference } = scene[kind][locale]
  await staffAt(() => `/staff/takedowns/${reference}`)(page, scene, locale)
  const form = page.locator(kind === 'closed' ? '#form-reopening' : '#form-letter')
  // Somebody has sent it already, in another width.
  if ((await form.count()) === 0) {
    await page.locator('form[action$="/undoing"] button').click()
    await form.waitFor()
  }
  await form.locator('textarea').fill(questions[locale])
  await form.locator('button:not([formaction])').click()
  await page.locator('form[action$="/sending"]').waitFor()
}
