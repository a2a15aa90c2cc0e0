import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Locale, locales } from '../../src/i18n/locales.ts'
import { verifyReceipt } from '../../src/takedowns/receipt.ts'
import { findByReference, pagesOf, screenshotsOf } from '../../src/takedowns/store.ts'
import { heic, html, pdf, pngOf, svg } from '../support/images.ts'
import { type pageOf, readPage, textOf } from '../support/read-page.ts'
import { type Filled, filledForm, startTestApp, stopTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp({ SUBMISSIONS_PER_HOUR: '100000', MAX_UPLOAD_MB: '1', MAX_FILES: '3' })
})
afterAll(() => stopTestApp(app))

const send = async (change: Partial<Filled>, more: [string, string][] = []) => {
  const form = await filledForm(change)
  for (const [name, value] of more) form.append(name, value)
  return app.post(`/${change.locale ?? 'en'}/takedowns`, form)
}
const takedowns = () => app.services.db.$client.prepare('SELECT count(*) FROM takedowns').pluck().get()

/** What a form page that came back would send, were it sent as it stands. */
const asItStands = (page: ReturnType<typeof pageOf>): [string, string][] =>
  ['name', 'phone', 'page', 'email', 'statement', 'capacity', 'submission', 'started', 'kept'].flatMap(
    (name) => page.values(name).map((value): [string, string] => [name, value]),
  )
const formOf = (pairs: [string, string][], files: [Uint8Array, string][] = []) => {
  const form = new FormData()
  for (const [name, value] of pairs) form.append(name, value)
  for (const [content, name] of files) form.append('screenshot', new Blob([new Uint8Array(content)]), name)
  return form
}

describe('a form with the four things of the notice', () => {
  it.each(locales)('becomes a takedown and leads to its status page (%s)', async (locale) => {
    const answer = await send({ locale, email: '' })
    expect(answer.status).toBe(303)
    const status = answer.headers.get('location') ?? ''
    expect(status).toMatch(new RegExp(`^/${locale}/takedowns/TD-[0-9A-Z]{4}-[0-9A-Z]{4}\\?key=[0-9A-Z]{28}$`))
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const reference = status.slice(14, 26)
    expect(findByReference(app.services.db, reference)).toMatchObject({
      locale,
      status: 'received',
      email: null,
      suspicion: null,
    })
  })

  it.each(locales)('answers who asks for JSON with 201 and all they need (%s)', async (locale) => {
    const sent = await app.submit({ locale })
    expect(sent.statusUrl).toBe(
      `${app.listening}/${locale}/takedowns/${sent.reference}?key=${sent.accessKey}`,
    )
    expect(sent.receivedAt).toBe(new Date(app.clock.now()).toISOString())
    expect(verifyReceipt(sent.receipt, [app.services.receiptKey.publicKey])).toMatchObject({ ok: true })
  })

  it('keeps names and words character for character', async () => {
    const name = 'Renée "x" <O’Neil> & אסתר-ב׳ نُورة ‎12'
    const statement = 'line 1\r\nשורה 2; DROP TABLE takedowns;--\r\n\t{{7*7}} $(1) %s\u2028😀'
    const { reference } = await app.submit({ name, statement, capacity: 'representative' })
    const stored = findByReference(app.services.db, reference)
    expect(stored).toMatchObject({ claimantName: name, capacity: 'representative' })
    expect(stored?.statement?.replaceAll('\r\n', '\n')).toBe(statement.replaceAll('\r\n', '\n'))
  })

  it('understands a phone typed with Arabic digits, and accepts one that does not parse', async () => {
    const arabic = await app.submit({ phone: '٠٥٠-١٢٣٤٥٦٧' })
    expect(findByReference(app.services.db, arabic.reference)?.phoneE164).toBe('+972501234567')
    const odd = await app.submit({ phone: '12345678901' })
    expect(findByReference(app.services.db, odd.reference)).toMatchObject({ phoneTyped: '12345678901' })
  })
})

