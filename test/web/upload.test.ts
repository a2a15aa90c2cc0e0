import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, renameSync } from 'node:fs'
import type { Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import express, { type ErrorRequestHandler } from 'express'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { EvidenceStore } from '../../src/evidence/store.ts'
import { Failure } from '../../src/lib/failures.ts'
import { cutOffUnreadBodies } from '../../src/web/middleware/refused-body.ts'
import {
  acceptUploadedForm,
  type UploadedFile,
  type UploadOptions,
  uploadOf,
} from '../../src/web/middleware/upload.ts'
import { mostBytesOf, multerLimits } from '../../src/web/middleware/upload-limits.ts'
import { createUploadSlots } from '../../src/web/middleware/upload-slots.ts'
import { cleanFileName } from '../../src/web/middleware/upload-storage.ts'
import { testEvidenceStore } from '../support/evidence-store.ts'

const limits = { maxUploadBytes: 100_000, maxFiles: 3 }
const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

interface Answer {
  fields: Record<string, string[]>
  files: (Omit<UploadedFile, 'head'> & { head: string })[]
}

interface Desk {
  url: string
  port: number
  store: EvidenceStore
  incoming(): string[]
  /** Every error that reached the last handler. */
  failures: unknown[]
}

async function open(
  options: Partial<UploadOptions> = {},
  onFiles: (files: readonly UploadedFile[]) => Promise<void> | void = () => {},
): Promise<Desk> {
  const directory = join(mkdtempSync(join(tmpdir(), 'upload-')), 'evidence')
  const store = await testEvidenceStore(directory)
  const failures: unknown[] = []
  const app = express()
  app.use(cutOffUnreadBodies)
  app.post('/', acceptUploadedForm({ ...limits, evidence: store, ...options }), async (req, res) => {
    const { fields, files } = uploadOf(req)
    await onFiles(files)
    res.json({ fields, files: files.map((file) => ({ ...file, head: file.head.toString('hex') })) })
  })
  const onError: ErrorRequestHandler = (error, _req, res, _next) => {
    failures.push(error)
    const failure = error instanceof Failure ? error : new Failure(500, 'error.notFound')
    if (failure.retryAfter) res.set('Retry-After', String(failure.retryAfter))
    res.status(failure.status).json({ key: failure.key })
  }
  app.use(onError)
  const server: Server = app.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  ends.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const { port } = address
  const incoming = () => readdirSync(join(directory, 'incoming'))
  return { url: `http://127.0.0.1:${port}/`, port, store, incoming, failures }
}

const file = (bytes: number, fill = 7) => new Blob([Buffer.alloc(bytes, fill)])

function formOf(fields: [string, string][], files: [Blob, string][] = []): FormData {
  const form = new FormData()
  for (const [name, value] of fields) form.append(name, value)
  for (const [content, name] of files) form.append('screenshot', content, name)
  return form
}

const post = (desk: Desk, body: FormData | URLSearchParams) => fetch(desk.url, { method: 'POST', body })
async function answerOf(response: Response): Promise<Answer> {
  expect(response.status).toBe(200)
  return response.json()
}

/** A request written by hand; resolves with the status line and the rest once the socket is closed or quiet. */
function raw(
  desk: Desk,
  head: string[],
  chunks: (Buffer | string)[] = [],
): { socket: Socket; answer: Promise<string> } {
  const socket = connect(desk.port, '127.0.0.1')
  let received = ''
  socket.on('data', (chunk) => {
    received += chunk
  })
  socket.on('error', () => {})
  socket.write(['POST / HTTP/1.1', 'Host: x', ...head, '', ''].join('\r\n'))
  for (const chunk of chunks) socket.write(chunk)
  const answer = new Promise<string>((resolve) => socket.once('close', () => resolve(received)))
  ends.push(() => socket.destroy())
  return { socket, answer }
}

const multipart = 'Content-Type: multipart/form-data; boundary=B'
const part = (disposition: string, content: string) =>
  `--B\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}\r\n`

test('a form with files is read: values in order, names in any script, hashes and first bytes', async () => {
  const desk = await open({}, (files) => {
    for (const { path, bytes } of files) expect(readFileSync(path)).toHaveLength(bytes)
  })
  const content = Buffer.from('the content of a file')
  const form = formOf(
    [
      ['name', 'عادل "א" O’Neil'],
      ['page', 'https://a/1'],
      ['page', 'https://a/2'],
    ],
    [
      [new Blob([content]), 'لقطة شاشة.png'],
      [file(70_000), 'צילום.jpg'],
    ],
  )
  const { fields, files } = await answerOf(await post(desk, form))
  expect(fields).toEqual({ name: ['عادل "א" O’Neil'], page: ['https://a/1', 'https://a/2'] })
  expect(
    files.map(({ fieldName, fileName, bytes, fault }) => ({ fieldName, fileName, bytes, fault })),
  ).toEqual([
    { fieldName: 'screenshot', fileName: 'لقطة شاشة.png', bytes: content.length, fault: null },
    { fieldName: 'screenshot', fileName: 'צילום.jpg', bytes: 70_000, fault: null },
  ])
  expect(files[0]?.sha256).toBe(createHash('sha256').update(content).digest('hex'))
  expect(files[0]?.head).toBe(content.toString('hex'))
  expect(files[1]?.head).toHaveLength(128)
})

test('temporary files are gone after the answer, unless they were moved away', async () => {
  const moved = join(mkdtempSync(join(tmpdir(), 'moved-')), 'file')
  const desk = await open({}, ([first]) => {
    if (first) renameSync(first.path, moved)
  })
  await answerOf(
    await post(
      desk,
      formOf(
        [],
        [
          [file(10), 'a'],
          [file(20), 'b'],
        ],
      ),
    ),
  )
  await vi.waitFor(() => expect(desk.incoming()).toEqual([]))
  expect(existsSync(moved)).toBe(true)
})

test('a file over the limit is marked and nothing else of the form is lost', async () => {
  const desk = await open()
  const form = formOf(
    [['name', 'before']],
    [
      [file(100_001), 'large'],
      [file(100_000), 'just fits'],
    ],
  )
  form.append('statement', 'after')
  const { fields, files } = await answerOf(await post(desk, form))
  expect(fields).toEqual({ name: ['before'], statement: ['after'] })
  expect(files.map((f) => [f.fileName, f.fault, f.path !== ''])).toEqual([
    ['large', 'tooLarge', false],
    ['just fits', null, true],
  ])
})

test('files over the number are marked, and the first ones kept', async () => {
  const desk = await open()
  const form = formOf(
    [],
    ['a', 'b', 'c', 'd', 'e'].map((name) => [file(10), name]),
  )
  form.append('name', 'last')
  const { fields, files } = await answerOf(await post(desk, form))
  expect(files.map((f) => f.fault)).toEqual([null, null, null, 'tooMany', 'tooMany'])
  expect(fields).toEqual({ name: ['last'] })
})

test('an empty file is marked, and a file input that nobody used is no file', async () => {
  const desk = await open()
  const { files } = await answerOf(
    await post(
      desk,
      formOf(
        [],
        [
          [file(0), 'empty.png'],
          [file(0), ''],
        ],
      ),
    ),
  )
  expect(files.map((f) => [f.fileName, f.fault])).toEqual([['empty.png', 'empty']])
})

test('a form without files is read by the same door', async () => {
  const desk = await open()
  const { fields, files } = await answerOf(await post(desk, new URLSearchParams('a=1&a=2&__proto__=%D7%90')))
  expect(Object.entries(fields)).toEqual([
    ['a', ['1', '2']],
    ['__proto__', ['א']],
  ])
  expect(files).toEqual([])
  expect((await post(desk, new URLSearchParams({ a: 'x'.repeat(1_100_000) }))).status).toBe(413)
})

test('a body that is no form is refused', async () => {
  const desk = await open()
  const json = await fetch(desk.url, {
    method: 'POST',
    body: '{}',
    headers: { 'Content-Type': 'application/json' },
  })
  expect(json.status).toBe(415)
  expect((await fetch(desk.url, { method: 'POST' })).status).toBe(415)
  const zipped = await fetch(desk.url, {
    method: 'POST',
    body: new URLSearchParams('a=1'),
    headers: { 'Content-Encoding': 'gzip' },
  })
  expect(zipped.status).toBe(415)
})

test('a form with files is refused by its Content-Length before a byte of it is read', async () => {
  const desk = await open()
  const { answer } = raw(desk, [multipart, `Content-Length: ${mostBytesOf(limits) + 1}`])
  expect(await answer).toMatch(/^HTTP\/1.1 413 /)
  expect(desk.incoming()).toEqual([])
})

test('a body without a length is counted, answered and cut off', async () => {
  const desk = await open()
  const { socket, answer } = raw(desk, [multipart, 'Transfer-Encoding: chunked'])
  const chunk = Buffer.alloc(64 * 1024, 0x61)
  const framed = Buffer.concat([Buffer.from('10000\r\n'), chunk, Buffer.from('\r\n')])
  let sent = 0
  const begin = part('name="screenshot"; filename="endless"', '')
  socket.write(`${begin.length.toString(16)}\r\n${begin}\r\n`)
  const pour = () => {
    while (!socket.destroyed && socket.write(framed)) sent += framed.length
  }
  socket.on('drain', pour)
  pour()
  expect(await answer).toMatch(/^HTTP\/1.1 413 /)
  // The gate, what is drained until the next look, and what lay in the buffers of both sockets.
  expect(sent).toBeLessThan(mostBytesOf(limits) + 200e6)
  await vi.waitFor(() => expect(desk.incoming()).toEqual([]))
})

test('every limit of the form’s parser trips with a clear status, never a 500', async () => {
  const desk = await open()
  const many = (count: number) => Array.from({ length: count }, (_, i): [string, string] => [`f${i}`, 'x'])
  const statusOf = async (form: FormData) => (await post(desk, form)).status
  expect(await statusOf(formOf(many(30)))).toBe(200)
  expect(await statusOf(formOf(many(31)))).toBe(413)
  expect(
    await statusOf(
      formOf(
        many(25),
        many(16).map(() => [file(1), 'x']),
      ),
    ),
  ).toBe(413)
  expect(await statusOf(formOf([['statement', 'x'.repeat(512 * 1024)]]))).toBe(200)
  expect(await statusOf(formOf([['statement', 'x'.repeat(512 * 1024 + 1)]]))).toBe(413)
  expect(await statusOf(formOf([['n'.repeat(101), 'x']]))).toBe(400)
  expect(await statusOf(formOf([['a[b]', 'x']]))).toBe(400)
  expect(await statusOf(formOf([['a[999999]', 'x']]))).toBe(400)
  expect(desk.failures.every((failure) => failure instanceof Failure)).toBe(true)
})

test('a field over its limit is refused at once, not when the body has ended', async () => {
  const desk = await open()
  const body = part('name="statement"', 'x'.repeat(600_000)) + part('name="more"', '')
  const { answer } = raw(desk, [multipart, 'Content-Length: 900000'], [body])
  expect(await answer).toMatch(/^HTTP\/1.1 413 /)
})

test('no limit of multer is left at its default', () => {
  expect(multerLimits(limits)).toEqual({
    fileSize: mostBytesOf(limits),
    files: 40,
    fields: 30,
    parts: 40,
    fieldSize: 512 * 1024,
    fieldNameSize: 100,
    headerPairs: 20,
    fieldNestingDepth: 0,
    fieldArrayIndexLimit: 0,
  })
})

test('a malformed form is 400', async () => {
  const desk = await open()
  const bodies = [
    ['multipart/form-data', 'x'],
    ['multipart/form-data; boundary=', 'x'],
    ['multipart/form-data; boundary', '--B\r\n'],
    ['multipart/form-data; boundary=B', 'no boundary at all'],
    ['multipart/form-data; boundary=B', part('name="a"', 'never ended')],
    ['multipart/form-data; boundary=B', `${part('filename="x"', 'no name')}--B--\r\n`],
    ['multipart/form-data; boundary=B', '--B\r\n\0\0\0: \x01\r\n\r\n--B--'],
  ]
  for (const [type = '', body = ''] of bodies) {
    const response = await fetch(desk.url, {
      method: 'POST',
      body,
      headers: { 'Content-Type': type },
    })
    expect([type, body, response.status]).toEqual([type, body, 400])
  }
  await vi.waitFor(() => expect(desk.incoming()).toEqual([]))
})

test('an upload broken off in the middle ends quietly and leaves nothing', async () => {
  const desk = await open()
  const { socket } = raw(
    desk,
    [multipart, 'Content-Length: 90000'],
    [part('name="screenshot"; filename="half"', 'x'.repeat(40_000))],
  )
  await vi.waitFor(() => expect(desk.incoming()).toHaveLength(1))
  socket.destroy()
  await vi.waitFor(() => expect(desk.incoming()).toEqual([]))
  expect(desk.failures).toEqual([])
})

/** Files of that desk that this process has open, those included that are removed already. */
const openFilesOf = (desk: Desk) => {
  const directory = dirname(desk.store.newUploadPath())
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith(directory)
    } catch {
      return false
    }
  })
}

