import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { locales } from '../../src/i18n/locales.ts'
import { jpegOf } from '../support/images.ts'
import { readPage } from '../support/read-page.ts'
import { filledForm, staffPassword } from '../support/test-app.ts'
import { booksOf } from './books.ts'
import { preparedData, startOnFaultyDisk } from './faulty-server.ts'

const statement = 'typed "words" <ש>'

async function desk() {
  const prepared = await preparedData(async (app) => void (await app.signIn()))
  const started = await startOnFaultyDisk(prepared, { LOG_LEVEL: 'error' })
  const { dataDir, origin } = started
  const client = new Sqlite(join(dataDir, 'takedowns.sqlite'), { readonly: true })
  onTestFinished(() => void client.close())
  const post = (path: string, body: FormData | URLSearchParams) =>
    fetch(`${origin}${path}`, { method: 'POST', headers: { origin }, body, redirect: 'manual' })
  const get = async (path: string) => (await fetch(`${origin}${path}`, { redirect: 'manual' })).status
  return { ...started, post, get, books: () => booksOf(client, dataDir) }
}

type Desk = Awaited<ReturnType<typeof desk>>

async function newForm() {
  const submission = randomUUID()
  const files = [{ name: 'shot.jpg', content: await jpegOf(320, 240), type: 'image/jpeg' }]
  return { submission, form: () => filledForm({ submission, files, statement }) }
}

/** In every language: 503, the words in the form, the other way in; nothing made. Then it can be called off. */
async function expectHeld({ post, books }: Desk, form: () => Promise<FormData>) {
  const before = books()
  for (const locale of locales) {
    const answer = await post(`/${locale}/takedowns`, await form())
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
    const page = await readPage(answer)
    expect(page.status).toBe(503)
    expect(page.html).toContain(`<html lang="${locale}"`)
    expect(page.text).toContain('info@ashams.com')
    expect(page.values('statement')).toEqual([statement])
  }
  expect(books().half).toEqual([])
  expect(books().takedowns).toEqual(before.takedowns)
}

async function expectRecovered(
  { post, books, server }: Desk,
  { submission, form }: Awaited<ReturnType<typeof newForm>>,
) {
  expect((await post('/en/takedowns', await form())).status).toBe(303)
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
    const here = await desk()
    const { disk, get, post } = here
    const one = await newForm()
    disk.order({ act: { fail: 'EROFS' }, path, last: 1_000_000 })
    await expectHeld(here, one.form)
    for (const page of ['/healthz', '/ar', '/he/track', '/staff/sign-in'])
      expect(await get(page), page).toBe(200)
    const signedIn = await post('/staff/sign-in', signIn())
    expect(signedIn.status).toBe(path === 'evidence' ? 303 : 503)
    disk.relent()
    await expectRecovered(here, one)
  },
)

/** Needs `prlimit` (util-linux) besides. The limit of a running process, as `ulimit -f` sets it for a new one. */
it.each([
  ['the screenshot', 4096],
  ['the log of the database', 100_000],
])(
  'P5: a file size limit below %s gives 503 with the words kept, ends nothing, and it works again by itself',
  async (_name, bytes) => {
    const here = await desk()
    const limit = (most: number | 'unlimited') =>
      execFileSync('prlimit', ['--pid', `${here.server.child.pid}`, `--fsize=${most}:unlimited`])
    const one = await newForm()
    limit(bytes)
    await expectHeld(here, one.form)
    for (const page of ['/healthz', '/ar', '/he/track']) expect(await here.get(page), page).toBe(200)
    limit('unlimited')
    await expectRecovered(here, one)
  },
)
