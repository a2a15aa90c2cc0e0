import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'

/**
 * A whole Chromium out of an npm package: no system browser is needed. CHROMIUM_PATH names another one.
 * Outside AWS the package unpacks its own system libraries only when it believes to be there.
 */
export async function launchBrowser(): Promise<Browser> {
  const flags = [
    '--no-sandbox',
    '--no-zygote',
    '--font-render-hinting=none',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ]
  const own = process.env.CHROMIUM_PATH
  if (own) return chromium.launch({ executablePath: own, args: flags })
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs20.x'
  const { default: packaged } = await import('@sparticuz/chromium')
  const executablePath = await packaged.executablePath()
  const home = await mkdtemp(join(tmpdir(), 'chromium-'))
  return chromium.launch({
    executablePath,
    args: flags,
    env: { ...process.env, HOME: home },
    headless: true,
  })
}

export const phone = { width: 390, height: 844 }
export const desktop = { width: 1280, height: 900 }

/** Fonts decide widths: nothing is measured or shot before they are there. */
export const settled = async (page: Page): Promise<void> => {
  await page.waitForLoadState('load')
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
}
