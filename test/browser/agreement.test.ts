import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import type { Locale } from '../../src/i18n/locales.ts'
import { translatorFor } from '../../src/i18n/translate.ts'
import type { Role } from '../../src/staff/roles.ts'
import { undoMs } from '../../src/takedowns/pending-acts.ts'
import { desktop } from '../support/browser.ts'
import { reportedPagesOf, takedownOf } from '../support/claimant.ts'
import { staffPassword } from '../support/test-app.ts'
import { useApp, useStage } from './stage.ts'

const app = useApp()
const stage = useStage()

async function deskOf(email: string, locale: Locale, javaScriptEnabled: boolean, role: Role = 'admin') {
  const cookie = await app().signIn({ email, locale, role, name: email.split('@')[0] ?? email })
  const [name = '', value = ''] = cookie.split('=')
  const context = await stage.context({ javaScriptEnabled, viewport: desktop, locale })
  await context.addCookies([{ name, value, url: app().listening }])
  return context.newPage()
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click()

for (const [locale, javaScriptEnabled] of [
  ['ar', true],
  ['en', false],
] as const) {
  const t = translatorFor(locale)
  const how = javaScriptEnabled ? 'with' : 'without'

  it(`a licence: offered with its terms, accepted by the claimant word for word, and the page stays (${locale}, ${how} JavaScript)`, async () => {
    const sent = await app().submit({ locale })
    const desk = await deskOf(`licence-${locale}@example.org`, locale, javaScriptEnabled)
    await desk.goto(`${app().listening}/staff/takedowns/${sent.reference}`)
    await press(desk, t('staff.act.takeOn'))
    const [page] = reportedPagesOf(app(), sent)
    const field = (name: string) => desk.locator(`[name="${name}-${page?.id}"]`)
    await desk.locator(`[name="outcome-${page?.id}"][value="licensed"]`).check()
    const terms = desk.locator('details.terms')
    if ((await terms.getAttribute('open')) === null) await terms.locator('summary').click()
    await field('scope').fill('one photo in this article')
    await field('medium').fill('ashams.com')
    await field('from').fill('2026-11-02')
    await field('fee').fill('300')
    await field('credit').fill('Photo: Example')
    await field('reason').fill('As we agreed on the phone.')
    await desk
      .locator('form[action$="/decision"] button:not([formaction])', { hasText: t('outgoing.see') })
      .click()
    await desk.locator('form[action$="/sending"] button').click()
    await desk.locator('form[action$="/undoing"]').waitFor()
    app().clock.pass(undoMs + 1)
    app().services.pendingActs.wake()
    await expect.poll(() => takedownOf(app(), sent).status).toBe('decided')

    const claimant = await stage.page({ javaScriptEnabled, locale })
    await claimant.goto(sent.statusUrl)
    const offer = claimant.locator('form.offer')
    expect(await offer.textContent()).toContain('one photo in this article')
    await offer.locator('button').click()
    await offer.waitFor({ state: 'detached' })
    const [agreed] = reportedPagesOf(app(), sent)
    expect([agreed?.useState, agreed?.acceptedAt]).toEqual(['licensed', app().clock.now()])
    expect(takedownOf(app(), sent).status).toBe('closed')
  })

  it(`money for past use: written down by those who may, and nowhere for those who may not (${locale}, ${how} JavaScript)`, async () => {
    const sent = await app().submit({ locale })
    const address = `${app().listening}/staff/takedowns/${sent.reference}`
    const admin = await deskOf(`money-${locale}@example.org`, locale, javaScriptEnabled)
    await admin.goto(address)
    const card = admin.locator('[aria-labelledby=royalty]')
    await card.locator('summary').click()
    await card.locator('#royalty-state').selectOption('raised')
    await card.locator('#royalty-amount').fill('abc')
    await press(admin, t('royalty.save'))
    await admin.locator('[data-error-summary]').waitFor()
    await card.locator('#royalty-amount').fill('1250.50')
    await press(admin, t('royalty.save'))
    await card.getByText('1,250.50').first().waitFor()
    const viewer = await deskOf(`viewer-${locale}@example.org`, locale, javaScriptEnabled, 'viewer')
    await viewer.goto(address)
    expect(await viewer.locator('[aria-labelledby=royalty]').count()).toBe(0)
    expect(await viewer.content()).not.toContain('1,250.50')
  })

  it(`people and settings: who is disabled is out at once; keys and language are one's own (${locale}, ${how} JavaScript)`, async () => {
    const admin = await deskOf(`head-${locale}@example.org`, locale, javaScriptEnabled)
    const leaver = await deskOf(`leaver-${locale}@example.org`, locale, javaScriptEnabled, 'editor')
    await leaver.goto(`${app().listening}/staff/settings`)
    await leaver.locator('[name=locale]').selectOption('he')
    await leaver.locator('[type=checkbox]').uncheck()
    await leaver
      .locator('form', { has: leaver.locator('[name=locale]') })
      .locator('button')
      .last()
      .click()
    await leaver.getByText(translatorFor('he')('settings.title')).first().waitFor()
    expect(await leaver.locator('[type=checkbox]').isChecked()).toBe(false)
    expect((await leaver.goto(`${app().listening}/staff/people`))?.status()).toBe(403)

    await admin.goto(`${app().listening}/staff/people`)
    const row = admin.locator('tr', { hasText: `leaver-${locale}@example.org` })
    await row.locator('a[href$="/role"]').click()
    await admin.locator('select').selectOption('viewer')
    await admin.fill('#current', staffPassword)
    await admin.getByRole('button', { name: t('people.changeRole') }).click()
    await admin.locator('[role=status]').waitFor()
    await row.locator('a[href$="/disabling"]').click()
    await admin.fill('#current', staffPassword)
    await admin.getByRole('button', { name: t('people.disable') }).click()
    await row.waitFor({ state: 'detached' })
    await leaver.goto(`${app().listening}/staff`)
    expect(leaver.url()).toContain('/staff/sign-in')
  })
}
