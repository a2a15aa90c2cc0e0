import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { locales } from '../../src/i18n/locales.ts'
import { readPage } from '../support/read-page.ts'
import { startTestApp } from '../support/test-app.ts'
import { booksOf } from './books.ts'
import type { FileCall, Order } from './faulty-disk.ts'
import { booksIn, preparedData, startOnFaultyDisk, untilCommit } from './faulty-server.ts'
import { expectHeld, newForm } from './held-form.ts'

/** Of the writes, most of which are pages of one commit, every so many-th is tried. */
const stride = 5

/** The n-th call of that name on a file of that kind. */
interface Point {
  readonly path: 'evidence' | 'takedowns.sqlite' | 'limits.sqlite'
  readonly call: FileCall['call']
  readonly nth: number
  /** One of its last writes. */
  readonly isNearEnd: boolean
}

/** What workers will still write for submissions that were taken. */
const unsettled = `
  SELECT (SELECT count(*) FROM outgoing_messages WHERE state <> 'submitted')
    + (SELECT count(*) FROM screenshots WHERE copy_state = 'pending')
    + (SELECT count(*) FROM takedowns WHERE indexed_version <> version)`

async function serverWithBooks() {
  const started = await startOnFaultyDisk(await preparedData(), { LOG_LEVEL: 'error' })
  const { dataDir, origin } = started
  const client = new Sqlite(join(dataDir, 'takedowns.sqlite'), { readonly: true })
  onTestFinished(() => void client.close())
  const left = client.prepare(unsettled).pluck()
  return {
    ...started,
    books: () => booksIn(dataDir),
    /** Nobody but the next form calls the disk. */
    quiet: () => expect.poll(() => left.get(), { timeout: 30_000 }).toBe(0),
    send: (locale: string, body: FormData) =>
      fetch(`${origin}/${locale}/takedowns`, {
        method: 'POST',
        headers: { origin },
        body,
        redirect: 'manual',
      }),
  }
}

function kindOf(path: string): Point['path'] {
  if (path.startsWith('evidence')) return 'evidence'
  return path.startsWith('limits') ? 'limits.sqlite' : 'takedowns.sqlite'
}

type ServerWithBooks = Awaited<ReturnType<typeof serverWithBooks>>

/** Where one submission can meet a fault before it is answered. */
async function pointsOf({ disk, send, quiet, still }: ServerWithBooks): Promise<Point[]> {
  await still()
  disk.order({ act: 'watch' })
  const { body } = await newForm()
  expect((await send('en', await body())).status).toBe(303)
  const calls = disk.calls().sort((a, b) => a.number - b.number)
  await quiet()
  const seen = new Map<string, number>()
  const points = untilCommit(calls).map(({ call, path }) => {
    const kind = kindOf(path)
    const nth = (seen.get(kind + call) ?? 0) + 1
    seen.set(kind + call, nth)
    return { path: kind, call, nth }
  })
  const isNearEnd = ({ call, path, nth }: Omit<Point, 'isNearEnd'>) =>
    call === 'write' && nth > (seen.get(path + call) ?? 0) - 2 * stride
  return points
    .filter(({ call, nth }) => call !== 'write' || nth % stride === 1)
    .map((point) => ({ ...point, isNearEnd: isNearEnd(point) }))
}

