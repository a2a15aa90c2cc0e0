import type { BrowserContext, Page } from 'playwright-core'
import PostalMime, { type Email } from 'postal-mime'
import { expect, it, onTestFinished } from 'vitest'
import { addStaff } from '../../src/actions/add-staff.ts'
import { type Locale, locales } from '../../src/i18n/locales.ts'
import { type Translate, translatorFor } from '../../src/i18n/translate.ts'
import { chosenPassword } from '../../src/staff/first-password.ts'
import { nextCarryOutAt, undoMs } from '../../src/takedowns/pending-acts.ts'
import { startMailServer, type TakenMail } from '../outbox/rig.ts'
import { desktop, phone } from '../support/browser.ts'
import { pngOf } from '../support/images.ts'
import { staffPassword, startTestApp, stopTestApp, type TestApp } from '../support/test-app.ts'
import { chosen, hasFocus, languages, sendButton, useStage } from './stage.ts'

const said: Record<
  Locale,
  { name: string; statement: string; question: string; answer: string; reason: string }
> = {
  ar: {
    name: 'رنا المثال',
    statement: 'الصورة الثانية في المقال من تصويري.',
    question: 'هل الصورة هي تلك التي في أعلى المقال؟',
    answer: 'نعم، الصورة التي في أعلى المقال.',
    reason: 'أُزيلت الصورة من المقال ومن أرشيف الصور.',
  },
  he: {
    name: 'ישראלה לדוגמה',
    statement: 'התמונה השנייה בכתבה צולמה על ידי.',
    question: 'האם מדובר בתמונה שבראש הכתבה?',
    answer: 'כן, התמונה שבראש הכתבה.',
    reason: 'התמונה הוסרה מהכתבה ומארכיון התמונות.',
  },
  en: {
    name: 'Example Claimant',
    statement: 'The second picture of the article is mine.',
    question: 'Is it the picture at the top of the article?',
    answer: 'Yes, the one at the top of the article.',
    reason: 'The picture was taken off the article and out of the picture archive.',
  },
}

const article = 'https://www.ashams.com/articles/أخبار/12'
const claimantAddress = 'claimant@example.org'
const staffAddress = 'editor@example.org'
const statusAddress = /\/takedowns\/(TD-[0-9A-Z]{4}-[0-9A-Z]{4})$/
const stage = useStage()

for (const locale of locales) {
  for (const javaScriptEnabled of [true, false]) {
    const way = javaScriptEnabled ? 'with' : 'without'
    it(`a request goes from the notice to closed in ${languages[locale]} ${way} JavaScript`, async () => {
      const journey = await setOut(locale, javaScriptEnabled)
      await tryAndFail(journey)
      const reference = await send(journey)
      const link = await readReceipts(journey, reference)
      const claimant = await followLink(journey, link, reference)
      const staff = await findInQueue(journey, reference)
      await askAndAnswer(journey, staff, claimant)
      await decide(journey, staff)
      await readOutcome(journey, claimant)
    })
  }
}

interface Journey {
  app: TestApp
  locale: Locale
  t: Translate
  /** The newsroom reads another language than the claimant. */
  staffLocale: Locale
  staffWords: Translate
  javaScriptEnabled: boolean
  taken: TakenMail[]
  form: Page
}

async function setOut(locale: Locale, javaScriptEnabled: boolean): Promise<Journey> {
  const mail = await startMailServer()
  const app = await startTestApp({ SMTP_URL: mail.url })
  onTestFinished(() => stopTestApp(app))
  const staffLocale = locale === 'ar' ? 'he' : 'ar'
  const password = await chosenPassword(staffPassword)
  const account = {
    email: staffAddress,
    name: 'Example Editor',
    role: 'editor',
    locale: staffLocale,
  } as const
  addStaff(app.services.db, { ...account, ...password }, app.clock.now())
  const form = await stage.page({ javaScriptEnabled, viewport: phone })
  await form.goto(`${app.listening}/${locale}?page=${encodeURIComponent(article)}`)
  const t = translatorFor(locale)
  const staffWords = translatorFor(staffLocale)
  return { app, locale, t, staffLocale, staffWords, javaScriptEnabled, taken: mail.taken, form }
}

