import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { locales } from '../../src/i18n/locales.ts'
import { pageOf, readPage } from '../support/read-page.ts'
import { filledForm, startTestApp, stopTestApp, type TestApp, testApp } from '../support/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp({ SUBMISSIONS_PER_HOUR: '1000' })
})
afterAll(() => stopTestApp(app))

/** Says bytes on a socket of its own and answers all that comes back until it is closed. */
async function say(bytes: string, endsAfterMs = 3000): Promise<string> {
  const { port, hostname } = new URL(app.listening)
  const socket = connect(Number(port), hostname)
  socket.write(bytes)
  const timer = setTimeout(() => socket.end(), endsAfterMs)
  try {
    return await text(socket)
  } finally {
    clearTimeout(timer)
  }
}

describe('a request that changes something', () => {
  const postWith = async (headers: Record<string, string>) => {
    const answer = await fetch(new URL('/en/takedowns', app.listening), {
      method: 'POST',
      body: await filledForm(),
      headers,
      redirect: 'manual',
    })
    return answer.status
  }

  it('must come from our own pages', async () => {
    expect(await postWith({})).toBe(403)
    expect(await postWith({ origin: 'https://evil.example' })).toBe(403)
    expect(await postWith({ origin: 'null' })).toBe(403)
    expect(await postWith({ origin: `${app.listening}.evil.example` })).toBe(403)
    expect(await postWith({ 'sec-fetch-site': 'cross-site', origin: app.listening })).toBe(403)
    expect(await postWith({ 'sec-fetch-site': 'same-site', origin: app.listening })).toBe(403)
    expect(await postWith({ referer: `${app.listening}/en` })).toBe(403)
    expect(await postWith({ 'sec-fetch-site': 'same-origin' })).toBe(303)
    expect(await postWith({ origin: app.listening })).toBe(303)
  })

  it('is refused before its body is there', async () => {
    const answer = await say(
      'POST /ar/takedowns HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 900000\r\n\r\n',
    )
    expect(answer).toMatch(/^HTTP\/1.1 403 /)
    expect(answer).toContain('<html lang="ar" dir="rtl">')
  })

  it('is refused the same way at every address, staff included', async () => {
    for (const path of ['/staff/sign-in', '/staff/sign-out', '/ar/track', '/staff/takedowns/TD-1/decision']) {
      const answer = await fetch(new URL(path, app.listening), {
        method: 'POST',
        body: new URLSearchParams(),
      })
      expect(answer.status, path).toBe(403)
    }
  })
})

it('reading needs no origin', async () => {
  expect(
    (await app.get('/en', { 'sec-fetch-site': 'cross-site', origin: 'https://ashams.com' })).status,
  ).toBe(200)
})