describe('addresses of pages', () => {
  const pagesFor = async (pages: string[]) => {
    const { reference } = await app.submit({ pages })
    const { id = 0 } = findByReference(app.services.db, reference) ?? {}
    return pagesOf(app.services.db, id)
  }

  it('are understood without a scheme, encoded or not, with tracking and direction marks, glued together', async () => {
    const pages = await pagesFor([
      '‎ashams.com/articles/أخبار?utm_source=x‎',
      'www.ashams.com/articles/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1',
      'https://ashams.com/a\nhttps://www.ashams.com/b.',
      '',
    ])
    expect(pages.map((page) => page.canonicalUrl)).toEqual([
      'https://ashams.com/articles/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1',
      'https://ashams.com/a',
      'https://ashams.com/b',
    ])
    expect(pages[0]?.reportedUrl).toContain('utm_source=x')
  })

  it('on a subdomain are ours; on another site they are refused with a sentence that names it', async () => {
    expect((await send({ pages: ['news.ashams.com/1'] })).status).toBe(303)
    for (const other of [
      'https://example.com/x',
      'https://ashams.com.evil.example/x',
      'https://notashams.com/',
    ]) {
      const page = await readPage(await send({ pages: ['https://ashams.com/1', other] }))
      expect(page.status).toBe(422)
      expect(page.errors()).toEqual([{ at: '#page-1', words: expect.stringContaining(new URL(other).host) }])
    }
  })

  it('come up to sixteen, and one more is told without losing any', async () => {
    const pages = Array.from({ length: 17 }, (_, index) => `https://ashams.com/${index}`)
    expect(await pagesFor(pages.slice(0, 16))).toHaveLength(16)
    const page = await readPage(await send({ pages }))
    expect(page.status).toBe(422)
    expect(page.values('page')).toEqual(pages)
  })

  it('in every place, with every file kept, still come in as one form', async () => {
    const files = await Promise.all(
      [1, 2, 3].map(async (n) => ({ name: `${n}.png`, content: await pngOf() })),
    )
    const pages = Array.from({ length: 16 }, (_, index) => `https://ashams.com/${index}`)
    const refused = await readPage(await send({ name: '', pages, files, capacity: 'owner', statement: 'x' }))
    const again = asItStands(refused).filter(([name]) => name !== 'name')
    const answer = await app.post(
      '/en/takedowns',
      formOf([...again, ['name', 'A'], ['website', ''], ['intent', 'send']], [[new Uint8Array(), '']]),
    )
    expect(answer.status).toBe(303)
  })
})

describe('what is missing or wrong', () => {
  const faults: [string, Partial<Filled>, string][] = [
    ['no name', { name: '' }, '#name'],
    ['a name of blanks', { name: ' \t ' }, '#name'],
    ['a name of direction marks', { name: '\u200f\u202e' }, '#name'],
    ['a name without end', { name: 'x'.repeat(301) }, '#name'],
    ['no phone', { phone: '' }, '#phone'],
    ['a phone of letters', { phone: 'call me' }, '#phone'],
    ['no page', { pages: [] }, '#page-0'],
    ['a page that is no address', { pages: ['the one about me'] }, '#page-0'],
    ['a script for a page', { pages: ['javascript:alert(1)'] }, '#page-0'],
    ['no screenshot', { files: [] }, '#screenshot'],
    ['an SVG', { files: [{ name: 'a.png', content: svg }] }, '#screenshot'],
    ['HTML named .png', { files: [{ name: 'a.png', content: html }] }, '#screenshot'],
    ['an empty file', { files: [{ name: 'a.png', content: new Uint8Array() }] }, '#screenshot'],
    ['two email addresses', { email: 'a@example.org, b@example.org' }, '#email'],
    ['a statement without end', { statement: 'x'.repeat(10_001) }, '#statement'],
    ['a capacity that is not offered', { capacity: 'king' }, '#capacity-owner'],
  ]

  it.each(faults)(
    'is 422, a summary linked to the field, and the same words there: %s',
    async (_, change, at) => {
      const before = takedowns()
      for (const locale of locales) {
        const page = await readPage(await send({ ...change, locale }))
        expect(page.status).toBe(422)
        const [error, ...others] = page.errors()
        expect(others).toEqual([])
        expect(error?.at).toBe(at)
        expect(page.byId(at.slice(1)), 'the field that the summary leads to').toBeDefined()
        const field = at.slice(1).replace('-owner', '')
        const atField = page.byId(`${field}-error`)
        expect(atField && textOf(atField)).toContain(error?.words)
      }
      expect(takedowns()).toBe(before)
    },
  )

  it.each(faults)('is 422 with field, words and code for who asks for JSON: %s', async (_, change, at) => {
    const answer = await app.post('/he/takedowns', await filledForm(change), { accept: 'application/json' })
    expect(answer.status).toBe(422)
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    expect(await answer.json()).toMatchObject({
      status: 422,
      errors: [
        {
          field: at.slice(1).split('-')[0],
          message: expect.stringMatching(/[א-ת]/),
          code: expect.any(String),
        },
      ],
    })
  })

  it('is told in the order of the form, all of it at once', async () => {
    const page = await readPage(
      await send({ name: '', phone: '', pages: ['x', 'y z'], email: 'no', files: [], capacity: 'king' }),
    )
    expect(page.errors().map(({ at }) => at)).toEqual([
      '#name',
      '#phone',
      '#screenshot',
      '#page-0',
      '#page-1',
      '#email',
      '#capacity-owner',
    ])
    expect(page.all('title').map(textOf)[0]).toMatch(/^Error/)
  })

  it('is shown again as it was typed, hostile or not', async () => {
    const hostile = '"><script>alert(1)</script>\u202e{{x}}'
    const typed = {
      name: hostile,
      phone: hostile,
      email: hostile,
      statement: `\n${hostile}\r\nx`,
      pages: [hostile],
    }
    const page = await readPage(await send(typed))
    expect(page.status).toBe(422)
    expect(page.values('name')).toEqual([hostile])
    expect(page.values('phone')).toEqual([hostile])
    expect(page.values('email')).toEqual([hostile])
    expect(page.values('page')).toEqual([hostile])
    expect(page.values('statement')[0]?.trim()).toBe(`${hostile}\nx`)
    expect(page.html).not.toContain('<script>alert')
  })
})

