import { HtmlValidate } from 'html-validate'
import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { type Locale, locales } from '../../src/i18n/locales.ts'
import { settled } from '../support/browser.ts'
import { everyPage, type MarkedScene, seedMarked, visitEvery } from './every-page.ts'
import { languages, useApp, useStage } from './stage.ts'

const stage = useStage()
const app = useApp()
let scene: MarkedScene
beforeAll(async () => {
  scene = await seedMarked(app())
})

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // Spelling, not meaning: preact closes void elements as XML does, and the doctype may be in any case.
    'void-style': 'off',
    'doctype-style': 'off',
    // A phone stands as the claimant typed it, character for character.
    'tel-non-breaking': 'off',
    // Boxes of one name are one question with several answers, as HTML means them.
    'form-dup-name': ['error', { shared: ['radio', 'button', 'reset', 'submit', 'checkbox'] }],
    // A list may have a name (ARIA 1.2); the rule's default only knows landmarks and widgets.
    'aria-label-misuse': ['error', { allowAnyNamable: true }],
  },
})

for (const locale of locales) {
  it(`every page in ${languages[locale]} is valid HTML`, async () => {
    const { markup } = await visited(locale)
    expect(markup).toEqual([])
  })

  it(`no page in ${languages[locale]} has a style, a script or a handler in its HTML`, async () => {
    const { inline } = await visited(locale)
    expect(inline).toEqual([])
  })

  it(`no page in ${languages[locale]} loads anything from elsewhere, breaks its own policy or ends in an error`, async () => {
    const { noise } = await visited(locale)
    expect(noise).toEqual([])
  })
}

it('the check notices what a page loads from elsewhere, what its policy forbids, and wrong HTML', async () => {
  const page = await stage.page()
  const noise = listenTo(page)
  await page.goto(`${app().listening}/en`)
  await page.evaluate(() => {
    document.body.append(Object.assign(new Image(), { src: 'https://elsewhere.invalid/pixel.png' }))
    document.body.setAttribute('onclick', 'alert(1)')
  })
  await expect.poll(() => noise.join()).toMatch(/Content Security Policy/)
  expect(await page.evaluate(inlineFaults)).toHaveLength(1)
  expect(markupFaults('<!doctype html><title>x</title><p><div></div></p>')).not.toEqual([])
})

/** What is wrong, page by page. */
interface Faults {
  markup: string[]
  inline: string[]
  noise: string[]
}

const visits = new Map<Locale, Promise<Faults>>()

/** Each page is opened once in each language, for all the tests together; three at a time, as most of it is waiting. */
function visited(locale: Locale): Promise<Faults> {
  const known = visits.get(locale) ?? visitAll(locale)
  visits.set(locale, known)
  return known
}

async function visitAll(locale: Locale): Promise<Faults> {
  const faults: Faults = { markup: [], inline: [], noise: [] }
  await visitEvery(
    3,
    () => stage.page({ locale }),
    async (name, page) => {
      const found = await visit(name, page, locale)
      for (const kind of ['markup', 'inline', 'noise'] as const) {
        faults[kind].push(...found[kind].map((fault) => `${name}: ${fault}`))
      }
    },
  )
  return faults
}

async function visit(name: string, page: Page, locale: Locale): Promise<Faults> {
  const noise = listenTo(page)
  const { sources, stop } = await readSources(page)
  await everyPage[name]?.(page, scene, locale)
  await settled(page)
  const inline = await page.evaluate(inlineFaults)
  await stop()
  expect(sources.length, name).toBeGreaterThan(0)
  const markup = sources.flatMap(markupFaults)
  return { markup, inline, noise }
}

/**
 * The HTML as the server sends it from now on, whether the browser goes there or a script asks for it; the browser
 * gets it when it was read, as it forgets a page that it has left. A letter in its frame is written for mail programs,
 * by their rules.
 */
async function readSources(page: Page): Promise<{ sources: string[]; stop: () => Promise<void> }> {
  const sources: string[] = []
  const cdp = await page.context().newCDPSession(page)
  cdp.on(
    'Fetch.requestPaused',
    async ({ requestId, request, responseStatusCode = 0, responseHeaders = [] }) => {
      const isRedirect = responseStatusCode >= 300 && responseStatusCode < 400
      const isPage = responseHeaders.some(
        ({ name, value }) => name.toLowerCase() === 'content-type' && value.startsWith('text/html'),
      )
      const isLetter = request.url.includes('/preview/') && request.url.includes('/letter?')
      if (isPage && !isRedirect && !isLetter) {
        const { body, base64Encoded } = await cdp.send('Fetch.getResponseBody', { requestId })
        sources.push(base64Encoded ? Buffer.from(body, 'base64').toString() : body)
      }
      await cdp.send('Fetch.continueRequest', { requestId })
    },
  )
  const resourceTypes = ['Document', 'XHR', 'Fetch'] as const
  await cdp.send('Fetch.enable', {
    patterns: resourceTypes.map((resourceType) => ({ resourceType, requestStage: 'Response' as const })),
  })
  return { sources, stop: () => cdp.detach() }
}

const markupFaults = (source: string): string[] =>
  validator
    .validateStringSync(source)
    .results.flatMap(({ messages }) =>
      messages.map(
        ({ line, ruleId, message, selector }) => `${ruleId}: ${message} (line ${line}, ${selector})`,
      ),
    )

function inlineFaults(): string[] {
  const faults: string[] = []
  for (const element of document.querySelectorAll('*')) {
    if (element.localName === 'style') faults.push('a <style>')
    if (element instanceof HTMLScriptElement && !element.src) faults.push('a <script> without src')
    for (const { name, value } of element.attributes) {
      const isInline = name === 'style' || name.startsWith('on') || /^\s*(?:javascript|data):/i.test(value)
      if (isInline) faults.push(`${name} on <${element.localName}>`)
    }
  }
  return faults
}

/** Requests to other origins, whatever the console complains of, and errors that no script caught. */
function listenTo(page: Page): string[] {
  const noise: string[] = []
  const ours = [app().listening, 'blob:', 'data:']
  page.on('request', (request) => {
    if (!ours.some((origin) => request.url().startsWith(origin))) noise.push(`asks for ${request.url()}`)
  })
  page.on('console', (message) => {
    // The browser notes every answer of 4xx; pages that refuse something answer so on purpose.
    const isRefusal = /^Failed to load resource: .* status of (404|409|422) /.test(message.text())
    const isPageItself =
      message.location().url.split('#')[0] !== '' && !/\/assets\//.test(message.location().url)
    if (['error', 'warning'].includes(message.type()) && !(isRefusal && isPageItself))
      noise.push(message.text())
  })
  page.on('pageerror', (error) => noise.push(error.message))
  return noise
}