describe('every page', () => {
  const paths = [
    '/ar',
    '/he',
    '/en',
    '/en/track',
    '/en/verify',
    '/ar/privacy',
    '/he/accessibility',
    '/staff/sign-in',
    '/nowhere',
  ]

  it.each(paths)('has the headers that hold a browser: %s', async (path) => {
    const answer = await app.get(path)
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("base-uri 'none'")
    expect(policy).toContain("form-action 'self'")
    expect(policy).not.toMatch(/unsafe|\*|https?:|data:/)
    expect(answer.headers.get('referrer-policy')).toBe('same-origin')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('x-frame-options')).toBe('DENY')
    expect(answer.headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin')
    const permissions = answer.headers.get('permissions-policy')?.split(', ') ?? []
    for (const feature of ['camera', 'microphone', 'geolocation', 'display-capture', 'payment', 'usb'])
      expect(permissions).toContain(`${feature}=()`)
    const isForm = locales.some((locale) => path === `/${locale}`)
    expect(answer.headers.get('cache-control')).toBe(isForm ? 'private, no-cache' : 'no-store')
    expect(answer.headers.get('x-powered-by')).toBeNull()
    const page = await readPage(answer)
    expect(page.html).not.toMatch(/ style="| on\w+="/)
    expect(page.all('script').every((script) => script.childNodes.length === 0)).toBe(true)
    expect(page.all('style')).toEqual([])
  })

  it('loads nothing from another origin', async () => {
    for (const path of paths) {
      const page = await readPage(await app.get(path))
      const sources = [...page.all('script'), ...page.all('link'), ...page.all('img')].flatMap((element) =>
        element.attrs.filter(({ name }) => name === 'src' || name === 'href').map(({ value }) => value),
      )
      expect(sources.filter((source) => !/^\/[^/]/.test(source))).toEqual([])
    }
  })

  it('says over https that https is to stay, and marks its cookies', async () => {
    const secure = await testApp({ BASE_URL: 'https://takedowns.example' })
    const answer = await secure.get('/ar')
    expect(answer.headers.get('strict-transport-security')).toMatch(/^max-age=\d{8}/)
    const form = await filledForm()
    const sent = await secure.post('/ar/takedowns', form, { origin: 'https://takedowns.example' })
    const status = await secure.get(sent.headers.get('location') ?? '')
    const cookies = status.headers.getSetCookie()
    expect(cookies).toHaveLength(3)
    for (const cookie of cookies) {
      expect(cookie).toMatch(/^__Secure-takedown=/)
      expect(cookie).toContain('; Secure')
      // A path of its own, which __Host- forbids, keeps takedowns apart.
      expect(cookie).toMatch(/; Path=\/(ar|he|en)\/takedowns\/TD-/)
    }
    const opened = async (cookie = '') =>
      (await secure.get(status.headers.get('location') ?? '', { cookie })).status
    const [pair = ''] = cookies[0]?.split(';') ?? []
    expect(await opened(pair)).toBe(200)
    expect(await opened(pair.replace('__Secure-', '')), 'which a page on http could have set').toBe(404)
  })
})

describe('the root', () => {
  const at = async (path: string, language?: string) => {
    const answer = await app.get(path, language === undefined ? {} : { 'accept-language': language })
    return [answer.status, answer.headers.get('location')]
  }

  it('leads to the form in the reader’s language, the query kept', async () => {
    expect(await at('/', 'he-IL,he;q=0.9,en;q=0.5')).toEqual([302, '/he'])
    expect(await at('/?page=https%3A%2F%2Fashams.com%2F1&x=1', 'en')).toEqual([
      302,
      '/en?page=https%3A%2F%2Fashams.com%2F1&x=1',
    ])
    expect(await at('/', 'ar-EG;q=0.8, fr')).toEqual([302, '/ar'])
    expect(await at('/', 'fr')).toEqual([302, '/ar'])
    expect(await at('/', '')).toEqual([302, '/ar'])
    expect(await at('/', ';;;q=,,')).toEqual([302, '/ar'])
  })
})

describe('an address that leads nowhere', () => {
  it.each([
    '/nowhere',
    '/fr',
    '/en/takedowns/TD-1/none',
    '/en/takedowns/%2e%2e%2fx/receipt.json2',
    '/assets/../../package.json',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/.env',
    '/staff/../../etc/passwd',
    `/en/${'x'.repeat(5000)}`,
  ])('is 404 in the reader’s language: %s', async (path) => {
    const answer = await app.get(path)
    expect(answer.status).toBe(404)
    expect(answer.headers.get('content-type')).toContain('text/html')
  })

  it.each(['/%', '/en/takedowns/%E0%A4%A', '/en/takedowns/%ff%fe', '/en/%00', '/staff/takedowns/%'])(
    'is a refusal and no defect when malformed: %s',
    async (path) => {
      const answer = await say(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
      expect(answer).toMatch(/^HTTP\/1.1 (400|404|303) /)
    },
  )

  it('is a refusal for every method', async () => {
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      for (const path of ['/en', '/en/takedowns', '/staff', '/']) {
        const answer = await fetch(new URL(path, app.listening), {
          method,
          headers: { origin: app.listening },
          redirect: 'manual',
        })
        expect([303, 404, 405], `${method} ${path}`).toContain(answer.status)
      }
    }
    expect((await app.post('/en', new URLSearchParams())).status).toBe(405)
    const head = await fetch(new URL('/en', app.listening), { method: 'HEAD' })
    expect(head.status).toBe(200)
    expect(await head.text()).toBe('')
  })

  it('answers who asks for JSON with problem details', async () => {
    const answer = await app.get('/he/nowhere', { accept: 'application/json' })
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ status: 404, title: expect.stringMatching(/[א-ת]/) })
  })
})

