import { expect, it, onTestFinished, vi } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { testApp } from '../support/test-app.ts'

it('what the policy stops in a browser is counted here, and nothing goes anywhere else', async () => {
  const app = await testApp()
  const browser = await launchBrowser()
  onTestFinished(() => browser.close())
  const page = await browser.newPage()
  const origins = new Set<string>()
  page.on('request', (request) => origins.add(new URL(request.url()).origin))
  await page.goto(`${app.listening}/en`)
  await page.evaluate(() => {
    const picture = document.createElement('img')
    picture.src = 'http://elsewhere.example/pixel.png'
    const script = document.createElement('script')
    script.textContent = 'document.title = "ran"'
    document.body.append(picture, script)
  })
  const metrics = async () => (await app.get('/metrics')).text()
  await vi.waitFor(
    async () => {
      const text = await metrics()
      expect(text).toContain('csp_reports_total{directive="img-src"} 1')
      expect(text).toContain('csp_reports_total{directive="script-src-elem"} 1')
    },
    { timeout: 15_000, interval: 200 },
  )
  expect(await page.title()).not.toBe('ran')
  // A request that the policy stops is told by the browser, too; it never left.
  expect([...origins].filter((origin) => origin !== 'http://elsewhere.example')).toEqual([app.listening])
})