test.runIf(process.platform === 'linux')(
  'P6: an upload that is broken off or gives its place up leaves no file open',
  async () => {
    const desk = await open({ maxUploadsAtOnce: 1 })
    const begin = () =>
      raw(
        desk,
        [multipart, 'Content-Length: 90000'],
        [part('name="screenshot"; filename="half"', 'x'.repeat(900))],
      )
    const { socket } = begin()
    await vi.waitFor(() => expect(openFilesOf(desk)).toHaveLength(1))
    socket.destroy()
    await vi.waitFor(() => expect(openFilesOf(desk)).toEqual([]))
    const slow = begin()
    await vi.waitFor(() => expect(openFilesOf(desk)).toHaveLength(1))
    await vi.waitFor(async () => expect((await post(desk, formOf([['a', 'b']]))).status).toBe(200), 10_000)
    expect(await slow.answer).toMatch(/^HTTP\/1.1 503 /)
    await vi.waitFor(() => expect(openFilesOf(desk)).toEqual([]))
    expect(desk.incoming()).toEqual([])
  },
)

test('a form that came in whole keeps its files while it is worked on, even when its client is gone', async () => {
  let tellGone = () => {}
  const clientGone = new Promise<void>((resolve) => {
    tellGone = resolve
  })
  const seen: boolean[] = []
  const desk = await open({}, async ([first]) => {
    await clientGone
    await new Promise((resolve) => setTimeout(resolve, 50))
    seen.push(existsSync(first?.path ?? ''))
  })
  const body = `${part('name="screenshot"; filename="a"', 'content')}--B--\r\n`
  const { socket } = raw(desk, [multipart, `Content-Length: ${body.length}`], [body])
  await vi.waitFor(() => expect(desk.incoming()).toHaveLength(1))
  socket.destroy()
  tellGone()
  await vi.waitFor(() => expect(seen).toEqual([true]))
})

