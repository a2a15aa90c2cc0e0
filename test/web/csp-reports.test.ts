import { Writable } from 'node:stream'
import pino from 'pino'
import { describe, expect, it, onTestFinished } from 'vitest'
import { reportDirectives } from '../../src/web/middleware/security-headers.ts'
import { startTestApp, stopTestApp, testApp } from '../support/test-app.ts'

const oldType = 'application/csp-report'
const newType = 'application/reports+json'
const key = 'ABCDE-FGHJK-MNPQR-STVWX-YZ234-56789'
const page = `https://rights.example.org/en/takedowns/TD-12345678X?key=${key}#050-765-4321`

async function listeningApp() {
  let lines = ''
  const out = new Writable({
    write(chunk, _encoding, done) {
      lines += String(chunk)
      done()
    },
  })
  const logger = pino({ level: 'trace' }, out)
  const app = await startTestApp({ BASE_URL: 'https://rights.example.org' }, { logger })
  onTestFinished(() => stopTestApp(app))
  /** As browsers send it: without an origin that we would know. */
  const report = (type: string, body: string | Uint8Array<ArrayBuffer>) =>
    fetch(new URL('/csp-reports', app.listening), { method: 'POST', body, headers: { 'content-type': type } })
  const said = (): unknown[] =>
    lines
      .split('\n')
      .filter((line) => line.includes('csp_violation'))
      .map((line) => JSON.parse(line))
  const metrics = async () =>
    (await (await app.get('/metrics')).text()).match(/^csp_reports_total\{.*$/gm) ?? []
  return { app, report, said, metrics, logged: () => lines }
}

const oldReport = (change: Record<string, unknown> = {}) =>
  JSON.stringify({
    'csp-report': {
      'document-uri': page,
      referrer: page,
      'violated-directive': "script-src 'self'",
      'original-policy': "default-src 'none'",
      'blocked-uri': 'https://user:word@evil.example:8443/path?name=Nadia',
      'script-sample': 'Nadia Example',
      'source-file': page,
      ...change,
    },
  })
const newReport = (change: Record<string, unknown> = {}) => ({
  type: 'csp-violation',
  age: 10,
  url: page,
  user_agent: 'Example/1.0',
  body: {
    documentURL: page,
    effectiveDirective: 'img-src',
    blockedURL: 'inline',
    sample: 'Nadia Example',
    ...change,
  },
})

describe('what a browser reports of the security policy', () => {
  it('P17: is a line with the directive, an origin and the pattern of the page, and nothing else of it', async () => {
    const { app, report, said, metrics, logged } = await listeningApp()
    expect((await report(oldType, oldReport())).status).toBe(204)
    const both = [newReport(), newReport({ documentURL: 'https://rights.example.org/staff/takedowns/TD-1' })]
    expect((await report(`${newType}; charset=utf-8`, JSON.stringify(both))).status).toBe(204)
    expect(said()).toMatchObject([
      {
        directive: 'script-src',
        blocked: 'https://evil.example:8443',
        page: '/:locale/takedowns/:reference',
      },
      { directive: 'img-src', blocked: 'inline', page: '/:locale/takedowns/:reference' },
      { directive: 'img-src', blocked: 'inline', page: '/staff/takedowns/:reference' },
    ])
    expect(await metrics()).toEqual([
      'csp_reports_total{directive="script-src"} 1',
      'csp_reports_total{directive="img-src"} 2',
    ])
    for (const secret of [key, 'TD-1', 'Nadia', 'user:word', '050-765', 'Example/1.0', '127.0.0.1'])
      expect(logged()).not.toContain(secret)
    expect((await app.get('/csp-reports')).status).toBe(405)
  })

  it('names neither a directive, a scheme nor a page that is none of ours', async () => {
    const { report, said } = await listeningApp()
    const strange = [
      { effectiveDirective: 'Nadia' },
      { blockedURL: 'nadia-example:050' },
      { blockedURL: 'https://rights.example.org/secret' },
      { blockedURL: 'data:image/png;base64,Nadia' },
      { blockedURL: 'chrome-extension://abcdef/x.js' },
      { blockedURL: '' },
      { documentURL: 'https://rights.example.org/nadia/0507654321' },
      { documentURL: 'not an address' },
      { documentURL: 7, effectiveDirective: null, blockedURL: ['x'] },
    ]
    await report(newType, JSON.stringify(strange.map(newReport)))
    const where = '/:locale/takedowns/:reference'
    expect(said()).toMatchObject([
      { directive: 'other', blocked: 'inline', page: where },
      { directive: 'img-src', blocked: 'unknown', page: where },
      { directive: 'img-src', blocked: 'self', page: where },
      { directive: 'img-src', blocked: 'data', page: where },
      { directive: 'img-src', blocked: 'extension', page: where },
      { directive: 'img-src', blocked: 'unknown', page: where },
      { directive: 'img-src', blocked: 'inline', page: 'unknown' },
      { directive: 'img-src', blocked: 'inline', page: 'unknown' },
      { directive: 'other', blocked: 'unknown', page: 'unknown' },
    ])
  })

  it('P6, P17: is borne when it is hostile', async () => {
    const { app, report, said, logged } = await listeningApp()
    const statusOf = async (type: string, body: string | Uint8Array<ArrayBuffer>) =>
      (await report(type, body)).status
    expect(await statusOf(oldType, '{')).toBe(400)
    expect(await statusOf(oldType, '')).toBe(400)
    expect(await statusOf(newType, new Uint8Array([0xff, 0xfe, 0, 1]))).toBe(400)
    for (const nothing of [
      'null',
      '7',
      '[]',
      '{}',
      '[null,[[]],{"type":"deprecation"}]',
      '{"csp-report":[]}',
    ])
      expect(await statusOf(newType, nothing), nothing).toBe(204)
    expect(await statusOf(newType, `[${'['.repeat(8000)}`)).toBe(400)
    expect(await statusOf('application/json', oldReport())).toBe(415)
    expect(await statusOf('text/plain', oldReport())).toBe(415)
    expect(await statusOf(newType, ' '.repeat(16 * 1024 + 1))).toBe(413)
    expect(said()).toEqual([])

    const many = JSON.stringify(Array.from({ length: 5000 }, () => 0)).replace('[', `[${oldReport()},`)
    expect(await statusOf(newType, many)).toBe(204)
    expect(said()).toHaveLength(1)
    const hostile = { 'blocked-uri': 'https://a\u0000\n{"level":60}\u202e.example/', __proto__: { x: 1 } }
    expect(await statusOf(oldType, oldReport(hostile))).toBe(204)
    const tens = `[${Array.from({ length: 20 }, () => '{"type":"csp-violation","body":{}}').join()}]`
    expect(await statusOf(newType, tens)).toBe(204)
    expect(said()).toHaveLength(12)
    expect(logged()).not.toMatch(/\u202e|^\{"level":60\}/m)
    expect((await app.get('/healthz')).status).toBe(200)
  })

  it('P16: is taken sixty times an hour from one client, and the forms do not mind', async () => {
    const { app, report, said } = await listeningApp()
    for (let nth = 0; nth < 60; nth++) expect((await report(oldType, oldReport())).status).toBe(204)
    const refused = await report(oldType, oldReport())
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3000)
    expect(said()).toHaveLength(60)
    expect((await app.get('/en')).status).toBe(200)
  })
})

it('every page tells its browser to report here, over https by the old name and the new one', async () => {
  const { app } = await listeningApp()
  const plain = await testApp()
  for (const path of ['/en', '/ar/track', '/staff/sign-in', '/nowhere', '/healthz']) {
    const { headers } = await app.get(path)
    expect(headers.get('content-security-policy'), path).toMatch(/;report-uri \/csp-reports;report-to csp$/)
    expect(headers.get('content-security-policy')).toContain(reportDirectives('https://rights.example.org'))
    expect(headers.get('reporting-endpoints'), path).toBe('csp="/csp-reports"')
    const { headers: onHttp } = await plain.get(path)
    expect(onHttp.get('content-security-policy'), path).toMatch(/;report-uri \/csp-reports$/)
    expect(onHttp.has('reporting-endpoints'), path).toBe(false)
  }
})
