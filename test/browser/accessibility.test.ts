import axe, { type AxeResults, type RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { directionOf, type Locale, locales } from '../../src/i18n/locales.ts'
import { translatorFor } from '../../src/i18n/translate.ts'
import { desktop, phone, settled } from '../support/browser.ts'
import { pngOf } from '../support/images.ts'
import { everyPage, type MarkedScene, seedMarked, visitEvery } from './every-page.ts'
import { chosen, languages, useApp, useStage } from './stage.ts'

const stage = useStage()
const app = useApp()
let scene: MarkedScene
beforeAll(async () => {
  scene = await seedMarked(app())
})

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const narrow = { width: 320, height: 700 }

for (const locale of locales) {
  it(`every page in ${languages[locale]} has no fault against WCAG 2.2 AA, phone and desk, light and dark`, async () => {
    const { axe } = await visited(locale)
    expect(axe).toEqual([])
  })

  it(`every page in ${languages[locale]} says its language and direction, and has one first heading`, async () => {
    const { shape } = await visited(locale)
    expect(shape).toEqual([])
  })

  it(`no page in ${languages[locale]} scrolls sideways at 390 or 320 pixels`, async () => {
    const { sideways } = await visited(locale)
    expect(sideways).toEqual([])
  })

  it(`every control in ${languages[locale]} shows its focus, and is large enough for a finger`, async () => {
    const { controls } = await visited(locale)
    expect(controls).toEqual([])
  })
}

it.each(locales)('the whole form can be filled in and sent by the keyboard alone (%s)', async (locale) => {
  const t = translatorFor(locale)
  const page = await stage.page()
  // Asked for before the page is opened: the browser is told in the background, and a key may be faster.
  const opened = page.waitForEvent('filechooser')
  await page.goto(`${app().listening}/${locale}`)
  await tabTo(page, '#name')
  await page.keyboard.type('Keyboard Claimant')
  await tabTo(page, '#phone')
  await page.keyboard.type('050-123-4567')
  await tabTo(page, '#screenshot')
  await page.keyboard.press('Space')
  await (await opened).setFiles(chosen('screen.png', await pngOf()))
  await tabTo(page, '[data-chosen] button')
  await tabTo(page, '#page-0')
  await page.keyboard.type('ashams.com/articles/1')
  await tabTo(page, '[data-add-page]')
  await page.keyboard.press('Enter')
  await page.keyboard.type('ashams.com/articles/2')
  await tabTo(page, '#statement')
  await page.keyboard.type('The second picture')
  await tabTo(page, '[name=capacity]')
  await page.keyboard.press('Space')
  await tabTo(page, '[data-send] button')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/takedowns\/TD-[0-9A-Z-]{9}$/)
  const pages = page.getByRole('region', { name: t('status.pages', { count: 2 }) })
  expect(await pages.locator('.page-address').allTextContents()).toEqual([
    'https://ashams.com/articles/1',
    'https://ashams.com/articles/2',
  ])
})

/** What is wrong, page by page. */
interface Faults {
  axe: string[]
  shape: string[]
  sideways: string[]
  controls: string[]
}

const visits = new Map<Locale, Promise<Faults>>()

/** Each page is opened once in each language, for all the tests together; two at a time. */
function visited(locale: Locale): Promise<Faults> {
  const known = visits.get(locale) ?? visitAll(locale)
  visits.set(locale, known)
  return known
}

async function visitAll(locale: Locale): Promise<Faults> {
  const faults: Faults = { axe: [], shape: [], sideways: [], controls: [] }
  await visitEvery(
    2,
    () => stage.page({ locale }),
    async (name, page) => {
      const found = await visit(name, page, locale)
      for (const kind of ['axe', 'shape', 'sideways', 'controls'] as const) {
        faults[kind].push(...found[kind].map((fault) => `${name}: ${fault}`))
      }
    },
  )
  return faults
}

