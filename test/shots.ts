import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { type Locale, locales } from '../src/i18n/locales.ts'
import { desktop, launchBrowser, phone, settled } from './support/browser.ts'
import { longName, pagesToShoot, type Scene, seedScenes } from './support/scenes.ts'
import { startTestApp, stopTestApp } from './support/test-app.ts'

/**
 * `npm run shots`: every page in every language, at phone width and on a desk, into test/.shots/.
 * `-- --pictures` writes the two that README shows, into test/pictures/.
 * `-- --only status` shoots the pages whose name holds that; `--dark` in dark colours; `--no-js` without scripts.
 */
const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    locale: { type: 'string' },
    dark: { type: 'boolean', default: false },
    'no-js': { type: 'boolean', default: false },
    pictures: { type: 'boolean', default: false },
  },
})

const folder = join(import.meta.dirname, '.shots')
const widths = { phone, desk: desktop }

async function main() {
  await mkdir(folder, { recursive: true })
  const app = await startTestApp({ SUBMISSIONS_PER_HOUR: '1000' })
  const browser = await launchBrowser()
  try {
    const scene = await seedScenes(app, longName)
    if (options.pictures) return await shootPictures(browser, scene)
    for (const locale of locales.filter((one) => !options.locale || one === options.locale)) {
      for (const [width, viewport] of Object.entries(widths))
        await shootAll(browser, scene, locale, width, viewport)
    }
  } finally {
    await browser.close()
    await stopTestApp(app)
  }
}

/** The upper part of the form and of a status page, on a phone. */
async function shootPictures(browser: Browser, scene: Scene) {
  const pictures = join(import.meta.dirname, 'pictures')
  await mkdir(pictures, { recursive: true })
  const context = await browser.newContext({ viewport: { width: 390, height: 1200 }, deviceScaleFactor: 1.5 })
  for (const [name, scenePage, locale] of [
    ['form', 'form', 'en'],
    ['status', 'status-waiting', 'ar'],
  ] as const) {
    const page = await context.newPage()
    await pagesToShoot[scenePage]?.(page, scene, locale)
    await settled(page)
    await page.screenshot({ path: join(pictures, `${name}.png`) })
  }
}

async function shootAll(
  browser: Browser,
  scene: Scene,
  locale: Locale,
  width: string,
  viewport: { width: number; height: number },
) {
  const context = await browser.newContext({
    viewport,
    locale,
    colorScheme: options.dark ? 'dark' : 'light',
    javaScriptEnabled: !options['no-js'],
  })
  for (const [name, open] of Object.entries(pagesToShoot)) {
    if (name.includes(options.only))
      await shoot(context, name, (page) => open(page, scene, locale), locale, width)
  }
  await context.close()
}

async function shoot(
  context: BrowserContext,
  name: string,
  open: (page: Page) => Promise<void>,
  locale: Locale,
  width: string,
) {
  const page = await context.newPage()
  await open(page)
  await settled(page)
  const path = join(folder, `${name}.${locale}.${width}${options.dark ? '.dark' : ''}.png`)
  await page.screenshot({ path, fullPage: true })
  process.stdout.write(`${path}\n`)
  await page.close()
}

await main()
