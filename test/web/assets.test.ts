import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { projectRoot } from '../../src/lib/project-root.ts'
import { createAssets } from '../../src/web/assets.ts'

const assets = createAssets(projectRoot)
const server = createServer(express().use(assets.router))
let origin = ''

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${portOf(server.address())}`
})
afterAll(() => server.close())

const portOf = (address: AddressInfo | string | null) =>
  typeof address === 'object' && address ? address.port : 0
const urlOf = (name: string) => assets.urls.get(name) ?? `missing ${name}`

describe('assets', () => {
  test('each is served under the hash of its content, for ever', async () => {
    const answer = await fetch(origin + urlOf('site.css'))
    expect(answer.status).toBe(200)
    expect(urlOf('site.css')).toMatch(/^\/assets\/site\.[0-9a-f]{12}\.css$/)
    expect(answer.headers.get('content-type')).toBe('text/css; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  })

  test('what is text says that it is UTF-8', async () => {
    for (const name of assets.urls.keys()) {
      if (name.endsWith('.woff2')) continue
      const { headers } = await fetch(origin + urlOf(name))
      expect(headers.get('content-type'), name).toMatch(/; charset=utf-8$/)
    }
  })

  test('everything that the stylesheet names is served by us', async () => {
    const sheet = await (await fetch(origin + urlOf('site.css'))).text()
    const named = [...sheet.matchAll(/url\("([^"]+)"\)/g)].map(([, url]) => url ?? '')
    expect(named.length).toBeGreaterThanOrEqual(9)
    const answers = await Promise.all(named.map((url) => fetch(origin + url)))
    expect(answers.map((answer) => answer.status)).toEqual(named.map(() => 200))
    expect(sheet).not.toContain('//fonts.')
  })

  test('a script imports its parts by their hashed addresses', async () => {
    const script = await (await fetch(origin + urlOf('form.js'))).text()
    expect(script).toContain(urlOf('form-send.js'))
    expect(script).not.toMatch(/from '\.\//)
  })

  test.each(['br', 'gzip'])(
    'comes compressed as %s to who understands it, and the same',
    async (encoding) => {
      const plain = await fetch(origin + urlOf('site.css'), { headers: { 'accept-encoding': 'identity' } })
      const small = await fetch(origin + urlOf('site.css'), { headers: { 'accept-encoding': encoding } })
      expect(plain.headers.get('content-encoding')).toBeNull()
      expect(small.headers.get('content-encoding')).toBe(encoding)
      expect(small.headers.get('vary')).toContain('Accept-Encoding')
      expect(await small.text()).toBe(await plain.text())
    },
  )

  test('an old hash or a path outside is not found', async () => {
    for (const path of ['/assets/site.000000000000.css', '/assets/..%2Fpackage.json', '/assets/site.css']) {
      expect((await fetch(origin + path)).status).toBe(404)
    }
  })

  test('the stylesheet speaks of starts and ends, never of left and right', async () => {
    const sheet = await (await fetch(origin + urlOf('site.css'))).text()
    const physical =
      /(?:^|[\s;{])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|width|height)\s*:/m
    expect(sheet.match(physical)?.[0]).toBeUndefined()
  })
})