async function visit(name: string, page: Page, locale: Locale): Promise<Faults> {
  await everyPage[name]?.(page, scene, locale)
  await settled(page)
  const shape = await page.evaluate(shapeFaults, { locale, dir: directionOf(locale) })
  const axe = await axeFaults(page)
  const sideways: string[] = []
  for (const viewport of [narrow, phone]) {
    await page.setViewportSize(viewport)
    sideways.push(...(await page.evaluate(sidewaysFaults)))
  }
  await page.keyboard.press('Tab')
  const controls = await page.evaluate(controlFaults)
  return { axe, shape, sideways, controls }
}

declare global {
  interface Window {
    axe?: { run(context: Document, options: RunOptions): Promise<AxeResults> }
  }
}

/** axe is brought into the page and the letters in it; then it runs as often as there are ways to look at the page. */
async function axeFaults(page: Page): Promise<string[]> {
  for (const frame of page.frames()) await frame.evaluate(axe.source)
  const all: RunOptions = {
    runOnly: tags,
    rules: { 'target-size': { enabled: true } },
    resultTypes: ['violations'],
  }
  // Nothing but the colours changes with the scheme.
  const colours: RunOptions = { runOnly: ['color-contrast'], resultTypes: ['violations'] }
  const faults: string[] = []
  for (const viewport of [phone, desktop]) {
    await page.setViewportSize(viewport)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      const found = await page.evaluate(runAxe, colorScheme === 'light' ? all : colours)
      faults.push(...found.map((fault) => `${viewport.width} ${colorScheme}: ${fault}`))
    }
  }
  return faults
}

async function runAxe(options: RunOptions): Promise<string[]> {
  // Colours on their way from one scheme to the other are nobody's colours.
  for (const animation of document.getAnimations()) animation.finish()
  const results = await window.axe?.run(document, options)
  if (!results) return ['axe did not run']
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
  )
}

function shapeFaults({ locale, dir }: { locale: string; dir: string }): string[] {
  const faults: string[] = []
  const root = document.documentElement
  const headings = document.querySelectorAll('h1').length
  if (headings !== 1) faults.push(`${headings} first-level headings`)
  if (root.lang !== locale) faults.push(`lang is ${root.lang}`)
  if (root.dir !== dir) faults.push(`dir is ${root.dir}`)
  if (document.title.trim() === '') faults.push('no title')
  return faults
}

function sidewaysFaults(): string[] {
  const { scrollWidth, clientWidth } = document.documentElement
  if (scrollWidth <= clientWidth) return []
  const widest = [...document.querySelectorAll('main *')].filter((element) => {
    const { left, right } = element.getBoundingClientRect()
    return left < -1 || right > clientWidth + 1
  })
  const names = widest.slice(0, 3).map((element) => `${element.localName}.${element.className}`)
  return [`${scrollWidth} wide on ${clientWidth}: ${names.join(', ')}`]
}

/** Each control in turn; after a press of Tab the browser shows the focus that a script sets as well. */
function controlFaults(): string[] {
  const faults: string[] = []
  const controls = document.querySelectorAll('a[href], button, input, select, textarea, summary')
  for (const control of controls) {
    if (!(control instanceof HTMLElement) || control.tabIndex < 0 || !control.checkVisibility()) continue
    if (control instanceof HTMLInputElement && control.type === 'hidden') continue
    const name = `${control.localName}${control.id ? `#${control.id}` : ''}.${control.className}`
    control.focus()
    if (!hasRing(control)) faults.push(`${name} does not show its focus`)
    const { width, height } = control.getBoundingClientRect()
    const isInText = getComputedStyle(control).display === 'inline'
    const isStoodFor = control.matches('[type=file], [type=radio], [type=checkbox], .skip-link')
    if (!isInText && !isStoodFor && (width < 24 || Math.round(height) < 40)) {
      faults.push(`${name} is ${Math.round(width)} x ${Math.round(height)}`)
    }
  }
  return faults

  function hasRing(control: Element): boolean {
    const zone = control.closest('.dropzone')
    return [control, control.closest('label'), zone].some((element) => {
      if (!element) return false
      const { outlineStyle, outlineWidth } = getComputedStyle(element)
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
    })
  }
}

/** Tab until the control has the focus; never in circles. */
async function tabTo(page: Page, selector: string) {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab')
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return
  }
  throw new Error(`the keyboard does not reach ${selector}`)
}
