import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, stopTestApp, type TestApp } from '../support/test-app.ts'
import { rawBytes } from './raw-request.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => stopTestApp(app))

/** Statuses of all that the server answered to these bytes before it closed or fell silent. */
async function statuses(...lines: string[]): Promise<number[]> {
  const answer = await rawBytes(app.listening, lines.join('\r\n'))
  return [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status))
}

const host = 'Host: x'
const end = ['Connection: close', '', '']
const postTo = (path: string) => [`POST ${path} HTTP/1.1`, host, `Origin: ${app.listening}`]
const form = 'Content-Type: application/x-www-form-urlencoded'

describe('P6: a request whose length can be read in two ways', () => {
  it.each<[string, string[], string]>([
    ['both lengths', ['Content-Length: 6', 'Transfer-Encoding: chunked'], '0\r\n\r\nG'],
    ['two lengths', ['Content-Length: 3', 'Content-Length: 5'], 'a=1'],
    ['a list of lengths', ['Content-Length: 3, 5'], 'a=1'],
    ['a length with a sign', ['Content-Length: +3'], 'a=1'],
    ['a length in hex', ['Content-Length: 0x3'], 'a=1'],
    ['a length below nothing', ['Content-Length: -1'], 'a=1'],
    ['an odd coding', ['Transfer-Encoding: xchunked'], '0\r\n\r\n'],
    ['chunked not at the end', ['Transfer-Encoding: chunked, identity'], '0\r\n\r\n'],
    ['a blank before the colon', ['Content-Length : 3'], 'a=1'],
    ['a folded header', ['X-Odd: a', ' Content-Length: 3'], 'a=1'],
    ['a chunk without end', ['Transfer-Encoding: chunked'], 'FFFFFFFFFFFFFFFFF\r\n'],
    ['a chunk of no number', ['Transfer-Encoding: chunked'], 'zz\r\n'],
  ])('is refused: %s', async (_what, headers, body) => {
    const answered = await statuses(...postTo('/en/track'), form, ...headers, '', body)
    expect(answered.length).toBeLessThanOrEqual(1)
    expect(answered[0] ?? 400).toBe(400)
  })

  it('what stands in a body is a body, also where the answer came before it', async () => {
    const smuggled = ['GET /metrics HTTP/1.1', host, '', ''].join('\r\n')
    const length = `Content-Length: ${smuggled.length}`
    expect(await statuses(...postTo('/nowhere'), length, '', smuggled)).toEqual([404])
    expect(await statuses(...postTo('/en/track'), form, length, '', smuggled)).toEqual([404])
    expect(await statuses('GET /healthz HTTP/1.1', host, length, '', smuggled)).toEqual([200])
  })
})

describe('P6: a connection that wants something else', () => {
  it('is no tunnel', async () => {
    expect(await statuses('CONNECT evil.example:443 HTTP/1.1', host, ...end)).toEqual([])
  })

  it('is no web socket', async () => {
    const upgrade = ['Upgrade: websocket', 'Sec-WebSocket-Key: x', 'Sec-WebSocket-Version: 13']
    expect(
      await statuses('GET /healthz HTTP/1.1', host, 'Connection: Upgrade, close', ...upgrade, '', ''),
    ).toEqual([200])
  })

  it.each([
    ['BREW /en HTTP/1.1', 400],
    ['PROPFIND /en HTTP/1.1', 403],
    ['TRACE /en HTTP/1.1', 403],
    ['GET /en HTTP/3.0', 400],
    ['\u0016\u0003\u0001\u0002', 400],
  ])('%s is answered %i', async (line, status) => {
    expect(await statuses(line, host, ...end)).toEqual([status])
  })

  it('of an old kind gets its answer and is closed', async () => {
    expect(await statuses('GET /healthz HTTP/1.0', '', '')).toEqual([200])
  })

  it('that expects what nobody offers is told', async () => {
    expect(await statuses('GET /healthz HTTP/1.1', host, 'Expect: coffee', ...end)).toEqual([417])
  })
})

it('P6: a hundred requests sent at once on one connection are answered in their order', async () => {
  const one = ['GET /healthz HTTP/1.1', host, '', ''].join('\r\n')
  const last = ['GET /nowhere HTTP/1.1', host, ...end].join('\r\n')
  expect(await statuses(one.repeat(99) + last)).toEqual([...Array<number>(99).fill(200), 404])
})

it('P6: more headers than anybody needs are refused', async () => {
  const many = Array.from({ length: 3000 }, (_, nth) => `X-${nth}: y`)
  expect(await statuses('GET /healthz HTTP/1.1', host, ...many, ...end)).toEqual([431])
  expect(await statuses('GET /healthz HTTP/1.1', host, `Cookie: ${'a=b; '.repeat(10_000)}`, ...end)).toEqual([
    431,
  ])
})

it('P6: after all that the form is taken', async () => {
  expect((await app.submit()).reference).toMatch(/^TD-/)
})
