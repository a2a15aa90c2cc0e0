import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import type { Locale } from '../../src/i18n/locales.ts'
import { launchBrowser, phone } from '../support/browser.ts'
import { startTestApp, stopTestApp, type TestApp } from '../support/test-app.ts'

export const languages: Record<Locale, string> = { ar: 'Arabic', he: 'Hebrew', en: 'English' }

/** One browser for a whole file; each test opens contexts of its own in it. */
export interface Stage {
  /** A fresh reader on a phone: no cookies, nothing stored. Closed when the test is over. */
  context(options?: BrowserContextOptions): Promise<BrowserContext>
  page(options?: BrowserContextOptions): Promise<Page>
}

export function useStage(): Stage {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser.close())
  const context = async (options: BrowserContextOptions = {}) => {
    const opened = await browser.newContext({ viewport: phone, ...options })
    opened.setDefaultTimeout(15_000)
    onTestFinished(() => opened.close())
    return opened
  }
  return { context, page: async (options) => (await context(options)).newPage() }
}

/** One app for a whole file. */
export function useApp(environment: Record<string, string> = {}): () => TestApp {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp({ SUBMISSIONS_PER_HOUR: '1000', ...environment })
  })
  afterAll(() => stopTestApp(app))
  return () => app
}

/** A file as a person chooses it. */
export const chosen = (name: string, buffer: Buffer, mimeType = 'image/png') => ({ name, buffer, mimeType })

/** What has the focus, as a CSS selector of ours would name it: `#phone`, `[data-error-summary]`. */
export const hasFocus = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)

/** The last submit button of the form: the one that sends. */
export const sendButton = (page: Page) => page.locator('form#takedown [data-send] button')
