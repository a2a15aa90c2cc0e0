import { expect, it } from 'vitest'
import { locales } from '../../src/i18n/locales.ts'
import { reportedPagesOf, takedownOf } from '../support/claimant.ts'
import { readPage } from '../support/read-page.ts'
import { testApp } from '../support/test-app.ts'

it.each(locales)(
  'what staff write beyond ten thousand characters comes back whole, and says so (%s)',
  async (locale) => {
    const app = await testApp()
    const cookie = await app.signIn({ locale })
    const sent = await app.submit()
    const path = `/staff/takedowns/${sent.reference}`
    const send = (what: string, values: Record<string, string>) => {
      const version = String(takedownOf(app, sent).version)
      return app.post(`${path}/${what}`, new URLSearchParams({ version, ...values }), { cookie })
    }
    expect((await send('assignment', {})).status).toBe(303)
    const [page] = reportedPagesOf(app, sent)
    const long = 'ع'.repeat(10_001)
    for (const { what, field, values } of [
      { what: 'messages', field: 'body', values: {} },
      { what: 'notes', field: 'note', values: {} },
      { what: 'decision', field: `reason-${page?.id}`, values: { [`outcome-${page?.id}`]: 'not_found' } },
    ]) {
      const refused = await readPage(await send(what, { ...values, [field]: long }))
      expect([refused.status, refused.errors()[0]?.at], what).toEqual([422, `#${field}`])
      expect(refused.errors()[0]?.words).toContain('10,000')
      expect(refused.values(field), what).toEqual([long])
    }
  },
)
