import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { vi } from 'vitest'
import { addClaimantMessage } from '../../src/actions/add-claimant-message.ts'
import { decideTakedown } from '../../src/actions/decide-takedown.ts'
import { takeOnTakedown } from '../../src/actions/take-on-takedown.ts'
import { withdrawTakedown } from '../../src/actions/withdraw-takedown.ts'
import { writeToClaimant } from '../../src/actions/write-to-claimant.ts'
import { type Locale, locales } from '../../src/i18n/locales.ts'
import { findAccount } from '../../src/staff/accounts.ts'
import { findByReference, pagesOf } from '../../src/takedowns/store.ts'
import { phone } from '../support/browser.ts'
import { jpegOf, pngOf } from '../support/images.ts'
import { pagesToShoot, type Scene, seedMail } from '../support/scenes.ts'
import type { AppClient, Submitted } from '../support/test-app.ts'
import { chosen, sendButton } from './stage.ts'

/**
 * What people typed, each with a mark by which a test finds it again, in a mixture of scripts and with ends that
 * would move when nothing holds them.
 */
export const typed = {
  name: '(דנה QXNAME رنا المثال بنت 12 Example & Sons Ltd.)',
  staffName: 'QXSTAFF נועה نوا!',
  fileName: 'צילום QXFILE لقطة (1).png',
  statement: 'QXSTATEMENT التصوير לי, and mine.\n2. עוד אחת: 050-765-4321!',
  question: 'QXQUESTION: أي صورة? איזו תמונה (1)?',
  answer: '1) QXANSWER الأولى – הראשונה.',
  reason: 'QXREASON הוסר/أُزيلت: see 3.',
  terms: 'QXTERMS צילום: נועה, تصوير (2026).',
  email: 'qx.claimant@example.org',
  phone: '+972 50 123 4567',
  pages: ['https://www.ashams.com/articles/أخبار-محلية/חדשות/2026/11/عنوان', 'ashams.com/n/2?utm_source=x'],
}

export const mark = /\bQX[A-Z]{4,}\b/

export interface MarkedScene extends Scene {
  readonly answered: Record<Locale, Submitted>
  readonly withdrawn: Record<Locale, Submitted>
}

const inEach = async <Value>(make: (locale: Locale) => Promise<Value>): Promise<Record<Locale, Value>> => ({
  ar: await make('ar'),
  he: await make('he'),
  en: await make('en'),
})

/** A takedown in each state in each language, everything that people typed in it marked. */
export async function seedMarked(app: AppClient): Promise<MarkedScene> {
  const png = await pngOf(640, 360)
  const jpeg = await jpegOf(390, 844)
  const files = [
    { name: typed.fileName, content: png },
    { name: `b ${typed.fileName}`, content: jpeg, type: 'image/jpeg' },
  ]
  const submit = (change: Partial<Parameters<AppClient['submit']>[0]> = {}) =>
    inEach((locale) => app.submit({ ...typed, capacity: 'owner', locale, files, ...change }))
  const staffCookies = await inEach((locale) =>
    app.signIn({ email: `${locale}@staff.example`, name: typed.staffName, locale, role: 'admin' }),
  )
  const scene = {
    app,
    staffCookies,
    closed: await submit(),
    offered: await submit(),
    waiting: await submit(),
    answered: await submit(),
    withdrawn: await submit(),
    fresh: await submit({ email: '' }),
    mail: await seedMail(app, typed.name),
  }
  for (const locale of locales) actOn(scene, locale)
  await copiesMade(app)
  letOneLetterFail(app)
  return scene
}

function actOn(scene: MarkedScene, locale: Locale) {
  const { db, office, clock } = scene.app.services
  const staffId = findAccount(db, `${locale}@staff.example`)?.id ?? 0
  const now = clock.now()
  const target = ({ reference }: Submitted) => ({
    reference,
    version: findByReference(db, reference)?.version ?? 0,
    now,
  })
  const { closed, offered, waiting, answered, withdrawn } = scene
  for (const one of [closed, offered, waiting, answered]) takeOnTakedown(db, target(one[locale]), staffId)
  for (const one of [waiting, answered]) {
    const question = { key: randomUUID(), body: typed.question, isQuestion: true, staffId }
    writeToClaimant(db, office, target(one[locale]), question)
  }
  const told = { key: randomUUID(), body: typed.question, isQuestion: false, staffId }
  writeToClaimant(db, office, target(closed[locale]), told)
  const answer = { key: randomUUID(), body: typed.answer, files: [] }
  addClaimantMessage(db, office, answered[locale].reference, answer, now)
  decideTakedown(db, office, target(closed[locale]), decisions(scene.app, closed[locale], 'removed'), staffId)
  decideTakedown(
    db,
    office,
    target(offered[locale]),
    decisions(scene.app, offered[locale], 'licensed'),
    staffId,
  )
  withdrawTakedown(db, office, withdrawn[locale].reference, now)
}

