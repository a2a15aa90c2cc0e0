import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { translatorFor } from '../../src/i18n/translate.ts'
import { pdf, pngOf } from '../support/images.ts'
import { chosen, sendButton, useApp, useStage } from './stage.ts'

const stage = useStage()
const app = useApp()
const t = translatorFor('en')
const he = translatorFor('he')
const article = 'https://ashams.com/articles/1'
const statusAddress = /\/takedowns\/TD-[0-9A-Z-]{9}$/

/** Files of the page as the reader sees them: those chosen now, and those that stayed from an earlier try. */
const listed = (page: Page) => page.locator('[data-chosen] .file-name, .kept .file-name').allTextContents()

async function openForm(options: { javaScriptEnabled?: boolean } = {}): Promise<Page> {
  const page = await stage.page(options)
  await page.goto(`${app().listening}/en?page=${encodeURIComponent(article)}`)
  return page
}

/** A name of its own, by which the takedowns that came of it are counted. */
let claimants = 0
async function fillIn(page: Page): Promise<string> {
  claimants += 1
  const name = `Claimant ${claimants}`
  await page.fill('#name', name)
  await page.fill('#phone', '050-123-4567')
  await page.setInputFiles('#screenshot', chosen('first.png', await pngOf()))
  return name
}

const takedownsOf = (name: string): unknown[] =>
  app().services.db.$client.prepare('select reference from takedowns where claimant_name = ?').all(name)

const screenshotsOf = (name: string): unknown[] =>
  app()
    .services.db.$client.prepare(
      'select file_name from screenshots join takedowns on takedowns.id = takedown_id where claimant_name = ? order by position',
    )
    .pluck()
    .all(name)

const sent = (page: Page) => page.waitForURL(statusAddress)

