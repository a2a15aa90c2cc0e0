import type { BrowserContext } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { looksOf } from '../../src/takedowns/looks.ts'
import { desktop } from '../support/browser.ts'
import { takedownOf } from '../support/claimant.ts'
import { pngOf } from '../support/images.ts'
import { useApp, useStage } from './stage.ts'

const stage = useStage()
const app = useApp()
let cookies: { rana: string; noa: string }
beforeAll(async () => {
  cookies = {
    rana: await app().signIn({ email: 'rana@example.org', name: 'رنا المثال', locale: 'ar' }),
    noa: await app().signIn({ email: 'noa@example.org', name: 'Noa Example' }),
  }
})

const signedIn = async (cookie: string, javaScriptEnabled = true): Promise<BrowserContext> => {
  const context = await stage.context({ viewport: desktop, javaScriptEnabled })
  const [name = '', value = ''] = cookie.split('=')
  await context.addCookies([{ name, value, url: app().listening }])
  return context
}
const addressOf = (sent: { reference: string }) => `${app().listening}/staff/takedowns/${sent.reference}`

it('two at once without JavaScript: one hands over, the other’s older page is refused, and a note is never lost', async () => {
  const sent = await app().submit()
  const noa = await (await signedIn(cookies.noa, false)).newPage()
  const rana = await (await signedIn(cookies.rana, false)).newPage()
  await noa.goto(addressOf(sent))
  await rana.goto(addressOf(sent))
  await noa.locator('.hand-over summary').click()
  await noa.selectOption('#to', { label: '\u2068رنا المثال\u2069' })
  await noa.locator('.hand-over button').click()
  await noa.getByText('Handed over to رنا المثال').waitFor()
  await rana.locator('[data-key="a"]').click()
  await rana.locator('[role="alert"]').waitFor()
  const late = await (await signedIn(cookies.noa, false)).newPage()
  await late.goto(addressOf(sent))
  await late.fill('#note', 'She phoned.')
  await late.locator('#form-note button:not([formaction])').click()
  expect(await late.locator('.note').textContent()).toContain('She phoned.')
})

it('tells who else is here while the page is open, and that it has changed', async () => {
  const sent = await app().submit()
  const noa = await (await signedIn(cookies.noa)).newPage()
  await noa.clock.install()
  await noa.goto(addressOf(sent))
  expect(await noa.locator('[data-presence-words]').textContent()).toBe('')
  const rana = await (await signedIn(cookies.rana)).newPage()
  await rana.goto(addressOf(sent))
  await expect
    .poll(() => looksOf(app().services.db, takedownOf(app(), sent).id).map(({ staffName }) => staffName))
    .toContain('رنا المثال')
  await noa.clock.runFor(21_000)
  await noa.getByText('رنا المثال').first().waitFor()
  expect(await noa.locator('[data-changed]').isHidden()).toBe(true)
  await rana.locator('[data-key="a"]').click()
  await rana.waitForLoadState()
  await noa.clock.runFor(21_000)
  await noa.locator('[data-changed] a').waitFor()
})

it('opens a picture over the page, in full size at a press, and closes it by the keyboard', async () => {
  const sent = await app().submit({ files: [{ name: 'a.png', content: await pngOf(1600, 900) }] })
  await app().letters(2)
  const page = await (await signedIn(cookies.noa)).newPage()
  await page.goto(addressOf(sent))
  await expect
    .poll(async () => {
      await page.reload()
      return page.locator('a[data-zooms]').count()
    })
    .toBe(1)
  await page.locator('a[data-zooms]').press('Enter')
  await page.locator('dialog[data-zoom] img').waitFor()
  await page.locator('[data-zoom-picture]').press('Enter')
  expect(await page.locator('[data-zoom-picture]').getAttribute('class')).toContain('zoomed')
  await page.keyboard.press('Escape')
  expect(await page.locator('dialog[data-zoom]').isHidden()).toBe(true)
})
