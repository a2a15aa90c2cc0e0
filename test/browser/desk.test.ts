import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import type { Locale } from '../../src/i18n/locales.ts'
import { translatorFor } from '../../src/i18n/translate.ts'
import { desktop } from '../support/browser.ts'
import { takedownOf } from '../support/claimant.ts'
import { hasFocus, useApp, useStage } from './stage.ts'

const app = useApp()
const stage = useStage()

async function deskOf(email: string, locale: Locale, javaScriptEnabled = true): Promise<Page> {
  const cookie = await app().signIn({ email, locale, name: email.split('@')[0] ?? email })
  const [name = '', value = ''] = cookie.split('=')
  const context = await stage.context({ javaScriptEnabled, viewport: desktop, locale })
  await context.addCookies([{ name, value, url: app().listening }])
  return context.newPage()
}

const open = (page: Page, path: string) => page.goto(`${app().listening}/staff${path}`)

for (const [locale, javaScriptEnabled] of [
  ['ar', true],
  ['en', false],
] as const) {
  const t = translatorFor(locale)
  const how = javaScriptEnabled ? 'with' : 'without'

  it(`two people at one request: one gets it, hands it over, and nobody acts on what is stale (${locale}, ${how} JavaScript)`, async () => {
    const sent = await app().submit({ locale })
    const path = `/takedowns/${sent.reference}`
    const first = await deskOf(`first-${locale}@example.org`, locale, javaScriptEnabled)
    const second = await deskOf(`second-${locale}@example.org`, locale, javaScriptEnabled)
    await Promise.all([open(first, path), open(second, path)])
    await first.getByRole('button', { name: t('staff.act.takeOn'), exact: true }).click()
    await first
      .getByRole('button', { name: t('staff.act.takeOn'), exact: true })
      .waitFor({ state: 'detached' })

    // The loser is told who has it.
    await second.getByRole('button', { name: t('staff.act.takeOn'), exact: true }).click()
    await second.getByRole('alert').getByText(`first-${locale}`).waitFor()

    await first.locator('.hand-over > summary').click()
    const value = await first.locator('#to option', { hasText: `second-${locale}` }).getAttribute('value')
    await first.locator('#to').selectOption(value ?? '')
    await first.getByRole('button', { name: t('case.handOver.button'), exact: true }).click()
    await first.getByText(`second-${locale}`).first().waitFor()
    expect(String(takedownOf(app(), sent).assigneeId)).toBe(value)

    // The first page of the second person is two acts behind: nothing happens, and it says so.
    await second
      .getByRole('button', { name: t('staff.act.pause'), exact: true })
      .first()
      .waitFor()
    const version = takedownOf(app(), sent).version
    await second
      .getByRole('button', { name: t('staff.act.pause'), exact: true })
      .first()
      .click()
    await second.getByRole('alert').waitFor()
    expect(takedownOf(app(), sent).version).toBe(version)
  })
}

it('single keys work by their place on the keyboard, whatever they type, and not while one writes', async () => {
  const references = [(await app().submit()).reference, (await app().submit()).reference]
  const desk = await deskOf('keys@example.org', 'ar')
  await open(desk, '/takedowns?sort=received')
  await desk.keyboard.press('KeyJ')
  await desk.keyboard.press('KeyJ')
  expect(await desk.evaluate(() => document.activeElement?.textContent)).toContain(references[0])
  await desk.keyboard.press('KeyK')
  await desk.keyboard.press('KeyO')
  await desk.waitForURL(`**/staff/takedowns/${references[1]}`)
  await desk.keyboard.press('KeyR')
  expect(await hasFocus(desk, '#body')).toBe(true)
  await desk.keyboard.type('jknadu/')
  expect(await desk.locator('#body').inputValue()).toBe('jknadu/')
  await desk.locator('h1').click()
  await desk.keyboard.press('KeyN')
  expect(await hasFocus(desk, '#note')).toBe(true)
  await desk.locator('h1').click()
  await desk.keyboard.press('Shift+Slash')
  expect(await desk.locator('dialog[data-keys-help]').isVisible()).toBe(true)
  await desk.keyboard.press('Escape')
  await desk.keyboard.press('Slash')
  await desk.waitForURL('**/staff/takedowns')
  await desk.keyboard.press('Slash')
  expect(await hasFocus(desk, '#q')).toBe(true)
})