describe('with JavaScript', () => {
  it('a screenshot pasted anywhere on the page is listed with its picture', async () => {
    const page = await openForm()
    await page.focus('#statement')
    await give(page, 'paste', 'image.png', await pngOf())
    expect((await listed(page))[0]).toMatch(/^screenshot-\d{4}-.*\.png$/)
    await showsPicture(page)
    expect(await page.inputValue('#statement')).toBe('')
  })

  it('a screenshot dropped on its place is listed with its picture', async () => {
    const page = await openForm()
    await give(page, 'drop', 'dropped.png', await pngOf())
    expect(await listed(page)).toEqual(['dropped.png'])
    await showsPicture(page)
  })

  it('a file that misses its place is not taken, and the page stays', async () => {
    const page = await openForm()
    await give(page, 'drop', 'missed.png', await pngOf(), '#name')
    expect(await listed(page)).toEqual([])
    expect(page.url()).toContain('/en?page=')
  })

  it('files chosen, pasted and dropped add up, one can be taken out, and the rest is sent', async () => {
    const page = await openForm()
    const name = await fillIn(page)
    await page.setInputFiles('#screenshot', chosen('second.pdf', pdf, 'application/pdf'))
    await give(page, 'drop', 'third.png', await pngOf())
    expect(await listed(page)).toEqual(['first.png', 'second.pdf', 'third.png'])
    await page.getByRole('button', { name: 'first.png' }).click()
    expect(await listed(page)).toEqual(['second.pdf', 'third.png'])
    expect(await page.textContent('[data-file-news]')).toContain('first.png')
    await sendButton(page).click()
    await sent(page)
    expect(screenshotsOf(name)).toEqual(['second.pdf', 'third.png'])
  })

  it('a sixth file is not taken, and the page says so', async () => {
    const page = await openForm()
    const png = await pngOf()
    await page.setInputFiles(
      '#screenshot',
      Array.from({ length: 6 }, (_, index) => chosen(`${index}.png`, png)),
    )
    expect(await listed(page)).toHaveLength(5)
    expect(await page.textContent('[data-file-trouble]')).toBe(t('form.error.screenshot.tooMany', { max: 5 }))
  })

  it('a slow upload shows how far it has got', async () => {
    const page = await openForm()
    await fillIn(page)
    const large = Buffer.concat([pdf, Buffer.alloc(2_000_000, 32)])
    await page.setInputFiles('#screenshot', chosen('large.pdf', large, 'application/pdf'))
    const network = await page.context().newCDPSession(page)
    const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 1_000_000 }
    await network.send('Network.emulateNetworkConditions', slow)
    await sendButton(page).click()
    const bar = page.locator('[data-progress] progress')
    await bar.waitFor()
    const value = () => bar.evaluate((element) => Number(element.getAttribute('value') ?? 0))
    await expect.poll(value, { timeout: 8000, interval: 20 }).toBeGreaterThan(0)
    expect(await page.textContent('[data-progress] p')).toContain('%')
    await sent(page)
  })

  it('page addresses can be added and taken away, and each keeps its own label', async () => {
    const page = await openForm()
    await page.getByRole('button', { name: t('form.page.add') }).click()
    await page.getByRole('button', { name: t('form.page.add') }).click()
    await page.getByLabel(t('form.page.nth', { number: 2 }), { exact: true }).fill('https://ashams.com/2')
    await page.getByLabel(t('form.page.nth', { number: 3 }), { exact: true }).fill('https://ashams.com/3')
    await page.getByRole('button', { name: t('form.page.remove', { number: 2 }) }).click()
    expect(await page.locator('[name=page]').evaluateAll(valuesOf)).toEqual([article, 'https://ashams.com/3'])
    expect(await page.getByLabel(t('form.page.nth', { number: 2 }), { exact: true }).inputValue()).toBe(
      'https://ashams.com/3',
    )
  })

  it('what was typed survives a reload, and nothing of it stays on the device after sending', async () => {
    const page = await openForm()
    await page.fill('#name', 'Claimant reloaded')
    await page.fill('#statement', 'The second picture')
    await page.getByLabel(t('form.capacity.other')).check()
    await page.getByRole('button', { name: t('form.page.add') }).click()
    await page.fill('#page-1', 'https://ashams.com/2')
    await page.reload()
    await page.getByText(t('form.client.restored')).waitFor()
    expect(await page.inputValue('#name')).toBe('Claimant reloaded')
    expect(await page.inputValue('#statement')).toBe('The second picture')
    expect(await page.getByLabel(t('form.capacity.other')).isChecked()).toBe(true)
    expect(await page.locator('[name=page]').evaluateAll(valuesOf)).toEqual([article, 'https://ashams.com/2'])
    await fillIn(page)
    await sendButton(page).click()
    await sent(page)
    expect(await stored(page)).toEqual({ session: 0, local: 0 })
    await page.goto(`${app().listening}/en`)
    expect(await page.inputValue('#name')).toBe('')
  })

  it('a double click sends once', async () => {
    const page = await openForm()
    const name = await fillIn(page)
    await sendButton(page).dblclick()
    await sent(page)
    expect(takedownsOf(name)).toHaveLength(1)
  })

  it('a broken connection loses nothing and says so, and the next try is received once', async () => {
    const page = await openForm()
    const name = await fillIn(page)
    await page.context().setOffline(true)
    await sendButton(page).click()
    await page.getByText(t('form.client.lost')).waitFor()
    expect(await page.inputValue('#name')).toBe(name)
    expect(await listed(page)).toEqual(['first.png'])
    await page.context().setOffline(false)
    await sendButton(page).click()
    await sent(page)
    expect(takedownsOf(name)).toHaveLength(1)
  })

  it('an answer that was lost on the way is no second request when the same is sent again', async () => {
    const page = await openForm()
    const name = await fillIn(page)
    await sendWithAnswerLost(page)
    await sendButton(page).click()
    await sent(page)
    expect(takedownsOf(name)).toHaveLength(1)
  })

  it('a form that was received and is then changed asks first, and goes as a new request when told to', async () => {
    const { page, name } = await changeAfterSending()
    expect(takedownsOf(name)).toEqual([])
    await page.getByRole('button', { name: t('form.already.send') }).click()
    await sent(page)
    expect(screenshotsOf(name)).toEqual(['first.png'])
    expect(await stored(page)).toEqual({ session: 0, local: 0 })
  })

  it('from the question one can go back to the form, and everything stands in it', async () => {
    const { page, name } = await changeAfterSending()
    await page.getByRole('button', { name: t('form.already.back') }).click()
    await page.locator('#phone').waitFor()
    expect(await page.inputValue('#name')).toBe(name)
    expect(await page.inputValue('#page-0')).toBe(article)
    expect(await listed(page)).toEqual(['first.png'])
    await sendButton(page).click()
    await sent(page)
    expect(takedownsOf(name)).toHaveLength(1)
  })

  it('the way back from the status page leads past the form that was sent', async () => {
    const page = await openForm()
    await page.goto(`${app().listening}/en/privacy`)
    await page.goto(`${app().listening}/en`)
    await fillIn(page)
    await page.fill('#page-0', article)
    await sendButton(page).click()
    await sent(page)
    await page.goBack()
    expect(page.url()).toMatch(/\/en\/privacy$/)
  })

  async function changeAfterSending(): Promise<{ page: Page; name: string }> {
    const page = await openForm()
    const name = `${await fillIn(page)} changed`
    await sendWithAnswerLost(page)
    await page.fill('#name', name)
    await sendButton(page).click()
    await page.getByRole('heading', { level: 1, name: t('form.already.title') }).waitFor()
    return { page, name }
  }
})

