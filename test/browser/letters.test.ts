import type { Page } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import type { Locale } from '../../src/i18n/locales.ts'
import { translatorFor } from '../../src/i18n/translate.ts'
import { listReplies } from '../../src/staff/replies.ts'
import { desktop, phone } from '../support/browser.ts'
import type { Submitted } from '../support/test-app.ts'
import { useApp, useStage } from './stage.ts'

const app = useApp()
const stage = useStage()
const words: Record<Locale, string> = {
  ar: 'نودّ أن نعرف أي صورة هي المقصودة.',
  he: 'נשמח לדעת לאיזו תמונה הכוונה.',
  en: 'Please tell us which picture is meant.',
}

async function open(locale: Locale, javaScriptEnabled: boolean): Promise<{ desk: Page; sent: Submitted }> {
  const cookie = await app().signIn({ email: `${locale}@example.org`, locale })
  const [name = '', value = ''] = cookie.split('=')
  const viewport = javaScriptEnabled ? desktop : phone
  const context = await stage.context({ javaScriptEnabled, viewport, locale })
  await context.addCookies([{ name, value, url: app().listening }])
  const sent = await app().submit({ locale })
  const desk = await context.newPage()
  await desk.goto(`${app().listening}/staff/takedowns/${sent.reference}`)
  return { desk, sent }
}

const pending = () => app().services.db.$client.prepare('select count(*) from pending_acts').pluck().get()

for (const locale of ['ar', 'en'] as const) {
  const t = translatorFor(locale)

  it(`what is typed keeps itself, what was sent counts down and can be undone (${locale})`, async () => {
    const { desk } = await open(locale, true)
    const problems: string[] = []
    desk.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
    await desk.locator('#body').pressSequentially(words[locale])
    await desk.locator('#form-letter').getByText(t('outgoing.draft.kept'), { exact: true }).waitFor()
    await desk.reload()
    expect(await desk.locator('#body').inputValue()).toBe(words[locale])

    await desk
      .locator('#form-letter')
      .getByRole('button', { name: t('outgoing.see') })
      .click()
    await desk.frameLocator('.letter-frame').getByText(words[locale]).waitFor()
    await desk.getByRole('button', { name: t('outgoing.preview.send') }).click()
    const seconds = desk.locator('[data-countdown]')
    await expect.poll(async () => Number(await seconds.textContent())).toBeLessThan(15)
    await desk.getByRole('button', { name: t('outgoing.pending.undo') }).click()
    await desk.getByText(t('outgoing.draft.undone')).waitFor()
    expect(await desk.locator('#body').inputValue()).toBe(words[locale])
    expect(pending()).toBe(0)
    expect(problems).toEqual([])
  })

  it(`without a script a draft is kept by its button, and a reply is inserted (${locale})`, async () => {
    const { desk, sent } = await open(locale, false)
    const form = desk.locator('#form-letter')
    await desk.locator('#body').fill(words[locale])
    await form.getByRole('button', { name: t('outgoing.draft.keep') }).click()
    await form.getByText(t('outgoing.draft.discard')).waitFor()
    expect(await desk.locator('#body').inputValue()).toBe(words[locale])
    const [reply] = listReplies(app().services.db).filter(({ texts }) =>
      texts[locale]?.includes('{reference}'),
    )
    await desk.locator('#reply').selectOption(String(reply?.id))
    await form.getByRole('button', { name: t('replies.insert'), exact: true }).click()
    await expect.poll(() => desk.locator('#body').inputValue()).toContain(sent.reference)
    expect(await desk.locator('#body').inputValue()).toMatch(new RegExp(`^${words[locale].slice(0, 12)}`))

    await form.getByRole('button', { name: t('outgoing.see') }).click()
    await desk.getByRole('button', { name: t('outgoing.preview.send') }).click()
    await desk.getByRole('button', { name: t('outgoing.pending.undo') }).click()
    await desk.getByText(t('outgoing.draft.undone')).waitFor()
    expect(pending()).toBe(0)
  })
}

it('two people type on the same request, and neither loses a word', async () => {
  const { desk, sent } = await open('en', true)
  const other = await app().signIn({ email: 'second@example.org', locale: 'en' })
  const [name = '', value = ''] = other.split('=')
  const context = await stage.context({ viewport: desktop })
  await context.addCookies([{ name, value, url: app().listening }])
  onTestFinished(() => context.close())
  const second = await context.newPage()
  await second.goto(`${app().listening}/staff/takedowns/${sent.reference}`)
  const t = translatorFor('en')
  await desk.locator('#body').fill('words of the first')
  await second.locator('#body').fill('words of the second')
  for (const page of [desk, second])
    await page.locator('#form-letter').getByText(t('outgoing.draft.kept'), { exact: true }).waitFor()
  await Promise.all([desk.reload(), second.reload()])
  expect(await desk.locator('#body').inputValue()).toBe('words of the first')
  expect(await second.locator('#body').inputValue()).toBe('words of the second')
})