/** The phone number is forgotten at first: the form comes back, and nothing of it is lost. */
async function tryAndFail({ form, locale, t, javaScriptEnabled, app }: Journey) {
  expect(await form.inputValue('[name=page]')).toBe(article)
  await form.getByLabel(t('form.name.label')).fill(said[locale].name)
  await form.locator('#screenshot').setInputFiles(chosen('لقطة screenshot.png', await pngOf()))
  await sendButton(form).click()

  const summary = form.locator('[data-error-summary]')
  await summary.getByRole('link', { name: t('form.error.phone.missing') }).waitFor()
  if (javaScriptEnabled) expect(await hasFocus(form, '[data-error-summary]')).toBe(true)
  expect(await form.inputValue('#name')).toBe(said[locale].name)
  expect(await form.inputValue('[name=page]')).toBe(article)
  expect(await form.locator('.kept').textContent()).toContain('لقطة screenshot.png')
  expect(await form.locator('#phone-error').textContent()).toContain(t('form.error.phone.missing'))
  await summary.getByRole('link').click()
  expect(await hasFocus(form, '#phone')).toBe(true)
  expect(app.services.db.$client.prepare('select count(*) from takedowns').pluck().get()).toBe(0)
}

async function send({ form, locale, t, app }: Journey): Promise<string> {
  app.clock.pass(60_000)
  await form.getByLabel(t('form.phone.label')).fill('٠٥٠-١٢٣-٤٥٦٧')
  await form.getByLabel(t('form.email.label')).fill(claimantAddress)
  await form.getByLabel(t('form.statement.label')).fill(said[locale].statement)
  await form.getByLabel(t('form.capacity.owner'), { exact: true }).check()
  await sendButton(form).click()

  await form.waitForURL(statusAddress)
  const keep = form.getByRole('region', { name: t('status.keep.title') })
  expect(await keep.textContent()).toMatch(/\?key=\w+/)
  expect(await keep.getByRole('img', { name: t('status.keep.qr') }).count()).toBe(1)
  expect(await form.getByRole('heading', { level: 1 }).textContent()).toBe(t('status.title'))
  expect(await form.textContent('main')).toContain(t('status.ball.received'))
  return statusAddress.exec(form.url())?.[1] ?? ''
}

/** The info address has everything in its own language, the claimant a receipt in theirs; returns its link. */
async function readReceipts(journey: Journey, reference: string): Promise<string> {
  const { locale, t } = journey
  const office = await letterTo(journey, 'info@ashams.com', 1)
  expect(office.subject).toBe(translatorFor('ar')('letter.office.subject', { reference }))
  for (const told of [said[locale].name, '٠٥٠-١٢٣-٤٥٦٧', '+972501234567', article, said[locale].statement]) {
    expect(office.text).toContain(told)
  }
  expect(office.text).toContain(`${journey.app.listening}/staff/takedowns/${reference}`)
  expect(office.text).not.toContain('key=')
  expect(office.attachments).toHaveLength(1)

  const receipt = await letterTo(journey, claimantAddress, 1)
  expect(receipt.subject).toBe(t('letter.receipt.subject', { reference }))
  expect(receipt.text).toContain(said[locale].statement)
  return linkIn(receipt)
}

const linkIn = ({ text = '' }: Email): string => /^http\S+key=\S+$/m.exec(text)?.[0] ?? ''

async function followLink({ javaScriptEnabled, t }: Journey, link: string, reference: string): Promise<Page> {
  const claimant = await stage.page({ javaScriptEnabled, viewport: phone })
  await claimant.goto(link)
  expect(claimant.url().endsWith(`/takedowns/${reference}`)).toBe(true)
  expect(await claimant.getByRole('heading', { level: 1 }).textContent()).toBe(t('status.title'))
  return claimant
}

async function findInQueue(journey: Journey, reference: string): Promise<Page> {
  const { app, staffWords: t, staffLocale } = journey
  const context = await stage.context({
    javaScriptEnabled: journey.javaScriptEnabled,
    viewport: desktop,
    locale: staffLocale,
  })
  const staff = await signIn(context, app, t)
  await staff
    .getByRole('navigation', { name: t('staff.nav.label') })
    .getByText(t('staff.nav.queue'))
    .click()
  await staff.getByLabel(t('staff.queue.search')).fill(said[journey.locale].name)
  await staff.getByRole('button', { name: t('staff.queue.searchButton') }).click()
  await staff.getByRole('link', { name: reference }).click()
  await staff.getByRole('button', { name: t('staff.act.takeOn') }).click()
  await staff.getByText('Example Editor').first().waitFor()
  return staff
}