describe('a body that is no form', () => {
  const raw = async (type: string, body: string) => {
    const headers = { origin: app.listening, ...(type !== '' && { 'content-type': type }) }
    const answer = await fetch(new URL('/en/takedowns', app.listening), { method: 'POST', headers, body })
    await answer.text()
    return answer.status
  }

  it('is 415, and 400 where it is half a form', async () => {
    expect(await raw('application/json', '{}')).toBe(415)
    expect(await raw('text/plain', 'name=x')).toBe(415)
    expect(await raw('multipart/form-data', 'x')).toBe(400)
    expect(await raw('multipart/form-data; boundary=b', '--b\r\nnonsense')).toBe(400)
    expect(await raw('multipart/form-data; boundary=b', '--b--\r\n')).toBe(422)
    expect(await raw('application/x-www-form-urlencoded', 'name=%E0%A4%A&page=%')).toBe(422)
  })

  it('is refused and no defect where field names are strange', async () => {
    const withNames = async (...names: string[]) => {
      const form = new FormData()
      for (const name of names) form.append(name, 'x')
      return (await app.post('/en/takedowns', form)).status
    }
    expect(await withNames('__proto__', 'constructor', 'toString', 'hasOwnProperty')).toBe(422)
    expect(await withNames('page[0][x]')).toBe(400)
    expect(await withNames('name[]')).toBeLessThan(500)
    expect(await withNames(...Array<string>(60).fill('page'))).toBe(413)
    const plain = new URLSearchParams('__proto__=x&constructor=y&page[0][x]=1')
    expect((await app.post('/en/takedowns', plain)).status).toBe(422)
  })
})

describe('the notices', () => {
  it.each(locales)(
    'on privacy and accessibility stand in %s and say how to reach the publisher',
    async (locale) => {
      for (const path of ['privacy', 'accessibility']) {
        const page = await readPage(await app.get(`/${locale}/${path}`))
        expect(page.status).toBe(200)
        expect(page.html).toContain(`<html lang="${locale}"`)
        expect(page.text).toContain('info@ashams.com')
      }
    },
  )
})

describe('for operators', () => {
  it('health, readiness and metrics tell counts and nothing about anybody', async () => {
    await app.submit({ name: 'Very Private Person', phone: '052-765-4321' })
    expect(await (await app.get('/healthz')).json()).toEqual({ status: 'alive' })
    const ready = await app.get('/readyz')
    expect(ready.status).toBe(200)
    expect(await ready.json()).toMatchObject({ ready: true, database: 'ok', disk: 'ok' })
    const metrics = await (await app.get('/metrics')).text()
    expect(metrics).toMatch(/^takedowns\{status="received"\} [1-9]/m)
    expect(metrics).toMatch(/^outbox_oldest_due_seconds \d/m)
    expect(metrics).not.toMatch(/Private|7654321|TD-/)
  })
})

it('the name of the site is escaped wherever it stands', async () => {
  const hostile = await testApp({ SITE_NAME: '<script>alert(1)</script>"&' })
  for (const path of ['/ar', '/he/privacy', '/en/track', '/staff/sign-in']) {
    const page = pageOf(await (await hostile.get(path)).text())
    expect(page.all('script').every((script) => script.childNodes.length === 0)).toBe(true)
  }
})
