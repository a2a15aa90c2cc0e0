import { Writable } from 'node:stream'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decideTakedown } from '../../src/actions/decide-takedown.ts'
import { takeOnTakedown } from '../../src/actions/take-on-takedown.ts'
import { locales } from '../../src/i18n/locales.ts'
import type { Outcome } from '../../src/takedowns/outcomes.ts'
import { openAs, reportedPagesOf, staffIdOf, takedownOf, targetOf } from '../support/claimant.ts'
import { html, pdf, pngOf } from '../support/images.ts'
import { attributeOf, readPage } from '../support/read-page.ts'
import { readReceipt } from '../support/read-receipt.ts'
import { type Submitted, startTestApp, stopTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let logged = ''
beforeAll(async () => {
  const stream = new Writable({
    write(chunk, _encoding, done) {
      logged += String(chunk)
      done()
    },
  })
  app = await startTestApp({ SUBMISSIONS_PER_HOUR: '1000' }, { logger: pino({ level: 'trace' }, stream) })
  await app.signIn()
})
afterAll(() => stopTestApp(app))

const at = ({ reference }: Submitted, rest = '', locale = 'en') => `/${locale}/takedowns/${reference}${rest}`
const status = async (sent: Submitted, headers: { cookie: string }, locale = 'en') =>
  readPage(await app.get(at(sent, '', locale), headers))
const act = async (sent: Submitted, rest: string, body: FormData | URLSearchParams, headers = {}) =>
  app.post(at(sent, rest), body, headers)

function decide(sent: Submitted, outcome: Outcome, reason: string | null, isDone = false) {
  const { db, office } = app.services
  const staffId = staffIdOf(app)
  if (takedownOf(app, sent).status === 'received') takeOnTakedown(db, targetOf(app, sent), staffId)
  const decisions = reportedPagesOf(app, sent).map((page) => ({
    pageId: page.id,
    outcome,
    keptGround: outcome === 'kept' ? ('own_work' as const) : null,
    reason,
    carriedOutAt: isDone ? app.clock.now() : null,
  }))
  return decideTakedown(db, office, targetOf(app, sent), decisions, staffId)
}

describe('the key', () => {
  it('becomes a cookie for this takedown and leaves the address', async () => {
    const sent = await app.submit({ locale: 'he' })
    const answer = await app.get(at(sent, `?key=${sent.accessKey}`, 'he'))
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe(at(sent, '', 'he'))
    const cookies = answer.headers.getSetCookie()
    expect(cookies.map((cookie) => /Path=([^;]+)/.exec(cookie)?.[1]).sort()).toEqual(
      locales.map((locale) => at(sent, '', locale)).sort(),
    )
    for (const cookie of cookies) {
      expect(cookie).toContain('Max-Age=86400')
      expect(cookie).toContain('HttpOnly')
      expect(cookie).toContain('SameSite=Lax')
    }
  })

  it('is understood with dashes, blanks and small letters, as it is read from paper', async () => {
    const sent = await app.submit()
    const typed = sent.accessKey.toLowerCase().replace(/.{4}(?=.)/g, '$&- ')
    const answer = await app.post(
      '/ar/track',
      new URLSearchParams({
        reference: ` ${sent.reference.toLowerCase().replaceAll('-', ' ')} `,
        key: typed,
      }),
    )
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe(at(sent, '', 'ar'))
    expect(answer.headers.getSetCookie()).toHaveLength(3)
  })

  it('opens nothing but its own takedown', async () => {
    const [mine, other] = [await app.submit(), await app.submit()]
    const headers = await openAs(app, mine)
    expect((await status(other, headers)).status).toBe(404)
    expect((await app.get(at(other, `?key=${mine.accessKey}`))).status).toBe(404)
  })

  it('P13: every miss is the same page but for what was typed, in every language', async () => {
    const sent = await app.submit()
    const wrongKey = '0'.repeat(28)
    const misses = await Promise.all(
      [
        at(sent, `?key=${wrongKey}`),
        at(sent, '?key='),
        at(sent, '?key=short'),
        at(sent, `?key=${sent.accessKey}&key=${sent.accessKey}`),
        at(sent),
        `/en/takedowns/TD-0000-0000?key=${sent.accessKey}`,
        '/en/takedowns/TD-0000-0000',
        `/en/takedowns/nonsense?key=${wrongKey}`,
        at(sent, '/receipt?key=wrong'),
        at(sent, '/receipt.json?key=wrong'),
        at(sent, '/files/1'),
      ].map(async (path) => {
        const begun = performance.now()
        const answer = await app.get(path)
        const body = await answer.text()
        const headers = [...answer.headers].filter(
          ([name]) => !['x-request-id', 'date', 'etag', 'content-length'].includes(name),
        )
        return {
          ms: performance.now() - begun,
          seen: JSON.stringify([answer.status, headers, body.replace(/TD-[^"<]*|nonsense/g, 'TYPED')]),
        }
      }),
    )
    expect(new Set(misses.map(({ seen }) => seen)).size).toBe(1)
    expect(misses[0]?.seen).toMatch(/^\[404,/)
    for (const { ms } of misses) expect(ms).toBeGreaterThan(295)
    const posted = await Promise.all(
      ['messages', 'withdrawal', 'acceptance'].map(async (act) => {
        const answer = await app.post(at(sent, `/${act}`), new URLSearchParams({ sure: 'yes', body: 'x' }))
        return [answer.status, (await answer.text()).replace(/TD-[^"<]*/g, 'TYPED')]
      }),
    )
    expect(new Set(posted.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(posted[0]?.[0]).toBe(404)
    expect(takedownOf(app, sent).status).toBe('received')
  })

  it('P13: many tries slow down and are told when to come back', async () => {
    const other = await startTestApp({ TRUST_PROXY: '1' })
    const tries = await Promise.all(
      Array.from({ length: 62 }, () =>
        other.get('/en/takedowns/TD-0000-0000', { 'x-forwarded-for': '203.0.113.9' }),
      ),
    )
    expect(tries.filter((answer) => answer.status === 404)).toHaveLength(60)
    expect(tries.filter((answer) => answer.status === 429 && answer.headers.has('retry-after'))).toHaveLength(
      2,
    )
    await stopTestApp(other)
  })

  it('P13: is in no log, and in no header but the two that carry it', async () => {
    const sent = await app.submit({ name: 'Logless Person', phone: '052-222-3344' })
    const headers = await openAs(app, sent)
    const answers = [
      await app.get(at(sent), headers),
      await app.get(at(sent, `/receipt?key=${sent.accessKey}`)),
      await app.get(at(sent, `/receipt.json?key=${sent.accessKey}`)),
      await app.get(at(sent, `?key=${sent.accessKey}x`)),
      await app.get(at(sent, `?key=${sent.accessKey}`, 'ar')),
      await app.post('/en/track', new URLSearchParams({ reference: sent.reference, key: sent.accessKey })),
      await act(sent, '/messages', new URLSearchParams({ body: 'secret words' }), headers),
    ]
    for (const answer of answers) {
      const rest = [...answer.headers].filter(([name]) => name !== 'set-cookie')
      expect(JSON.stringify(rest)).not.toContain(sent.accessKey)
    }
    await app.letters(2)
    expect(logged).toContain('"request"')
    for (const secret of [
      sent.accessKey,
      'Logless',
      '222-3344',
      'secret words',
      'claimant@example.org',
      'key=',
    ]) {
      expect(logged).not.toContain(secret)
    }
    for (const line of logged.trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow()
  })
})

describe('the status page', () => {
  it.each(locales)(
    'says what was received when, who has the ball, and keeps the key ready (%s)',
    async (locale) => {
      const sent = await app.submit({
        locale,
        name: 'Example <b>Claimant</b>',
        pages: ['ashams.com/articles/أخبار', 'https://ashams.com/2'],
        statement: 'mine\u202e',
      })
      const answer = await app.get(at(sent, '', locale), await openAs(app, sent))
      expect(answer.headers.get('cache-control')).toBe('no-store')
      const page = await readPage(answer)
      expect(page.status).toBe(200)
      expect(page.html).toContain(`<html lang="${locale}"`)
      for (const words of [
        sent.reference,
        'Example <b>Claimant</b>',
        '050-123-4567',
        'ashams.com/2',
        'screenshot.png',
      ]) {
        expect(page.text).toContain(words)
      }
      expect(page.html).not.toContain('<b>Claimant')
      expect(page.text).toMatch(/10:00/)
      expect(page.text).toContain('2026')
      expect(page.text.replaceAll('-', '')).toContain(sent.accessKey)
      expect(page.html).toContain('<svg')
      expect(page.all('form').map((form) => attributeOf(form, 'action'))).toEqual(
        expect.arrayContaining([at(sent, '/messages', locale), at(sent, '/withdrawal', locale)]),
      )
      const links = page.all('a').map((link) => attributeOf(link, 'href') ?? '')
      expect(links.filter((link) => link.startsWith('http') && !link.startsWith(app.listening))).toEqual([])
    },
  )

  it('P11: shows safe copies of the pictures, never the files as they came', async () => {
    const png = await pngOf(120, 90)
    const sent = await app.submit({
      files: [
        { name: 'a.png', content: Buffer.concat([png, Buffer.from('TRAILING-SECRET')]) },
        { name: 'b.pdf', content: pdf },
      ],
    })
    await app.letters(1)
    const headers = await openAs(app, sent)
    const [first, second] = app.services.db.$client
      .prepare('SELECT id FROM screenshots WHERE takedown_id = ? ORDER BY id')
      .pluck()
      .all(takedownOf(app, sent).id)
    const copy = await readyCopy(() => app.get(at(sent, `/files/${first}`), headers))
    expect(copy.headers.get('content-type')).toMatch(/^image\/(png|jpeg|webp)$/)
    expect(copy.headers.get('x-content-type-options')).toBe('nosniff')
    expect(Buffer.from(await copy.arrayBuffer()).includes('TRAILING-SECRET')).toBe(false)
    expect((await app.get(at(sent, `/files/${second}`), headers)).status).toBe(404)
    expect((await app.get(at(sent, '/files/999999'), headers)).status).toBe(404)
    expect((await app.get(at(sent, `/files/${first}/original`), headers)).status).toBe(404)
    const other = await app.submit()
    expect((await app.get(at(other, `/files/${first}`), await openAs(app, other))).status).toBe(404)
  })
})

async function readyCopy(ask: () => Promise<Response>): Promise<Response> {
  for (let tries = 0; tries < 100; tries++) {
    const answer = await ask()
    if (answer.status === 200) return answer
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('there is no safe copy')
}

describe('a message', () => {
  it('with words and a file joins the takedown, once', async () => {
    const sent = await app.submit()
    const headers = await openAs(app, sent)
    const form = new FormData()
    form.append('body', 'More: <i>this</i>\u202e')
    form.append('submission', 'one-key')
    form.append('screenshot', new Blob([new Uint8Array(await pngOf())]), 'more.png')
    for (let nth = 0; nth < 2; nth++) {
      const answer = await act(sent, '/messages', form, headers)
      expect(answer.status).toBe(303)
      expect(answer.headers.get('location')).toBe(at(sent, '#history'))
    }
    const page = await status(sent, headers)
    expect(page.text.split('More: <i>this</i>')).toHaveLength(2)
    expect(page.text).toContain('more.png')
    expect(page.html).not.toContain('<i>this')
  })

  it('with other words under the same key is another message, and keys of others do not matter', async () => {
    const [sent, other] = [await app.submit(), await app.submit()]
    const headers = await openAs(app, sent)
    for (const body of ['first words', 'second words']) {
      await act(sent, '/messages', new URLSearchParams({ body, submission: 'same' }), headers)
    }
    const elsewhere = new URLSearchParams({ body: 'first words', submission: 'same' })
    await act(other, '/messages', elsewhere, await openAs(app, other))
    const page = await status(sent, headers)
    expect(page.text).toContain('first words')
    expect(page.text).toContain('second words')
    expect((await status(other, await openAs(app, other))).text).toContain('first words')
  })

  it('without words, without end, or with a bad file is told, and the words stay', async () => {
    const sent = await app.submit()
    const headers = await openAs(app, sent)
    const tell = async (body: string, file?: Uint8Array) => {
      const form = new FormData()
      form.append('body', body)
      if (file) form.append('screenshot', new Blob([new Uint8Array(file)]), 'x.png')
      return readPage(await act(sent, '/messages', form, headers))
    }
    const empty = await tell('  ')
    expect([empty.status, empty.errors()[0]?.at]).toEqual([422, '#body'])
    const long = await tell('x'.repeat(10_001))
    expect([long.status, long.values('body')[0]?.length]).toEqual([422, 10_001])
    const bad = await tell('my words', html)
    expect([bad.status, bad.errors()[0]?.at, bad.values('body')]).toEqual([422, '#screenshot', ['my words']])
  })

  it('keep accepted files across any number of failed tries, and only with their own takedown', async () => {
    const sent = await app.submit()
    const headers = await openAs(app, sent)
    const damaged = new Blob([(await pngOf(90, 70)).subarray(0, 300)], { type: 'image/png' })
    const first = new FormData()
    first.append('body', 'two more pictures')
    first.append('screenshot', new Blob([await pngOf(33, 44)]), 'good.png')
    first.append('screenshot', damaged, 'bad.png')
    const refused = await act(sent, '/messages', first, headers)
    expect(refused.status).toBe(422)
    const page = await readPage(refused)
    const [submission = '', kept = ''] = [...page.values('submission'), ...page.values('kept')]
    expect(page.values('body')).toEqual(['two more pictures'])
    expect(kept).toMatch(/^[0-9a-f]{64}$/)

    const other = await app.submit()
    const stolen = new URLSearchParams({ submission, kept })
    expect((await act(other, '/messages', stolen, await openAs(app, other))).status).toBe(422)

    const tooLong = new URLSearchParams({ submission, kept, body: 'x'.repeat(10_001) })
    const again = await readPage(await act(sent, '/messages', tooLong, headers))
    expect([...again.values('submission'), ...again.values('kept')]).toEqual([submission, kept])

    const last = new URLSearchParams({ submission, kept, body: 'shorter' })
    expect((await act(sent, '/messages', last, headers)).status).toBe(303)
    expect((await act(sent, '/messages', last, headers)).status).toBe(303)
    const files = app.services.db.$client
      .prepare('SELECT file_name FROM screenshots WHERE takedown_id = ? AND message_id IS NOT NULL')
      .pluck()
      .all(takedownOf(app, sent).id)
    expect(files).toEqual(['good.png'])
  })

  it('is taken after the end too', async () => {
    const sent = await app.submit()
    const headers = await openAs(app, sent)
    decide(sent, 'not_found', null)
    expect(takedownOf(app, sent).status).toBe('closed')
    await act(sent, '/messages', new URLSearchParams({ body: 'I disagree' }), headers)
    expect(takedownOf(app, sent).status).toBe('closed')
    expect((await status(sent, headers)).text).toContain('I disagree')
  })
})

describe('a withdrawal', () => {
  it('without the tick is told at the tick and does nothing', async () => {
    const sent = await app.submit()
    const headers = await openAs(app, sent)
    const page = await readPage(await act(sent, '/withdrawal', new URLSearchParams(), headers))
    expect(page.status).toBe(422)
    expect(page.errors()).toHaveLength(1)
    expect(page.errors()[0]?.at).toBe('#sure')
    expect(page.byId('sure-error')).toBeDefined()
    expect(takedownOf(app, sent).status).toBe('received')
  })

  it('with the tick ends the takedown, tells both sides once, and a second click changes nothing', async () => {
    const sent = await app.submit()
    const headers = await openAs(app, sent)
    for (let nth = 0; nth < 2; nth++) {
      expect((await act(sent, '/withdrawal', new URLSearchParams({ sure: 'yes' }), headers)).status).toBe(303)
    }
    expect(takedownOf(app, sent).status).toBe('withdrawn')
    const kinds = app.services.db.$client
      .prepare('SELECT kind FROM outgoing_messages WHERE takedown_id = ? ORDER BY id')
      .pluck()
      .all(takedownOf(app, sent).id)
    expect(kinds).toEqual(['new-takedown', 'receipt', 'withdrawn', 'withdrawn-receipt'])
    expect((await status(sent, headers)).html).not.toContain('/withdrawal"')
  })

  it('is not possible once the takedown is closed', async () => {
    const sent = await app.submit()
    decide(sent, 'kept', 'ours')
    await act(sent, '/withdrawal', new URLSearchParams({ sure: 'yes' }), await openAs(app, sent))
    expect(takedownOf(app, sent).status).toBe('closed')
  })
})

describe('what is offered', () => {
  it.each(['licensed', 'credited'] as const)(
    'is closed by the claimant’s acceptance of just these words: %s',
    async (outcome) => {
      const sent = await app.submit()
      const headers = await openAs(app, sent)
      decide(sent, outcome, 'Line one\nline <two>', true)
      expect(takedownOf(app, sent).status).toBe('decided')
      const page = await status(sent, headers)
      const offer = { page: page.values('page')[0] ?? '', terms: page.values('terms')[0] ?? '' }
      expect(offer.terms).toBe('Line one\nline <two>')
      const changed = await act(
        sent,
        '/acceptance',
        new URLSearchParams({ ...offer, terms: 'other' }),
        headers,
      )
      expect(changed.status).toBe(409)
      const odd = await act(sent, '/acceptance', new URLSearchParams({ page: 'x', terms: '' }), headers)
      expect(odd.status).toBe(409)
      const asBrowsersSend = new URLSearchParams({ ...offer, terms: offer.terms.replace('\n', '\r\n') })
      expect((await act(sent, '/acceptance', asBrowsersSend, headers)).status).toBe(303)
      expect(takedownOf(app, sent).status).toBe('closed')
      expect(reportedPagesOf(app, sent)[0]).toMatchObject({
        useState: outcome === 'licensed' ? 'licensed' : 'kept',
      })
      expect((await act(sent, '/acceptance', asBrowsersSend, headers)).status).toBe(409)
    },
  )
})

describe('the receipt', () => {
  it('stands on a page for print and as JSON, and is the same each time', async () => {
    const sent = await app.submit({ name: 'قارئ الإيصال', statement: 'mine' })
    const headers = await openAs(app, sent)
    const page = await readPage(await app.get(at(sent, '/receipt'), headers))
    expect(page.status).toBe(200)
    expect(page.text).toContain('قارئ الإيصال')
    expect(page.text.replace(/\s/g, '')).toContain(sent.receipt)
    const answer = await app.get(at(sent, `/receipt.json?key=${sent.accessKey}`))
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const body: unknown = await answer.json()
    expect(body).toMatchObject({ receipt: sent.receipt, keys: [app.services.receiptKey.publicKey] })
    expect(readReceipt(sent.receipt)).toMatchObject({
      reference: sent.reference,
      receivedAt: sent.receivedAt,
      claimant: { name: 'قارئ الإيصال' },
    })
    const keys = await app.get('/.well-known/rightsdesk-receipt-keys.json')
    expect(await keys.json()).toEqual({ keys: [app.services.receiptKey.publicKey] })
  })

  it('stays the same when the claimant adds a file later', async () => {
    const sent = await app.submit()
    const form = new FormData()
    form.append('screenshot', new Blob([new Uint8Array(pdf)]), 'later.pdf')
    await act(sent, '/messages', form, await openAs(app, sent))
    const answer = await app.get(at(sent, `/receipt.json?key=${sent.accessKey}`))
    expect(await answer.json()).toMatchObject({ receipt: sent.receipt })
  })

  it('is checked by anyone: genuine, altered, or none at all', async () => {
    const sent = await app.submit({ name: 'Genuine Person' })
    const verify = async (receipt: string, locale = 'en') =>
      readPage(await app.post(`/${locale}/verify`, new URLSearchParams({ receipt })))
    const good = await verify(` ${sent.receipt}\n`)
    expect(good.status).toBe(200)
    expect(good.text).toContain(sent.reference)
    const [head, , signature] = sent.receipt.split('.')
    const forged = Buffer.from(
      JSON.stringify({ ...readReceipt(sent.receipt), receivedAt: '2020-01-01T00:00:00.000Z' }),
    )
    const bad = await verify(`${head}.${forged.toString('base64url')}.${signature}`)
    expect(bad.text).not.toContain('2020')
    expect(bad.text).not.toBe(good.text)
    for (const garbage of ['', 'x', 'a.b.c', '<script>alert(1)</script>', '.'.repeat(5000)]) {
      const page = await verify(garbage)
      expect(page.status).toBe(422)
      expect(page.html).not.toContain('<script>alert')
    }
    const none = Buffer.from('{"alg":"none"}').toString('base64url')
    expect((await verify(`${none}.${sent.receipt.split('.')[1]}.`)).text).not.toContain(sent.reference)
    for (const locale of locales) expect((await verify(sent.receipt, locale)).text).toContain(sent.reference)
  })
})