describe('files', () => {
  it('stay with the form through three failed tries, one left out by clearing its tick', async () => {
    const [first, second, third] = await Promise.all([pngOf(), pngOf(50, 50), pngOf(40, 40)])
    const once = await readPage(
      await send({
        name: '',
        files: [
          { name: 'first.png', content: first },
          { name: 'لقطة.png', content: second },
        ],
      }),
    )
    expect(once.values('kept')).toHaveLength(2)
    expect(once.text).toContain('لقطة.png')
    const again = asItStands(once)
    const twice = await readPage(await app.post('/he/takedowns', formOf(again, [[third, 'third.png']])))
    expect(twice.status).toBe(422)
    expect(twice.values('kept')).toHaveLength(3)
    const withoutFirst = asItStands(twice).filter(([, value]) => value !== twice.values('kept')[0])
    const thrice = await readPage(await app.post('/ar/takedowns', formOf(withoutFirst)))
    expect(thrice.status).toBe(422)
    expect(thrice.values('kept')).toEqual(twice.values('kept').slice(1))
    const done = asItStands(thrice).filter(([name]) => name !== 'name')
    const answer = await app.post('/en/takedowns', formOf([...done, ['name', 'At Last']]))
    expect(answer.status).toBe(303)
    const reference = (answer.headers.get('location') ?? '').slice(14, 26)
    const { id = 0 } = findByReference(app.services.db, reference) ?? {}
    expect(
      screenshotsOf(app.services.db, id)
        .map(({ fileName }) => fileName)
        .sort(),
    ).toEqual(['third.png', 'لقطة.png'])
  })

  it('kept with one form are not to be had with another', async () => {
    const page = await readPage(await send({ name: '', submission: randomUUID() }))
    const [kept = ''] = page.values('kept')
    const stolen = await readPage(await send({ files: [], submission: randomUUID() }, [['kept', kept]]))
    expect(stolen.status).toBe(422)
    expect(stolen.errors()[0]?.at).toBe('#screenshot')
  })

  it('come up to the limit; one more is told and the others stay', async () => {
    const files = await Promise.all(
      [1, 2, 3, 4].map(async (n) => ({ name: `${n}.png`, content: await pngOf() })),
    )
    expect((await send({ files: files.slice(0, 3) })).status).toBe(303)
    const page = await readPage(await send({ files }))
    expect(page.status).toBe(422)
    expect(page.values('kept')).toHaveLength(3)
  })

  it('that are too large are told by name, and the rest of the form stays', async () => {
    const large = Buffer.concat([await pngOf(), Buffer.alloc(1_100_000)])
    const page = await readPage(
      await send({
        statement: 'kept',
        files: [
          { name: 'huge.png', content: large },
          { name: 'fine.png', content: await pngOf() },
        ],
      }),
    )
    expect(page.status).toBe(422)
    expect(page.errors()).toEqual([{ at: '#screenshot', words: expect.stringContaining('huge.png') }])
    expect(page.values('kept')).toHaveLength(1)
    expect(page.values('statement')).toEqual(['kept'])
  })

  it('that are PDF or HEIC are kept as given', async () => {
    const { reference } = await app.submit({
      files: [
        { name: 'a.pdf', content: pdf },
        { name: 'b.heic', content: heic },
      ],
    })
    const { id = 0 } = findByReference(app.services.db, reference) ?? {}
    expect(screenshotsOf(app.services.db, id)).toMatchObject([
      { mediaType: 'application/pdf', copyState: 'kept' },
      { mediaType: 'image/heic', copyState: 'kept' },
    ])
  })

  it('that are damaged are told by name before anything is taken', async () => {
    const whole = await pngOf(200, 200)
    const damaged = whole.subarray(0, whole.length / 2)
    const page = await readPage(await send({ files: [{ name: '<b>half.png', content: damaged }] }))
    expect(page.status).toBe(422)
    expect(page.errors()[0]?.words).toContain('<b>half.png')
    expect(page.values('kept')).toEqual([])
  })

  it('named in tricky ways show only their last part, without overrides', async () => {
    const content = await pngOf()
    const { reference } = await app.submit({ files: [{ name: '../../x\u202egnp.exe', content }] })
    const { id = 0 } = findByReference(app.services.db, reference) ?? {}
    expect(screenshotsOf(app.services.db, id)[0]?.fileName).toBe('xgnp.exe')
  })
})