function decisions({ services }: AppClient, { reference }: Submitted, outcome: 'removed' | 'licensed') {
  const takedown = findByReference(services.db, reference)
  return pagesOf(services.db, takedown?.id ?? 0).map((page, index) => ({
    pageId: page.id,
    outcome: index === 0 ? outcome : ('kept' as const),
    keptGround: index === 0 ? null : ('licensed_source' as const),
    reason: outcome === 'licensed' && index === 0 ? typed.terms : typed.reason,
    carriedOutAt: outcome === 'removed' ? services.clock.now() : null,
  }))
}

const copiesMade = ({ services }: AppClient) => {
  services.copies.wake()
  const pending = services.db.$client.prepare("select 1 from screenshots where copy_state = 'pending'")
  const allMade = () => {
    if (pending.get()) throw new Error('copies are still being made')
  }
  return vi.waitFor(allMade, { timeout: 20_000 })
}

/** As when the server of the claimant's address refused it. */
function letOneLetterFail({ services }: AppClient) {
  services.db.$client
    .prepare("update outgoing_messages set state = 'failed', attempts = 1, last_reply = ? where id = 2")
    .run(`550 5.1.1 <${typed.email}>: no such user here`)
}

type Open = (page: Page, scene: MarkedScene, locale: Locale) => Promise<void>

const at = async (page: Page, { app }: MarkedScene, path: string) => {
  await page.goto(new URL(path, app.listening).href)
}

const refused = (page: Page) => page.locator('[data-error-summary]').waitFor()

/** Pages that answer an act, errors first. */
const answers: Record<string, Open> = {
  'form-kept': async (page, scene, locale) => {
    await at(page, scene, `/${locale}?page=${encodeURIComponent(typed.pages[0] ?? '')}`)
    const damaged = (await pngOf()).subarray(0, 300)
    await fillIn(page)
    await page.fill('#phone', '')
    await page.fill('#page-0', 'https://example.com/elsewhere')
    await page.setInputFiles('#screenshot', [
      chosen(typed.fileName, await pngOf()),
      chosen(`b ${typed.fileName}`, damaged),
    ])
    await sendButton(page).click()
    await refused(page)
  },
  'form-sent-before': async (page, scene, locale) => {
    const submission = randomUUID()
    await scene.app.submit({ submission })
    await at(page, scene, `/${locale}`)
    await fillIn(page)
    await page.evaluate((key) => {
      const field = document.querySelector('[name=submission]')
      if (field instanceof HTMLInputElement) field.value = key
    }, submission)
    await page.setInputFiles('#screenshot', chosen(typed.fileName, await pngOf()))
    await sendButton(page).click()
    await page.locator('form[data-already-sent]').waitFor()
  },
  'status-answered': (page, scene, locale) => statusOf(page, scene.answered[locale]),
  'status-withdrawn': (page, scene, locale) => statusOf(page, scene.withdrawn[locale]),
  'status-error': async (page, scene, locale) => {
    await statusOf(page, scene.fresh[locale])
    await page.setInputFiles(
      'form[action$="/messages"] [type=file]',
      chosen(typed.fileName, Buffer.from('no')),
    )
    await page.fill('#body', typed.answer)
    await page.locator('form[action$="/messages"] button').last().click()
    await refused(page)
  },
  'track-refused': async (page, scene, locale) => {
    await at(page, scene, `/${locale}/track`)
    await page.fill('#reference', scene.fresh[locale].reference)
    await page.fill('#key', 'wrong')
    await page.locator('main form button').click()
    await refused(page)
  },
  'verify-good': async (page, scene, locale) => {
    await verify(page, scene, locale, scene.fresh[locale].receipt)
  },
  'verify-unreadable': async (page, scene, locale) => {
    await verify(page, scene, locale, 'nothing of ours')
  },
  'sign-in-wrong': async (page, scene, locale) => {
    await at(page, scene, `/staff/sign-in?locale=${locale}`)
    await page.fill('#email', `${randomUUID()}@staff.example`)
    await page.fill('#password', 'wrong')
    await page.locator('main form button').click()
    await refused(page)
  },
  'sign-in-code-wrong': async (page, scene, locale) => {
    await pagesToShoot['sign-in-code']?.(page, scene, locale)
    await page.locator('main a[href*=recovery]').click()
    await page.fill('#code', 'abcde-fghjk-mnpqr')
    await page.locator('main form button').click()
    await refused(page)
  },
  'staff-second-factor-wrong': async (page, scene, locale) => {
    await pagesToShoot['staff-second-factor']?.(page, scene, locale)
    await page.locator('main form .button-primary').click()
    await refused(page)
  },
  'staff-mail-refused': async (page, scene, locale) => {
    await pagesToShoot['staff-mail']?.(page, scene, locale)
    await page.locator('[id^=address-]').first().fill('wrong')
    await page
      .locator('form[action*="/requeue"]')
      .first()
      .evaluate((form) => {
        if (form instanceof HTMLFormElement) form.noValidate = true
      })
    await page.locator('form[action*="/requeue"] button').first().click()
    await refused(page)
  },
  'staff-incoming-refused': async (page, scene, locale) => {
    await pagesToShoot['staff-incoming']?.(page, scene, locale)
    await page.fill('#reference', 'TD-0000-0001')
    await page.locator('form:has(#reference) button').click()
    await refused(page)
  },
  'staff-offered': (page, scene, locale) => staffOn(page, scene, locale, scene.offered[locale]),
  'staff-answered': (page, scene, locale) => staffOn(page, scene, locale, scene.answered[locale]),
  'staff-error': async (page, scene, locale) => {
    await staffOn(page, scene, locale, scene.answered[locale])
    await page.locator('textarea[name^=reason]').first().fill(typed.reason)
    await page.locator('form#form-decision button.button-large').click()
    await refused(page)
  },
}

