import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { pngOf } from '../support/images.ts'
import { readPage } from '../support/read-page.ts'
import { startServerProcess } from '../support/server-process.ts'
import { filledForm, testApp } from '../support/test-app.ts'

const json = { accept: 'application/json' }

async function serverOnFolder() {
  const dataDir = await mkdtemp(join(tmpdir(), 'rightsdesk-storage-'))
  const server = startServerProcess({ DATA_DIR: dataDir, LOG_LEVEL: 'silent', CANARY_HOURS: '0' })
  onTestFinished(async () => {
    server.child.kill('SIGKILL')
    await server.ended
    await rm(dataDir, { recursive: true, force: true })
  })
  const origin = await server.origin
  const send = async (form: FormData, headers: Record<string, string> = {}) =>
    fetch(`${origin}/en/takedowns`, {
      method: 'POST',
      body: form,
      headers: { origin, ...headers },
      redirect: 'manual',
    })
  return { dataDir, origin, send }
}

it('P5: while another process holds the database for seconds pages answer, the form waits or says 503, and then it works', async () => {
  const { dataDir, origin, send } = await serverOnFolder()
  const submission = randomUUID()
  const other = new Sqlite(join(dataDir, 'takedowns.sqlite'))
  other.exec('BEGIN IMMEDIATE')
  const held = send(await filledForm({ submission, statement: 'typed words' }))
  let isAnswered = false
  void held.then(() => {
    isAnswered = true
  })
  while (!isAnswered) {
    expect((await fetch(`${origin}/healthz`)).status).toBe(200)
    expect((await fetch(`${origin}/ar`)).status).toBe(200)
  }
  const page = await readPage(await held)
  expect(page.status).toBe(503)
  expect(page.text).toContain('info@ashams.com')
  expect(page.values('statement')).toEqual(['typed words'])
  expect(page.values('kept'), 'nothing is called kept that was not').toEqual([])
  other.exec('ROLLBACK')
  other.close()
  expect((await send(await filledForm({ submission }), json)).status).toBe(201)
})

it('P5: a database that cannot grow gives 503 in each language with Retry-After, keeps the words, makes nothing, and works again by itself', async () => {
  const app = await testApp()
  const { $client } = app.services.db
  const count = (table: string) => $client.prepare(`SELECT count(*) FROM ${table}`).pluck().get()
  await app.submit()
  await app.letters(2)
  const pages = Number($client.pragma('page_count', { simple: true }))
  const submission = randomUUID()
  $client.pragma(`max_page_count = ${pages}`)
  // What is free inside the file is used up first.
  const long = 'x'.repeat(4000)
  let taken = 1
  for (; taken < 100; taken++) {
    const form = await filledForm({ statement: `${taken} ${long}` })
    if ((await app.post('/en/takedowns', form)).status !== 303) break
  }
  const before = ['takedowns', 'screenshots', 'reported_pages', 'outgoing_messages', 'events'].map(count)
  for (const locale of ['ar', 'he', 'en']) {
    const form = await filledForm({ submission, statement: long })
    const answer = await app.post(`/${locale}/takedowns`, form)
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
    const page = await readPage(answer)
    expect(page.status).toBe(503)
    expect(page.html).toContain(`<html lang="${locale}"`)
    expect(page.text).toContain('info@ashams.com')
    expect(page.values('statement')).toEqual([long])
  }
  expect(
    ['takedowns', 'screenshots', 'reported_pages', 'outgoing_messages', 'events'].map(count),
    'nothing is half made',
  ).toEqual(before)
  $client.pragma('max_page_count = 1000000')
  expect((await app.submit({ submission, statement: long })).reference).toMatch(/^TD-/)
  expect(count('takedowns')).toBe(taken + 1)
})

it('P5: where the disk does not take a screenshot the form comes back whole, and says to choose it again', async () => {
  const app = await testApp()
  await app.submit()
  const { evidence } = app.services
  const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })
  const keepSynced = evidence.keepSynced
  Object.assign(evidence, { keepSynced: () => Promise.reject(full) })
  const submission = randomUUID()
  const content = await pngOf(31, 17)
  const files = [{ name: 'shot.png', content }]
  const page = await readPage(
    await app.post('/en/takedowns', await filledForm({ submission, files, statement: 'typed words' })),
  )
  expect(page.status).toBe(503)
  expect(page.text).toContain('choose them again')
  expect(page.values('statement')).toEqual(['typed words'])
  expect(page.values('kept')).toEqual([])
  Object.assign(evidence, { keepSynced })
  expect((await app.submit({ submission, files })).reference).toMatch(/^TD-/)
})