describe('the form itself', () => {
  it('has the address that ?page= names, and nothing that it could inject', async () => {
    const address = 'https://ashams.com/articles/أخبار?a=1&b="><script>'
    const page = await readPage(await app.get(`/ar?page=${encodeURIComponent(address)}`))
    expect(page.status).toBe(200)
    expect(page.values('page')).toEqual([address])
    expect(page.values('submission')[0]).toMatch(/^[\w-]{24}$/)
    const twice = await readPage(await app.get('/ar?page=a&page=b'))
    expect(twice.status).toBe(200)
  })

  it('gives one more page address on request, keeps all that was typed, and submits nothing', async () => {
    const before = takedowns()
    const page = await readPage(
      await send({ name: 'Half', phone: '', statement: 'words' }, [['intent', 'add-page']]),
    )
    expect(page.status).toBe(200)
    expect(page.errors()).toEqual([])
    expect(page.values('page')).toEqual(['https://ashams.com/articles/1', ''])
    expect(page.values('name')).toEqual(['Half'])
    expect(page.values('kept')).toHaveLength(1)
    expect(takedowns()).toBe(before)
  })

  it('changes its language and keeps what was typed, its files and its key', async () => {
    const key = randomUUID()
    const turn = (locale: Locale, pairs: [string, string][]) =>
      app.post(`/${locale}/takedowns`, formOf([...pairs, ['intent', 'switch-language']]))
    const english = await readPage(await send({ name: '', submission: key }))
    const hebrew = await readPage(await turn('he', asItStands(english)))
    expect(hebrew.status).toBe(200)
    expect(hebrew.html).toContain('<html lang="he" dir="rtl">')
    expect(asItStands(hebrew)).toEqual(asItStands(english))
    const arabic = await readPage(await turn('ar', asItStands(hebrew)))
    expect(arabic.values('submission')).toEqual([key])
  })

  it('far too long comes back to be shortened, however it was sent', async () => {
    const statement = 'نص '.repeat(20_000).trim()
    const words = new URLSearchParams({ name: 'A', statement, submission: randomUUID() })
    for (const answer of [await send({ statement }), await app.post('/en/takedowns', words)]) {
      const page = await readPage(answer)
      expect(page.status).toBe(422)
      expect(page.errors().map(({ at }) => at)).toContain('#statement')
      expect(page.values('statement')).toEqual([statement])
    }
  })

  it('only marks what its traps catch', async () => {
    const bot = await send({}, [['website', 'https://spam.example']])
    const reference = (bot.headers.get('location') ?? '').slice(14, 26)
    expect(bot.status).toBe(303)
    expect(findByReference(app.services.db, reference)?.suspicion).toBe('honeypot')
    const fast = await send({}, [['started', String(app.clock.now() - 500)]])
    expect(fast.status).toBe(303)
    const quick = (fast.headers.get('location') ?? '').slice(14, 26)
    expect(findByReference(app.services.db, quick)?.suspicion).toBe('too_fast')
    for (const odd of ['NaN', '-1', '1e999', '9'.repeat(40)]) {
      expect((await send({}, [['started', odd]])).status).toBe(303)
    }
  })
})
