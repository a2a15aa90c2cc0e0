import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openAs, takedownOf, targetOf } from '../support/claimant.ts'
import { readPage } from '../support/read-page.ts'
import { filledForm, startTestApp, stopTestApp, type TestApp, testApp } from '../support/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp({ SUBMISSIONS_PER_HOUR: '1000' })
})
afterAll(() => stopTestApp(app))

const codesOf = async (change: Parameters<typeof filledForm>[0]) => {
  const answer = await app.post('/en/takedowns', await filledForm(change), { accept: 'application/json' })
  return [answer.status, await answer.text()]
}

describe('a name', () => {
  it.each([
    ['zero width blanks', '\u200b\u2060\ufeff'],
    ['direction marks', '\u202e\u200f'],
    ['fillers', '\u3164\u115f\u2800'],
    ['marks without a letter', '\u0301\u0651'],
    ['wide blanks', '\u00a0\u3000'],
  ])('of nothing but %s is no name', async (_what, name) => {
    const [status, text] = await codesOf({ name })
    expect(status).toBe(422)
    expect(text).toContain('"code":"name.missing"')
  })

  it.each(['ا', 'א״ב', '山', '😀', '(7)', 'Z\u0301', 'محمّد\u200cعلي'])(
    'of any script that can be seen is kept as it is: %s',
    async (name) => {
      expect(takedownOf(app, await app.submit({ name })).claimantName).toBe(name)
    },
  )

  it('is one line, whatever line ends it brings', async () => {
    const name = 'Bob\r\nBcc: x@evil.example\u2028Subject: y\u0085z\u0000'
    expect(takedownOf(app, await app.submit({ name })).claimantName).toBe(
      'Bob Bcc: x@evil.example Subject: y z',
    )
  })
})

describe('a message of the claimant', () => {
  it('of nothing that can be seen is none', async () => {
    const sent = await app.submit()
    const body = new URLSearchParams({ body: '\u0000\u202e\u200b' })
    const answer = await app.post(`/en/takedowns/${sent.reference}/messages`, body, await openAs(app, sent))
    expect(answer.status).toBe(422)
  })

  it('comes without control characters, and else character for character', async () => {
    const sent = await app.submit()
    const body = new URLSearchParams({ body: 'a\u0000b\u009bc\u200f שלום\r\n=1+1' })
    await app.post(`/en/takedowns/${sent.reference}/messages`, body, await openAs(app, sent))
    const kept = app.services.db.$client.prepare('SELECT body FROM messages ORDER BY id DESC').pluck().get()
    expect(kept).toBe('abc\u200f שלום\n=1+1')
  })

  it('P16: after two hundred within the hour, the claimant is told when to come back', async () => {
    const busy = await testApp({ SUBMISSIONS_PER_HOUR: '1' })
    const sent = await busy.submit()
    const cookie = await openAs(busy, sent)
    const write = (nth: number) =>
      busy.post(
        `/en/takedowns/${sent.reference}/messages`,
        new URLSearchParams({ body: `message ${nth}` }),
        cookie,
      )
    const statuses: number[] = []
    for (let nth = 0; nth < 10; nth++) statuses.push((await write(nth)).status)
    expect(statuses).toEqual([...Array<number>(9).fill(303), 429])
    expect(Number((await write(11)).headers.get('retry-after'))).toBeGreaterThan(0)
  })
})

describe('on the desk', () => {
  it('only a number that parses is a link to call: digits of other text are none', async () => {
    const cookie = await app.signIn()
    const linksFor = async (phone: string) => {
      const { reference } = await app.submit({ phone })
      const text = await (await app.get(`/staff/takedowns/${reference}`, { cookie })).text()
      return text.match(/href="tel:[^"]*"/g) ?? []
    }
    expect(await linksFor('050-123-4567')).toEqual(['href="tel:+972501234567"'])
    expect(await linksFor('<b id=1>050-123-4567')).toEqual([])
    expect(await linksFor('050-123-4567 / 052-123-4567')).toEqual([])
  })

  it('a day of a year typed wrongly is no day of a decision', async () => {
    const cookie = await app.signIn({ email: 'second@example.org' })
    const sent = await app.submit()
    const at = `/staff/takedowns/${sent.reference}`
    const act = (what: string, fields: Record<string, string> = {}) =>
      app.post(
        `${at}/${what}`,
        new URLSearchParams({ version: String(targetOf(app, sent).version), ...fields }),
        { cookie },
      )
    await act('assignment')
    const page = readPage(await app.get(at, { cookie }))
    const id = /name="outcome-(\d+)"/.exec((await page).html)?.[1]
    const decide = (day: string) => act('decision', { [`outcome-${id}`]: 'removed', [`done-${id}`]: day })
    expect((await decide('0206-11-02')).status).toBe(422)
    expect((await decide('0001-01-01')).status).toBe(422)
    expect((await decide('2026-11-01')).status).toBe(303)
  })
})

describe('P6: sign-ins', () => {
  it('many at once under many names do not all get to the dear hashing', async () => {
    const other = await testApp()
    const tries = Array.from({ length: 90 }, (_, nth) =>
      other.post(
        '/staff/sign-in',
        new URLSearchParams({ email: `nobody${nth}@example.org`, password: 'wrong' }),
      ),
    )
    const statuses = (await Promise.all(tries)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 422)).toHaveLength(60)
    expect(statuses.filter((status) => status === 429)).toHaveLength(30)
  })
})
