import { afterAll, beforeAll, expect, it } from 'vitest'
import { openAs, takedownOf } from '../support/claimant.ts'
import { attributeOf, readPage } from '../support/read-page.ts'
import { type Submitted, startTestApp, stopTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let sent: Submitted
const ends = new Map<string, Submitted>()
beforeAll(async () => {
  app = await startTestApp({ SUBMISSIONS_PER_HOUR: '1000', TRUST_PROXY: '1' })
  sent = await app.submit()
  for (const status of ['withdrawn', 'duplicate', 'spam']) {
    const ended = await app.submit()
    app.services.db.$client
      .prepare('UPDATE takedowns SET status = ? WHERE reference = ?')
      .run(status, ended.reference)
    expect(takedownOf(app, ended).status).toBe(status)
    ends.set(status, ended)
  }
})
afterAll(() => stopTestApp(app))

const wrongKey = '0'.repeat(28)
let clients = 0
/** Everybody has a count of misses of their own. */
const fromSomebodyNew = () => ({ 'x-forwarded-for': `203.0.${(++clients >> 8) & 255}.${clients & 255}` })
const path = ({ reference }: Pick<Submitted, 'reference'>, key = wrongKey) =>
  `/en/takedowns/${reference}?key=${key}`

/** Every way of not getting in, each with what was typed as its reference. */
function everyMiss(): { name: string; typed: string; ask(): Promise<Response> }[] {
  const { reference } = sent
  const cookie = (value: string) => ({ cookie: `takedown=${value}` })
  const get = (name: string, typed: string, address: string, headers: Record<string, string> = {}) => ({
    name,
    typed,
    ask: () => app.get(address, { ...fromSomebodyNew(), ...headers }),
  })
  const post = (name: string, typed: string, key: string) => ({
    name,
    typed,
    ask: () => app.post('/en/track', new URLSearchParams({ reference: typed, key }), fromSomebodyNew()),
  })
  return [
    get('wrong key', reference, path(sent)),
    get('unknown reference', 'TD-0000-0000', path({ reference: 'TD-0000-0000' })),
    get('malformed reference', 'nonsense', path({ reference: 'nonsense' })),
    get('malformed key', reference, path(sent, '%00')),
    get('no cookie', reference, `/en/takedowns/${reference}`),
    get('wrong cookie', reference, `/en/takedowns/${reference}`, cookie(wrongKey)),
    get('broken cookie', reference, `/en/takedowns/${reference}`, cookie('%')),
    ...[...ends].map(([status, ended]) => get(status, ended.reference, path(ended))),
    ...[...ends].map(([status, ended]) =>
      get(`key of another at ${status}`, ended.reference, path(ended, sent.accessKey)),
    ),
    post('typed: wrong key', reference, wrongKey),
    post('typed: unknown reference', 'TD-0000-0000', sent.accessKey),
    post('typed: next to nothing', 'x', ''),
  ]
}

it('P13: every miss is one answer but for what was typed, whatever became of the takedown', async () => {
  const seen = await Promise.all(
    everyMiss().map(async ({ typed, ask }) => {
      const answer = await ask()
      const headers = [...answer.headers].filter(
        ([name]) => !['x-request-id', 'date', 'etag', 'content-length'].includes(name),
      )
      const body = await answer.text()
      return JSON.stringify([answer.status, headers, body.replaceAll(`value="${typed}"`, '')])
    }),
  )
  expect(new Set(seen).size).toBe(1)
  expect(seen[0]).toMatch(/^\[404,/)
})

it('P13: no kind of miss can be told by its time', async () => {
  const misses = everyMiss()
  const times = misses.map((): number[] => [])
  // Interleaved and each time in another order, so that whatever else the machine does falls on all alike.
  for (let round = 0; round < 2 * misses.length; round++) {
    await Promise.all(
      misses.map(async (_first, place) => {
        const nth = (place + round) % misses.length
        const begun = performance.now()
        await (await misses[nth]?.ask())?.arrayBuffer()
        times[nth]?.push(performance.now() - begun)
      }),
    )
  }
  const medians = times.map((each) => each.sort((a, b) => a - b)[each.length >> 1] ?? 0)
  const told = misses.map(({ name }, nth) => `${name}: ${medians[nth]?.toFixed(1)} ms`).join('\n')
  expect(Math.max(...medians) - Math.min(...medians), told).toBeLessThan(50)
})

it('P13: the key is on no page of staff, in no list, no letter to the office and no figure', async () => {
  const cookie = await app.signIn({ role: 'admin' })
  const at = `/staff/takedowns/${sent.reference}`
  const places = ['/staff', '/staff/takedowns', '/staff/takedowns.csv', at, '/staff/mail', '/staff/inbox']
  places.push('/staff/people', '/staff/reports', '/metrics', '/readyz')
  const holds = (text: string) => text.replaceAll('-', '').toUpperCase().includes(sent.accessKey)
  for (const place of places) {
    const answer = await app.get(place, { cookie })
    expect([place, answer.status]).toEqual([place, 200])
    expect([place, holds(await answer.text())]).toEqual([place, false])
  }
  const letters = await app.letters(8)
  const toOffice = letters.filter((letter) => letter.to?.[0]?.address === 'info@ashams.com')
  expect(toOffice).toHaveLength(4)
  for (const letter of toOffice) expect(holds(JSON.stringify(letter))).toBe(false)
  expect(
    letters.some((letter) => holds(letter.text ?? '')),
    'the claimant has it',
  ).toBe(true)
})

it('P13: no page that the key opens leads away or tells another site where somebody was', async () => {
  const claimant = await openAs(app, sent)
  const at = `/en/takedowns/${sent.reference}`
  for (const place of [at, `${at}/receipt`, `${at}/receipt?key=${sent.accessKey}`]) {
    const answer = await app.get(place, claimant)
    expect(answer.headers.get('referrer-policy')).toBe('same-origin')
    const page = await readPage(answer)
    expect(page.status).toBe(200)
    const leading = ['a', 'link', 'script', 'img', 'form', 'iframe', 'source'].flatMap((tag) =>
      page
        .all(tag)
        .flatMap((element) =>
          ['href', 'src', 'srcset', 'action'].map((name) => attributeOf(element, name) ?? ''),
        ),
    )
    const away = leading.filter((to) => /^(?:[a-z]+:)?\/\//i.test(to) && !to.startsWith(app.listening))
    expect(away).toEqual([])
  }
})
