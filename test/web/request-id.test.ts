import { request } from 'node:http'
import { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import pino from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import { requestFields } from '../../src/lib/request-id.ts'
import { readPage } from '../support/read-page.ts'
import { filledForm, startTestApp, stopTestApp } from '../support/test-app.ts'

async function listeningApp() {
  const lines: string[] = []
  const out = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  const app = await startTestApp({}, { logger: pino({ level: 'trace', mixin: requestFields }, out) })
  onTestFinished(() => stopTestApp(app))
  const linesOf = (id: string | null) => lines.filter((line) => line.includes(`"requestId":"${id}"`))
  return { app, lines, linesOf }
}

const idOf = (answer: Response) => answer.headers.get('x-request-id')

it('every answer carries an id of its own, and never the one that a client sent', async () => {
  const { app, linesOf } = await listeningApp()
  const answers = await Promise.all(
    ['/en', '/en/nowhere', '/healthz'].map((path) => app.get(path, { 'x-request-id': 'mine' })),
  )
  const ids = answers.map(idOf)
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}$/)
  expect(new Set(ids).size).toBe(3)
  for (const id of ids) expect(linesOf(id)).toHaveLength(1)
})

it('a takedown and its letters can be followed from the request on', async () => {
  const { app, lines, linesOf } = await listeningApp()
  const answer = await app.post('/en/takedowns', await filledForm())
  expect(answer.status).toBe(303)
  await app.letters(2)
  const taken = linesOf(idOf(answer)).find((line) => line.includes('takedown_taken'))
  const takedown = /"takedown":\d+/.exec(taken ?? '')?.[0] ?? 'no takedown'
  await expect
    .poll(() => lines.filter((line) => line.includes('letter_submitted') && line.includes(takedown)))
    .toHaveLength(2)
  expect(lines.filter((line) => line.includes('letter_submitted')).join('')).not.toContain('requestId')
})

it('a form that comes in pieces is still part of its request when the last of them is in', async () => {
  const { app, linesOf } = await listeningApp()
  const encoded = new Response(await filledForm())
  const body = Buffer.from(await encoded.arrayBuffer())
  const headers = {
    origin: app.listening,
    'content-type': encoded.headers.get('content-type') ?? '',
    'content-length': body.length,
  }
  const upload = request(`${app.listening}/en/takedowns`, { method: 'POST', headers })
  const answered = new Promise<string>((resolve, reject) => {
    upload.on('response', (answer) => resolve(String(answer.resume().headers['x-request-id'])))
    upload.on('error', reject)
  })
  for (let from = 0; from < body.length; from += 300) {
    upload.write(body.subarray(from, from + 300))
    await sleep(20)
  }
  upload.end()
  expect(linesOf(await answered).some((line) => line.includes('takedown_taken'))).toBe(true)
})

it.each([
  ['ar', 'يُرجى ذكر هذا الرقم'],
  ['he', 'נא לציין את המספר הבא'],
  ['en', 'please give this number'],
] as const)('a defect is logged under the number that its page shows (%s)', async (locale, words) => {
  const { app, linesOf } = await listeningApp()
  app.services.db.$client.exec('ALTER TABLE outgoing_messages RENAME TO gone')
  const answer = await app.post(`/${locale}/takedowns`, await filledForm())
  expect(answer.status).toBe(500)
  const id = idOf(answer) ?? 'no id'
  const page = await readPage(answer)
  expect(page.text).toContain(words)
  expect(page.html).toContain(`<bdi dir="ltr">${id}</bdi>`)
  expect(linesOf(id).some((line) => line.includes('a request failed'))).toBe(true)
})

it('JSON clients are told the number too; a refusal of what was asked has none', async () => {
  const { app } = await listeningApp()
  app.services.db.$client.exec('ALTER TABLE outgoing_messages RENAME TO gone')
  const json = { accept: 'application/json' }
  const answer = await app.post('/en/takedowns', await filledForm(), json)
  expect(await answer.json()).toMatchObject({ status: 500, requestId: idOf(answer) })
  expect(await (await app.get('/en/nowhere', json)).json()).not.toHaveProperty('requestId')
  expect((await readPage(await app.get('/en/nowhere'))).text).not.toContain('give this number')
})
