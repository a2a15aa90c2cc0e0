import { expect, it, onTestFinished, vi } from 'vitest'
import { translatorFor } from '../../src/i18n/translate.ts'
import { readPage } from '../support/read-page.ts'
import { testApp } from '../support/test-app.ts'

it('P5: a refusal is a page with its words, and the other way, where the database cannot be read', async () => {
  const app = await testApp()
  const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  onTestFinished(() => printed.mockRestore())
  const { $client: client } = app.services.db
  client.exec('ALTER TABLE canaries RENAME TO gone')
  onTestFinished(() => void client.exec('ALTER TABLE gone RENAME TO canaries'))
  for (const [path, status, key] of [
    ['/en/nowhere', 404, 'error.notFound'],
    ['/he/nowhere', 404, 'error.notFound'],
    ['/ar', 500, 'error.internal'],
  ] as const) {
    const locale = path === '/ar' ? 'ar' : path.startsWith('/he') ? 'he' : 'en'
    const page = await readPage(await app.get(path))
    expect(page.status).toBe(status)
    expect(page.html).toContain(`<html lang="${locale}"`)
    expect(page.text).toContain(translatorFor(locale)(key))
    expect(page.text).toContain('info@ashams.com')
  }
  expect(printed).not.toHaveBeenCalled()
})
