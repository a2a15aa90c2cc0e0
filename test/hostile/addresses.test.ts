import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Submitted, startTestApp, stopTestApp, type TestApp } from '../support/test-app.ts'
import { endlessRequest, rawRequest } from './raw-request.ts'

let app: TestApp
let sent: Submitted
beforeAll(async () => {
  app = await startTestApp({ SUBMISSIONS_PER_HOUR: '1000' })
  sent = await app.submit()
})
afterAll(() => stopTestApp(app))

const ask = (method: string, path: string, headers: readonly string[] = []) =>
  rawRequest(app.listening, [`${method} ${path} HTTP/1.1`, `Origin: ${app.listening}`, ...headers])

describe('a method that an address does not have', () => {
  it.each([
    ['POST', '/', 'GET, HEAD'],
    ['PUT', '/ar', 'GET, HEAD'],
    ['DELETE', '/ar/takedowns', 'GET, HEAD, POST'],
    ['PATCH', '/he/track', 'GET, HEAD, POST'],
    ['POST', '/en/privacy', 'GET, HEAD'],
    ['POST', '/ar/takedowns/TD-0000-0000', 'GET, HEAD'],
    ['PUT', '/ar/takedowns/TD-0000-0000/messages', 'GET, HEAD, POST'],
    ['POST', '/healthz', 'GET, HEAD'],
    ['PUT', '/staff/sign-in', 'GET, HEAD, POST'],
  ])('%s %s is answered 405 with those it has', async (method, path, allow) => {
    const answer = await ask(method, path)
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe(allow)
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it('is answered 405 on the desk, too, but only to staff', async () => {
    const cookie = await app.signIn()
    const path = `/staff/takedowns/${sent.reference}`
    expect((await ask('DELETE', path, [`Cookie: ${cookie}`])).headers.get('allow')).toBe('GET, HEAD')
    expect((await ask('DELETE', path)).status).toBe(303)
  })

  it('OPTIONS says which there are, and nothing lets another origin in', async () => {
    const answer = await ask('OPTIONS', '/ar/takedowns')
    expect(answer.status).toBe(204)
    expect(answer.headers.get('allow')).toBe('GET, HEAD, POST')
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  })
})

describe('the address that a refused form stands at', () => {
  it('leads whoever comes back to it to the page of the form', async () => {
    const pairs = [
      ['/ar/takedowns', '/ar'],
      [`/he/takedowns/${sent.reference}/messages`, `/he/takedowns/${sent.reference}`],
      [`/en/takedowns/${sent.reference}/withdrawal/`, `/en/takedowns/${sent.reference}`],
      ['/staff/sign-out', '/staff'],
    ] as const
    for (const [path, to] of pairs) {
      const answer = await app.get(path)
      expect([answer.status, answer.headers.get('location')], path).toEqual([303, to])
    }
    const cookie = await app.signIn({ email: 'second@example.org' })
    const desk = `/staff/takedowns/${sent.reference}`
    for (const act of ['assignment', 'pause', 'decision', 'messages', 'reopening']) {
      const answer = await app.get(`${desk}/${act}`, { cookie })
      expect([answer.status, answer.headers.get('location')], act).toEqual([303, desk])
    }
  })
})

describe('odd addresses', () => {
  it.each([
    ['/%00', 404],
    ['/ar/takedowns/%00', 404],
    ['/ar/takedowns/%ff', 400],
    ['/ar/takedowns/%E2%80%AE', 404],
    ['/ar/takedowns/..%2f..%2fetc', 404],
    ['/ar/takedowns/__proto__', 404],
    ['/assets/%2e%2e/package.json', 404],
    ['/%2e%2e/%2e%2e/etc/passwd', 404],
    ['//evil.example/', 404],
    ['/\\evil.example', 404],
    ['http://evil.example/x', 404],
    ['/ar?page[]=x&page[__proto__]=y', 200],
    ['/ar?page=%', 200],
    ['/AR', 200],
    ['/ar/', 200],
  ])('%s is answered as any other', async (path, status) => {
    const answer = await ask('GET', path)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.body).not.toContain('evil.example')
  })

  it('eight kilobytes of one are answered, sixteen are refused', async () => {
    expect((await ask('GET', `/ar/takedowns/${'T'.repeat(8000)}`)).status).toBe(404)
    expect((await ask('GET', `/${'a'.repeat(17_000)}`)).status).toBe(431)
  })
})

describe('P13: a miss', () => {
  it('is the same problem for machines, whatever was wrong', async () => {
    const { reference, accessKey } = sent
    const wrongKey = accessKey.replace(/^./, (first) => (first === '0' ? '1' : '0'))
    const paths = [
      `/en/takedowns/TD-0000-0000/receipt.json?key=${accessKey}`,
      `/en/takedowns/${reference}/receipt.json?key=${wrongKey}`,
      `/en/takedowns/${reference}/receipt.json?key=`,
      `/en/takedowns/%00/receipt.json`,
    ]
    const answers = await Promise.all(
      paths.map(async (path) => {
        const answer = await app.get(path, { accept: 'application/json' })
        return [answer.status, answer.headers.get('content-type'), await answer.text()]
      }),
    )
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]?.slice(0, 2)).toEqual([404, 'application/problem+json; charset=utf-8'])
  })
})

describe('P6: a form of words only', () => {
  const withFile = (bytes: number) => {
    const form = new FormData()
    form.append('reference', sent.reference)
    form.append('key', sent.accessKey)
    form.append('file', new Blob([new Uint8Array(bytes)]), 'a.bin')
    return form
  }

  it('takes no file: a small one is passed over, a large one is refused', async () => {
    expect((await app.post('/en/track', withFile(1000))).status).toBe(303)
    expect((await app.post('/en/track', withFile(2e6))).status).toBe(413)
    expect(readdirSync(app.services.evidence.incomingDirectory)).toEqual([])
  })
})

describe('P6: a body that nobody asked for', () => {
  it('is not read on and on, wherever it is sent', async () => {
    const most = 300e6
    const origin = `Origin: ${app.listening}`
    const heads = [
      ['POST /ar HTTP/1.1', origin],
      ['POST /ar/takedowns HTTP/1.1', 'Origin: https://evil.example'],
      ['POST /staff/sign-out HTTP/1.1', origin],
      ['POST /staff/takedowns/x/decision HTTP/1.1', origin],
      ['GET /healthz HTTP/1.1'],
    ]
    const answers = await Promise.all(heads.map((head) => endlessRequest(app.listening, head, most)))
    expect(answers.map(({ status }) => status)).toEqual([405, 403, 303, 303, 200])
    for (const { sent: bytes } of answers) expect(bytes).toBeLessThan(100e6)
  })
})
