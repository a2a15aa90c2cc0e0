import type { BrowserContext, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { endSessions } from '../../src/actions/end-sessions.ts'
import { sessionLimits } from '../../src/staff/sessions.ts'
import { desktop } from '../support/browser.ts'
import { openAs, staffIdOf } from '../support/claimant.ts'
import { staffPassword } from '../support/test-app.ts'
import { useApp, useStage } from './stage.ts'

const app = useApp()
const { context } = useStage()
const at = (path: string) => new URL(path, app().listening).href

/** Somebody signs in by hand and has a takedown open. */
async function atDesk(email: string) {
  const sent = await app().submit({ name: 'Nadia Example' })
  await app().signIn({ email })
  const browser = await context({ viewport: desktop })
  const page = await browser.newPage()
  await page.clock.install()
  await page.goto(at('/staff/sign-in?locale=en'))
  await page.fill('#email', email)
  await page.fill('#password', staffPassword)
  await page.locator('main form button').click()
  const address = at(`/staff/takedowns/${sent.reference}`)
  await page.goto(address)
  await page.getByText('Nadia Example').first().waitFor()
  return { browser, page, address, sent, staffId: staffIdOf(app(), email) }
}

const shows = async (page: Page) => (await page.content()).includes('Nadia Example')

const names = async (browser: BrowserContext) =>
  (await browser.cookies()).map(({ name }) => name.replace(/\d+$/, '')).sort()

it('P14: a sign-out empties what the browser has kept and the other tabs, and leaves the cookies of claimants', async () => {
  const { browser, page, address, sent } = await atDesk('leaves@example.org')
  const { cookie } = await openAs(app(), sent)
  const [name = '', value = ''] = cookie.split('=')
  await browser.addCookies([{ name, value, url: at('/') }])
  await page.evaluate(() => {
    localStorage.setItem('kept', 'yes')
    sessionStorage.setItem('kept', 'yes')
  })
  const other = await browser.newPage()
  await other.goto(address)
  await page.locator('form.signed-in button').click()
  await page.waitForURL('**/staff/sign-in')
  const kept = () => page.evaluate(() => [localStorage.length, sessionStorage.length])
  await expect.poll(kept).toEqual([0, 0])
  expect(await names(browser)).toEqual([name.replace(/\d+$/, ''), 'device-'].sort())
  await other.waitForURL('**/staff/sign-in**')
  expect(await shows(other)).toBe(false)
  await page.goBack()
  expect([await shows(page), page.url()]).toEqual([false, expect.stringContaining('/staff/sign-in')])
})

it('P14: a page that was left open shows nothing once its session is over by time, or was ended from elsewhere', async () => {
  const idle = await atDesk('idle@example.org')
  app().clock.pass(sessionLimits.idleMs)
  await idle.page.clock.fastForward(sessionLimits.idleMs - 120_000)
  expect(await shows(idle.page)).toBe(true)
  await idle.page.clock.fastForward(180_000)
  await idle.page.waitForURL('**/staff/sign-in**')
  expect(await shows(idle.page)).toBe(false)

  const ended = await atDesk('ended@example.org')
  const comesBack = () => ended.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await Promise.all([ended.page.waitForResponse('**/staff/session'), comesBack()])
  expect(await shows(ended.page), 'it is not over').toBe(true)
  endSessions(app().services.db, ended.staffId, { allBut: null }, app().clock.now(), ended.staffId)
  await comesBack()
  await ended.page.waitForURL('**/staff/sign-in**')
  expect(await shows(ended.page)).toBe(false)
})

it('P14: a page that the browser brings back, or whose server does not answer after a sign-out in another tab, shows nothing', async () => {
  const back = await atDesk('back@example.org')
  endSessions(app().services.db, back.staffId, { allBut: null }, app().clock.now(), back.staffId)
  await back.page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
  await back.page.waitForURL('**/staff/sign-in**')
  expect(await shows(back.page)).toBe(false)

  const away = await atDesk('away@example.org')
  const other = await away.browser.newPage()
  await other.goto(away.address)
  await other.route('**/staff/sign-in**', () => undefined)
  // A page on its way elsewhere cannot be asked: it says itself when there is nothing left on it.
  const said: string[] = []
  await other.exposeFunction('say', (text: string) => void said.push(text))
  await other.evaluate(() => {
    const say: unknown = Reflect.get(window, 'say')
    const look = () => typeof say === 'function' && say(document.body.innerText)
    new MutationObserver(look).observe(document.body, { childList: true })
  })
  await away.page.locator('form.signed-in button').click()
  await expect.poll(() => said).toEqual([''])
})
