import { Writable } from 'node:stream'
import pino from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import { openAs } from '../support/claimant.ts'
import { startTestApp, stopTestApp } from '../support/test-app.ts'

/** What was logged is read whole: one word of a person in it is a failure. */
async function listeningApp(environment: Record<string, string> = {}) {
  let lines = ''
  const out = new Writable({
    write(chunk, _encoding, done) {
      lines += String(chunk)
      done()
    },
  })
  const app = await startTestApp(environment, { logger: pino({ level: 'trace' }, out) })
  onTestFinished(() => stopTestApp(app))
  return { app, logged: () => lines }
}

it('P13, P17: nothing of a person and no key is in the log, be the link broken or whole', async () => {
  const { app, logged } = await listeningApp()
  const person = {
    name: 'Nadia Example',
    phone: '050-765-4321',
    email: 'nadia@example.net',
    statement: 'mine',
  }
  const sent = await app.submit({ ...person, pages: ['https://ashams.com/q?secret=1'] })
  const { reference, accessKey } = sent
  const cookie = await openAs(app, sent)
  await app.get(`/en/takedowns/${reference}`, cookie)
  const paths = [
    `/en/takedowns/${reference}?key=${accessKey}x`,
    `/en/takedowns/${reference}%3Fkey=${accessKey}x`,
    `/en/takedowns/${reference}&key=${accessKey}`,
    `/en/takedowns/${reference};KEY=${accessKey}`,
    `/en/takedowns/${reference}%3fkey%3d${accessKey}`,
    `/en/nowhere?page=${person.email}`,
  ]
  const statuses = await Promise.all(paths.map(async (path) => (await app.get(path)).status))
  expect(statuses).toEqual([404, 404, 404, 404, 303, 404])
  await app.post('/en/track', new URLSearchParams({ reference, key: `${accessKey}x` }))
  await app.post('/staff/sign-in', new URLSearchParams({ email: person.email, password: 'hunter2hunter2' }))
  await app.letters(2)
  expect(logged()).toContain('"path":"/en/takedowns/')
  const secrets = [accessKey, 'Nadia', '7654321', '765-4321', 'nadia', 'secret=1', 'hunter2', '127.0.0.1']
  for (const secret of secrets) expect(logged().toLowerCase()).not.toContain(secret.toLowerCase())
})

it('a link whose question mark was escaped on its way still opens the takedown', async () => {
  const { app } = await listeningApp()
  const { reference, accessKey } = await app.submit()
  const answer = await app.get(`/he/takedowns/${reference}%3Fkey=${accessKey}`)
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `/he/takedowns/${reference}`])
  expect(answer.headers.getSetCookie()[1]).toContain('HttpOnly')
})

it('P16: a proxy that is not named in TRUST_PROXY is told in the log, once', async () => {
  const hints = async (environment: Record<string, string>) => {
    const { app, logged } = await listeningApp(environment)
    for (const from of ['203.0.113.1', '203.0.113.2']) await app.get('/en', { 'x-forwarded-for': from })
    expect(logged()).not.toContain('203.0.113')
    return logged().split('TRUST_PROXY is not set').length - 1
  }
  expect(await hints({})).toBe(1)
  expect(await hints({ TRUST_PROXY: '1' })).toBe(0)
})