async function signIn(context: BrowserContext, app: TestApp, t: Translate): Promise<Page> {
  const staff = await context.newPage()
  await staff.goto(`${app.listening}/staff`)
  await staff.getByLabel(t('staff.signIn.email')).fill(staffAddress)
  await staff.getByLabel(t('staff.signIn.password')).fill(staffPassword)
  await staff.getByRole('button', { name: t('staff.signIn.button') }).click()
  await staff.getByRole('heading', { level: 1, name: t('staff.now.title') }).waitFor()
  return staff
}

async function askAndAnswer(journey: Journey, staff: Page, claimant: Page) {
  const { locale, t, staffWords } = journey
  const { question, answer } = said[locale]
  await staff.locator('#body').fill(question)
  await staff.getByLabel(staffWords('staff.write.question')).check()
  await seeAndSend(journey, staff, '#form-letter', question)
  await staff.getByText(staffWords('clock.pausedToday')).waitFor()

  const letter = await letterTo(journey, claimantAddress, 2)
  expect(letter.text).toContain(question)
  await claimant.goto(linkIn(letter))
  expect(await claimant.textContent('main')).toContain(t('status.ball.awaiting_claimant'))
  expect(await claimant.getByRole('region', { name: t('status.history') }).textContent()).toContain(question)
  await claimant.getByLabel(t('status.message.body')).fill(answer)
  await claimant.getByRole('button', { name: t('status.message.send') }).click()
  await claimant.getByText(t('status.ball.in_review')).waitFor()
  expect((await letterTo(journey, 'info@ashams.com', 2)).text).toContain(answer)
}

/** The exact letter is read before it leaves; then its moment to be undone passes. */
async function seeAndSend({ app, staffWords: t }: Journey, staff: Page, form: string, words: string) {
  await staff
    .locator(form)
    .getByRole('button', { name: t('outgoing.see') })
    .click()
  const letter = staff.frameLocator('iframe.letter-frame')
  await letter.getByText(words).waitFor()
  await staff.getByRole('button', { name: t('outgoing.preview.send') }).click()
  await staff.getByRole('button', { name: t('outgoing.pending.undo') }).waitFor()
  app.clock.pass(undoMs)
  app.services.pendingActs.wake()
  await expect.poll(() => nextCarryOutAt(app.services.db), { interval: 20 }).toBeNull()
  await staff.reload()
}

async function decide(journey: Journey, staff: Page) {
  const { staffWords: t, locale } = journey
  await staff.reload()
  expect(await staff.textContent('main')).toContain(said[locale].answer)
  await staff.getByLabel(t('staff.decide.removed'), { exact: true }).check()
  await staff.getByLabel(t('staff.decide.reason')).fill(said[locale].reason)
  await seeAndSend(journey, staff, '#form-decision', said[locale].reason)
  await staff.locator('.standing-bar').getByText(t('common.status.closed')).waitFor()
}

async function readOutcome(journey: Journey, claimant: Page) {
  const { t, locale } = journey
  const letter = await letterTo(journey, claimantAddress, 3)
  expect(letter.subject).toContain(t('letter.decision.subject', { reference: '' }).slice(3))
  expect(letter.html).toContain(`lang="${locale}"`)
  expect(letter.text).toContain(said[locale].reason)
  await claimant.goto(linkIn(letter))
  const standing = claimant.getByRole('region', { name: t('status.now') })
  expect(await standing.textContent()).toContain(t('common.status.closed'))
  const pages = claimant.getByRole('region', { name: t('status.pages', { count: 1 }) })
  expect(await pages.textContent()).toContain(t('outcome.removed', { date: '' }).trim())
  expect(await pages.textContent()).toContain(said[locale].reason)
}

/** Waits for the nth letter that the mail server took for this address. */
async function letterTo({ taken }: Journey, address: string, nth: number): Promise<Email> {
  const theirs = () => taken.filter(({ to }) => to.includes(address))
  await expect.poll(() => theirs().length, { timeout: 10_000, interval: 50 }).toBeGreaterThanOrEqual(nth)
  return PostalMime.parse(theirs()[nth - 1]?.raw ?? '')
}