test('over the number of uploads at once the answer is 503 with Retry-After, and places come free again', async () => {
  const desk = await open({ maxUploadsAtOnce: 1 })
  const { socket } = raw(
    desk,
    [multipart, 'Content-Length: 5000'],
    [part('name="screenshot"; filename="slow"', 'x')],
  )
  await vi.waitFor(() => expect(desk.incoming()).toHaveLength(1))
  const refused = await post(desk, formOf([['a', 'b']]))
  expect(refused.status).toBe(503)
  expect(refused.headers.get('Retry-After')).toBe('30')
  socket.destroy()
  await vi.waitFor(async () => expect((await post(desk, formOf([['a', 'b']]))).status).toBe(200))
})

test('P6: the slowest body gives its place to a newcomer, one that moves keeps it', () => {
  let now = 0
  const slots = createUploadSlots(2, () => now)
  const evicted: string[] = []
  const slow = slots.take('a', () => evicted.push('slow'))
  const quick = slots.take('b', () => evicted.push('quick'))
  expect(slots.take('c', () => {})).toBeNull()
  now = 10_000
  slow?.received(500)
  quick?.received(500_000)
  expect(slots.take('c', () => {})).not.toBeNull()
  expect(evicted).toEqual(['slow'])
  expect(slots.size()).toBe(2)
})

