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
 * `-- --only status` shoots the pages whose name holds that; `--dark` in dark colours; `--no-js` without scripts.
 */
const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    locale: { type: 'string' },
    dark: { type: 'boolean', default: false },
    'no-js': { type: 'boolean', default: false },
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
    for (const locale of locales.filter((one) => !options.locale || one === options.locale)) {
      for (const [width, viewport] of Object.entries(widths))
        await shootAll(browser, scene, locale, width, viewport)
    }
  } finally {
    await browser.close()
    await stopTestApp(app)
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