it.each([
  ['an I/O error at one call', 'EIO', 'once'],
  ['I/O errors from one call on', 'EIO', 'on'],
  ['no space at one call', 'ENOSPC', 'once'],
  ['no space from one call on', 'ENOSPC', 'on'],
] as const)(
  `P4, P5: %s of a submission (each but writes, of which every ${stride}th) ends in 503 with the words kept and nothing half made, and the next try is taken`,
  async (_words, fail, lasts) => {
    const here = await serverWithBooks()
    const { disk, send, books, quiet, server } = here
    const points = await pointsOf(here)
    let met = 0
    for (const [index, point] of points.entries()) {
      const at = `${fail} ${lasts}: ${point.path} ${point.call} ${point.nth}`
      const locale = locales[index % locales.length] ?? 'ar'
      const before = books().takedowns.size
      const { submission, body } = await newForm()
      disk.order(faultAt(point, fail, lasts))
      const answer = await send(locale, await body())
      const isMet = disk.calls().some(({ isDone }) => !isDone)
      disk.relent()
      // The next form may need a few writes fewer: what is refused then comes after its answer.
      const isAfterwards = answer.status === 303 && point.isNearEnd
      if (isMet && point.path !== 'limits.sqlite' && !isAfterwards) {
        met += 1
        await expectHeld(answer, locale, at)
        expect(books().takedowns.size, at).toBe(before)
      } else expect(answer.status, at).toBe(303)
      expect(books().half, at).toEqual([])
      expect((await send(locale, await body())).status, at).toBe(303)
      expect(books().takedowns.get(submission), at).toHaveLength(1)
      await quiet()
      expect(books().half, at).toEqual([])
    }
    process.stdout.write(`${points.length} points, ${met} faults met\n`)
    expect(met).toBeGreaterThan(points.length / 2)
    expect(server.output()).not.toContain('a request failed')
    server.child.kill('SIGTERM')
    expect(await server.ended).toBe(0)
  },
)

const faultAt = ({ path, call, nth }: Point, fail: 'EIO' | 'ENOSPC', lasts: 'once' | 'on'): Order =>
  lasts === 'once'
    ? { act: { fail }, path, call, first: nth }
    : { act: { fail }, path, call, first: nth, last: 1_000_000 }

it('P1, P3, P4: a commit whose sync failed is refused, and after a kill it is there whole or not at all', async () => {
  const { disk, send, books, quiet, server, dataDir } = await serverWithBooks()
  await quiet()
  const { submission, body } = await newForm()
  disk.order({ act: { fail: 'EIO' }, path: 'takedowns.sqlite', call: 'fsync', last: 1_000_000 })
  await expectHeld(await send('he', await body()), 'he', 'while no sync succeeds')
  expect(books().takedowns.has(submission)).toBe(false)
  server.child.kill('SIGKILL')
  await server.ended

  const app = await startTestApp({ CANARY_HOURS: '0' }, { dataDir })
  onTestFinished(() => app.stop())
  const { $client } = app.services.db
  expect(booksOf($client, dataDir).half).toEqual([])
  expect((await app.post('/he/takedowns', await body())).status).toBe(303)
  expect(booksOf($client, dataDir)).toMatchObject({ half: [] })
  expect(booksOf($client, dataDir).takedowns.get(submission)).toHaveLength(1)
})

it('P5: while the database cannot be read the form is shown and comes back with its words, what needs it says 503, and it works again by itself', async () => {
  const { disk, send, books, origin, server } = await serverWithBooks()
  const { submission, body } = await newForm()
  disk.order({ act: { fail: 'EIO' }, path: 'takedowns.sqlite', call: 'read', last: 1_000_000 })
  const answer = await send('he', await body())
  expect(disk.calls().length, 'pages that are in memory are not read').toBeGreaterThan(0)
  await expectHeld(answer, 'he', 'while nothing is read')
  expect((await fetch(`${origin}/ar`)).status).toBe(200)
  expect((await fetch(`${origin}/readyz`)).status).toBe(503)
  const key = new URLSearchParams({ reference: 'TD-2222-2222', key: '2'.repeat(26) })
  const track = await fetch(`${origin}/en/takedowns/TD-2222-2222?${key}`, { redirect: 'manual' })
  expect((await readPage(track)).text).not.toMatch(/sqlite|malformed/i)
  expect(track.status).toBe(503)
  disk.relent()
  expect((await send('he', await body())).status).toBe(303)
  expect(books().takedowns.get(submission)).toHaveLength(1)
  expect(server.output()).not.toMatch(/a request failed|an error page failed/)
})