describe('P6: where all places are taken', () => {
  /** Sixteen places, so that a quarter is four; each upload moves well unless a test says otherwise. */
  function sixteenPlaces(clients: readonly string[], bytes = 5000) {
    const clock = { at: 0 }
    const slots = createUploadSlots(16, () => clock.at)
    const evicted: string[] = []
    const take = (client: string) => slots.take(client, () => evicted.push(client))
    for (let place = 0; place < 16; place++)
      take(clients[place % clients.length] ?? '')?.received(bytes + place)
    return { clock, slots, evicted, take }
  }

  test('a client with more than a quarter of them gives its slowest up, however new and quick they are', () => {
    const { evicted, take, clock } = sixteenPlaces(['greedy'])
    clock.at = 100
    for (let person = 0; person < 8; person++)
      expect(take('honest')).toEqual(person < 4 ? expect.anything() : null)
    expect(evicted).toEqual(Array(4).fill('greedy'))
  })

  test('it gets further ones only from those of its own that hardly move', () => {
    const { evicted, take, clock } = sixteenPlaces(['greedy', 'a', 'b', 'c'], 0)
    clock.at = 700
    expect(take('greedy')).toBeNull()
    clock.at = 800
    expect(take('greedy')).not.toBeNull()
    expect(evicted).toEqual(['greedy'])
  })

  test('who has none gets one of those who have several, and a second one of nobody', () => {
    const { evicted, take } = sixteenPlaces(['a', 'b', 'c', 'd', 'e'])
    expect(take('honest')).not.toBeNull()
    expect(evicted).toEqual(['a'])
    expect(take('honest')).toBeNull()
  })

  test('who has one place keeps it while it moves, and three seconds in any case', () => {
    const everybody = Array.from({ length: 16 }, (_, nth) => `${nth}`)
    const { evicted, take, clock } = sixteenPlaces(everybody, 0)
    clock.at = 2900
    expect(take('honest')).toBeNull()
    clock.at = 3100
    expect(take('honest')).not.toBeNull()
    expect(evicted).toEqual(['0'])
  })

  test('a client alone may have them all', () => {
    expect(sixteenPlaces(['office']).slots.size()).toBe(16)
  })
})