for (const javaScriptEnabled of [true, false]) {
  const way = javaScriptEnabled ? 'with' : 'without'
  it(`switching the language ${way} JavaScript keeps what was typed and the files`, async () => {
    const page = await openForm({ javaScriptEnabled })
    const name = await fillIn(page)
    await page.getByRole('button', { name: 'עברית' }).click()
    await page.waitForURL(/\/he\//)
    expect(await page.getAttribute('html', 'dir')).toBe('rtl')
    expect(await page.inputValue('#name')).toBe(name)
    expect(await page.inputValue('#page-0')).toBe(article)
    expect(await listed(page)).toEqual(['first.png'])
    await page.getByRole('button', { name: he('form.send') }).click()
    await sent(page)
    expect(screenshotsOf(name)).toEqual(['first.png'])
  })
}

describe('without JavaScript', () => {
  const openPlain = () => openForm({ javaScriptEnabled: false })

  it('another page address can be asked for, and nothing typed or chosen is lost', async () => {
    const page = await openPlain()
    const name = await fillIn(page)
    await page.getByRole('button', { name: t('form.page.add') }).click()
    await page.fill('#page-1', 'https://ashams.com/2')
    expect(await page.inputValue('#name')).toBe(name)
    expect(await listed(page)).toEqual(['first.png'])
    await sendButton(page).click()
    await sent(page)
    expect(await page.locator('.page-address').count()).toBe(2)
  })

  it('a kept file whose tick is cleared does not go with the request', async () => {
    const page = await openPlain()
    const name = await fillIn(page)
    await page.fill('#phone', '')
    await sendButton(page).click()
    await page.getByRole('checkbox', { name: 'first.png' }).uncheck()
    await page.fill('#phone', '050-123-4567')
    await page.setInputFiles('#screenshot', chosen('better.png', await pngOf()))
    await sendButton(page).click()
    await sent(page)
    expect(screenshotsOf(name)).toEqual(['better.png'])
  })

  it('a double click sends once', async () => {
    const page = await openPlain()
    const name = await fillIn(page)
    await sendButton(page).dblclick()
    await sent(page)
    expect(takedownsOf(name)).toHaveLength(1)
  })

  it('the way back after sending, a change and sending again lead to the question, and nothing is lost', async () => {
    const page = await openPlain()
    const name = await fillIn(page)
    await sendButton(page).click()
    await sent(page)
    await page.goBack()
    await page.fill('#name', `${name} again`)
    await page.fill('#phone', '050-123-4567')
    await page.setInputFiles('#screenshot', chosen('first.png', await pngOf()))
    await sendButton(page).click()
    await page.getByRole('heading', { level: 1, name: t('form.already.title') }).waitFor()
    expect(takedownsOf(`${name} again`)).toEqual([])
    await page.getByRole('button', { name: t('form.already.send') }).click()
    await sent(page)
    expect(takedownsOf(`${name} again`)).toHaveLength(1)
  })

  it('the way back after sending, and sending the same again, is no second request', async () => {
    const page = await openPlain()
    const name = await fillIn(page)
    const file = chosen('first.png', await pngOf())
    await page.setInputFiles('#screenshot', file)
    await sendButton(page).click()
    await sent(page)
    await page.goBack()
    await page.setInputFiles('#screenshot', file)
    await sendButton(page).click()
    await sent(page)
    expect(takedownsOf(name)).toHaveLength(1)
  })

  it('Enter in a field sends the form and does not switch the language', async () => {
    const page = await openPlain()
    const name = await fillIn(page)
    await page.press('#name', 'Enter')
    await sent(page)
    expect(takedownsOf(name)).toHaveLength(1)
  })
})

const valuesOf = (inputs: Element[]) =>
  inputs.map((input) => (input instanceof HTMLInputElement ? input.value : ''))

const stored = (page: Page) =>
  page.evaluate(() => ({ session: sessionStorage.length, local: localStorage.length }))

const showsPicture = (page: Page) =>
  expect
    .poll(() =>
      page
        .locator('[data-chosen] img')
        .evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth > 0),
    )
    .toBe(true)

/** The server receives the form, and its answer never arrives. */
async function sendWithAnswerLost(page: Page) {
  await page.route('**/takedowns', async (route) => {
    await route.fetch({ maxRedirects: 0 })
    await route.abort('connectionreset')
  })
  await sendButton(page).click()
  await page.getByText(t('form.client.lost')).waitFor()
  await page.unroute('**/takedowns')
}

/** As the browser does when a person pastes or drops a file. */
async function give(
  page: Page,
  act: 'paste' | 'drop',
  name: string,
  content: Buffer,
  at = '[data-dropzone]',
) {
  const bytes = [...content]
  await page.evaluate(
    ({ act, name, bytes, at }) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([new Uint8Array(bytes)], name, { type: 'image/png' }))
      const how = { bubbles: true, cancelable: true }
      const target = act === 'paste' ? document.activeElement : document.querySelector(at)
      const event =
        act === 'paste'
          ? new ClipboardEvent('paste', { ...how, clipboardData: transfer })
          : new DragEvent('drop', { ...how, dataTransfer: transfer })
      target?.dispatchEvent(event)
    },
    { act, name, bytes, at },
  )
}