/** Every page of the product, and how a reader gets there. */
export const everyPage: Record<string, Open> = { ...pagesToShoot, ...answers }

/**
 * Calls `visit` with the name of each page once and a tab to open it in, `atOnce` side by side. A tab is used again, as
 * if by somebody who comes for the first time: a new one would cost a process and the fonts.
 */
export async function visitEvery(
  atOnce: number,
  openTab: () => Promise<Page>,
  visit: (name: string, tab: Page) => Promise<void>,
): Promise<void> {
  const names = Object.keys(everyPage)
  const walk = async () => {
    const tab = await openTab()
    for (let name = names.shift(); name !== undefined; name = names.shift()) {
      await visit(name, tab)
      await forget(tab)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, walk))
}

/** Nothing typed, nobody signed in; the page itself goes with the next one. No page of ours keeps anything longer than a tab. */
async function forget(tab: Page) {
  tab.removeAllListeners()
  await tab.evaluate(() => sessionStorage.clear())
  await tab.context().clearCookies()
  await tab.setViewportSize(phone)
  await tab.emulateMedia({ colorScheme: null })
}

async function fillIn(page: Page) {
  await page.fill('#name', typed.name)
  await page.fill('#phone', typed.phone)
  await page.fill('#page-0', typed.pages[0] ?? '')
  await page.fill('#email', typed.email)
  await page.fill('#statement', typed.statement)
}

const statusOf = async (page: Page, { statusUrl }: Submitted) => {
  await page.goto(statusUrl)
}

async function staffOn(page: Page, scene: MarkedScene, locale: Locale, { reference }: Submitted) {
  const [name = '', value = ''] = scene.staffCookies[locale].split('=')
  await page.context().addCookies([{ name, value, url: scene.app.listening }])
  await at(page, scene, `/staff/takedowns/${reference}`)
}

async function verify(page: Page, scene: MarkedScene, locale: Locale, receipt: string) {
  await at(page, scene, `/${locale}/verify`)
  await page.locator('main textarea').fill(receipt)
  await Promise.all([
    page.waitForResponse((answer) => answer.request().method() === 'POST'),
    page.locator('main form button').click(),
  ])
  await page.waitForLoadState()
}