test('a body that is all in is not evicted, however small it was', () => {
  let now = 0
  const slots = createUploadSlots(1, () => now)
  slots.take('a', () => expect.unreachable())?.arrived()
  now = 60_000
  expect(slots.take('b', () => {})).toBeNull()
})

test('P5: a disk that cannot be written is 503, told before the body has ended', async () => {
  const desk = await open({
    evidence: { newUploadPath: () => '/nonexistent/place/file', whileWriting: (work) => work },
  })
  const { answer } = raw(
    desk,
    [multipart, 'Content-Length: 90000'],
    [part('name="s"; filename="a"', 'x'.repeat(9000))],
  )
  expect(await answer).toMatch(/^HTTP\/1.1 503 /)
})

test('a file name is one segment without controls and direction overrides, at most 200 characters', () => {
  expect(cleanFileName('../../etc/pass\0wd')).toBe('passwd')
  expect(cleanFileName('C:\\Users\\x\\shot.png')).toBe('shot.png')
  expect(cleanFileName('a\u202egnp.exe\r\n')).toBe('agnp.exe')
  expect(cleanFileName('\ud83d')).toBe('\ufffd')
  expect([...cleanFileName(`${'🙂'.repeat(300)}.png`)]).toHaveLength(200)
  expect(cleanFileName(`${'x'.repeat(300)}.png`)).toMatch(/x\.png$/)
})
