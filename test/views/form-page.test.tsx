import { parse } from 'parse5'
import { describe, expect, test } from 'vitest'
import { type Locale, locales } from '../../src/i18n/locales.ts'
import { FormAlreadySentPage } from '../../views/public/form-already-sent-page.tsx'
import type { FormPageProps } from '../../views/public/form-model.ts'
import { FormPage } from '../../views/public/form-page.tsx'
import { renderPage } from '../../views/render.ts'

const site = { name: 'Radio', infoAddress: 'info@example.com', hosts: ['example.com'] }
const empty: FormPageProps = {
  site,
  values: { name: '', phone: '', pages: [''], email: '', statement: '', capacity: '' },
  kept: [],
  errors: [],
  submission: 'key-1',
  started: 1,
  limits: { maxFiles: 5, maxUploadMb: 10 },
  decisionDays: 3,
}
const typed: FormPageProps = {
  ...empty,
  values: {
    name: 'نادية <b>',
    phone: '050-123',
    pages: ['https://example.org/x', ''],
    email: 'a@b',
    statement: 'line "one"',
    capacity: 'owner',
  },
  kept: [{ sha256: 'a'.repeat(64), fileName: 'لقطة.png', mediaType: 'image/png', bytes: 640_000 }],
  errors: [
    { field: 'name', key: 'form.error.name.missing' },
    { field: 'screenshot', key: 'form.error.screenshot.damaged', params: { file: 'b.png' } },
    {
      field: 'page',
      index: 0,
      key: 'form.error.page.otherSite',
      params: { host: 'example.org', site: 'Radio' },
    },
    { field: 'capacity', key: 'form.error.capacity.unknown' },
  ],
}
const page = (locale: Locale, props: FormPageProps) => renderPage(<FormPage {...props} />, locale)
const namesIn = (html: string) => new Set([...html.matchAll(/ name="(\w+)"/g)].map(([, name]) => name))

describe('the form page', () => {
  test.each(locales)('in %s says its language and direction', (locale) => {
    expect(page(locale, empty)).toContain(`<html lang="${locale}" dir="${locale === 'en' ? 'ltr' : 'rtl'}">`)
  })

  test('has every field of the contract', () => {
    const expected = ['name', 'phone', 'screenshot', 'page', 'email', 'statement', 'capacity']
    const names = namesIn(page('en', typed))
    for (const name of [...expected, 'submission', 'started', 'website', 'kept', 'intent']) {
      expect(names).toContain(name)
    }
  })

  test('presses "send" when Enter is pressed, though the language buttons come first', () => {
    const [first] = page('ar', empty).match(/<button[^>]*>/) ?? []
    expect(first).toContain('value="send"')
    expect(first).toContain('form="takedown"')
  })

  test.each(locales)('in %s leads every line of the error summary to a field that exists', (locale) => {
    const html = page(locale, typed)
    const links = [...html.matchAll(/href="#([\w-]+)"/g)].map(([, id]) => id)
    expect(links).toEqual(['main', 'name', 'screenshot', 'page-0', 'capacity-owner'])
    for (const id of links) expect(html).toContain(`id="${id}"`)
  })

  test('shows again what was typed and what was uploaded, escaped', () => {
    const html = page('he', typed)
    expect(html).toContain('value="نادية &lt;b>"')
    expect(html).toContain('line &quot;one&quot;</textarea>')
    expect(html).toMatch(new RegExp(`name="kept" value="${'a'.repeat(64)}" checked`))
    expect(html.match(/ name="page" id="page-\d"|id="page-\d"[^>]* name="page"/g)).toHaveLength(2)
  })

  test('leaves no placeholder unfilled in any language', () => {
    for (const locale of locales) {
      const visible = page(locale, typed)
        .replace(/<template.*?<\/template>/gs, '')
        .replace(/ data-words[\w-]+="[^"]*"/g, '')
      expect(visible).not.toMatch(/\{\w+\}/)
    }
  })

  test('has nothing inline, as the content security policy demands', () => {
    const html = page('en', typed)
    expect(html).not.toMatch(/ style=| on\w+=|<style/)
    expect(html).not.toMatch(/<script(?![^>]* src=)/)
    expect(parse(html).childNodes.length).toBeGreaterThan(0)
  })
})

test('the question after a form sent twice carries everything, under the new key', () => {
  const html = renderPage(
    <FormAlreadySentPage site={site} values={typed.values} kept={typed.kept} submission="key-2" />,
    'ar',
  )
  expect(html).toContain('name="submission" value="key-2"')
  expect(html).toContain(`name="kept" value="${'a'.repeat(64)}"`)
  for (const name of ['name', 'phone', 'email', 'statement', 'capacity', 'page']) {
    expect(html).toContain(`type="hidden" name="${name}"`)
  }
})
