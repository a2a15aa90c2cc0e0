import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { locales } from '../../src/i18n/locales.ts'
import { staffPassword } from '../support/test-app.ts'
import { booksIn, preparedData, startOnFaultyDisk } from './faulty-server.ts'
import { expectHeld, type HeldForm, newForm } from './held-form.ts'

async function serverWithBooks() {
  const prepared = await preparedData(async (app) => void (await app.signIn()))
  const started = await startOnFaultyDisk(prepared, { LOG_LEVEL: 'error' })
  const { dataDir, origin } = started
  const post = (path: string, body: FormData | URLSearchParams) =>
    fetch(`${origin}${path}`, { method: 'POST', headers: { origin }, body, redirect: 'manual' })
  const get = async (path: string) => (await fetch(`${origin}${path}`, { redirect: 'manual' })).status
  return { ...started, post, get, books: () => booksIn(dataDir) }
}

type ServerWithBooks = Awaited<ReturnType<typeof serverWithBooks>>

async function expectAllHeld({ post, books }: ServerWithBooks, { body }: HeldForm) {
  const before = books().takedowns
  for (const locale of locales)
    await expectHeld(await post(`/${locale}/takedowns`, await body()), locale, locale)
  expect(books().half).toEqual([])
  expect(books().takedowns).toEqual(before)
}

async function expectRecovered({ post, books, server }: ServerWithBooks, { submission, body }: HeldForm) {
  expect((await post('/en/takedowns', await body())).status).toBe(303)
  expect(books().takedowns.get(submission)).toHaveLength(1)
  await expect.poll(() => books().half).toEqual([])
  expect((await post('/staff/sign-in', signIn())).status).toBe(303)
  expect(server.output()).not.toContain('a request failed')
  server.child.kill('SIGTERM')
  expect(await server.ended).toBe(0)
}

const signIn = () => new URLSearchParams({ email: 'staff@example.org', password: staffPassword })

it.each([
  ['data directory', '*'],
  ['database', 'takedowns.sqlite'],
  ['evidence', 'evidence'],
])(
  'P5: with the %s read-only pages answer, forms and sign-in get 503 with the words kept, and it works again by itself',
  async (_name, path) => {
    const here = await serverWithBooks()
    const { disk, get, post } = here
    const one = await newForm()
    disk.order({ act: { fail: 'EROFS' }, path, last: 1_000_000 })
    await expectAllHeld(here, one)
    for (const page of ['/healthz', '/ar', '/he/track', '/staff/sign-in'])
      expect(await get(page), page).toBe(200)
    const signedIn = await post('/staff/sign-in', signIn())
    expect(signedIn.status).toBe(path === 'evidence' ? 303 : 503)
    disk.relent()
    await expectRecovered(here, one)
  },
)

it('P5: a database whose writes alone fail is told by /readyz from the first that failed until one is taken', async () => {
  const here = await serverWithBooks()
  const { disk, origin, still } = here
  const ready = async () => (await fetch(`${origin}/readyz`)).json()
  const one = await newForm()
  await still()
  disk.order({ act: { fail: 'EIO' }, call: 'write', path: 'takedowns.sqlite', last: 1_000_000 })
  expect(await ready(), 'nobody has written yet').toMatchObject({ ready: true })
  await expectAllHeld(here, one)
  const told = { ready: false, checks: { database: { why: 'not writable' }, evidence: { ok: true } } }
  for (let look = 0; look < 3; look++) expect(await ready()).toMatchObject(told)
  disk.relent()
  expect(await ready(), 'it tries by itself').toMatchObject({ ready: true })
  await expectRecovered(here, one)
})

it('P5: a database that alone became read-only is told by /readyz before anybody writes', async () => {
  const { disk, origin } = await serverWithBooks()
  disk.order({ act: { fail: 'EROFS' }, path: 'takedowns.sqlite', last: 1_000_000 })
  const told = { database: 'not writable', checks: { evidence: { ok: true } } }
  expect(await (await fetch(`${origin}/readyz`)).json()).toMatchObject(told)
})

/** Needs `prlimit` (util-linux) besides. The limit of a running process, as `ulimit -f` sets it for a new one. */
it.each([
  ['the screenshot', 4096],
  ['the log of the database', 100_000],
])(
  'P5: a file size limit below %s gives 503 with the words kept, ends nothing, and it works again by itself',
  async (_name, bytes) => {
    const here = await serverWithBooks()
    const limit = (most: number | 'unlimited') =>
      execFileSync('prlimit', ['--pid', `${here.server.child.pid}`, `--fsize=${most}:unlimited`])
    const one = await newForm()
    limit(bytes)
    await expectAllHeld(here, one)
    for (const page of ['/healthz', '/ar', '/he/track']) expect(await here.get(page), page).toBe(200)
    limit('unlimited')
    await expectRecovered(here, one)
  },
)
