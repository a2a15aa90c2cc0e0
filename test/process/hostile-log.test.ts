import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { type Locale, locales } from '../../src/i18n/locales.ts'
import { securityEvents } from '../../src/web/security-log.ts'
import { startMailServer, temporaryFolder } from '../outbox/rig.ts'
import { builtCli } from '../support/built-cli.ts'
import { html } from '../support/images.ts'
import { mailOf } from '../support/mail.ts'
import { startServerProcess } from '../support/server-process.ts'
import { type Filled, filledForm } from '../support/test-app.ts'

interface Person {
  name: string
  phone: string
  email: string
  statement: string
}
const people: Record<Locale, Person> = {
  ar: {
    name: 'نادية المثال',
    phone: '052-111-2233',
    email: 'nadia@example.org',
    statement: 'صورتي من المعرض',
  },
  he: {
    name: 'ישראלה לדוגמה',
    phone: '053-444-5566',
    email: 'israela@example.org',
    statement: 'התמונה מהתערוכה',
  },
  en: {
    name: 'Exemplary Eve',
    phone: '054-777-8899',
    email: 'eve@example.org',
    statement: 'my only picture',
  },
}
const writer = { name: 'Walter Writer', address: 'walter@example.net' }
const mailText = 'On https://ashams.com/articles/77?mine=yes stands my drawing. Call 055-123-9876.'
const password = 'not the password'
/** Every key that a line of the log may have. */
const knownKeys = [
  'version',
  'node',
  ...['takedown', 'repeated'],
  ...['level', 'time', 'msg', 'err', 'requestId', 'method', 'path', 'status', 'ms', 'complete', 'signal'],
  ...['letter', 'kind', 'attempt', 'code'],
  'security',
  ...['screenshot', 'copy', 'incoming', 'standing', 'door', 'fault'],
]

/** Knows nobody but the office, and says whom it does not know. */
const startQuotingServer = () =>
  startMailServer({
    onRcptTo({ address }, _session, callback) {
      if (address === 'info@ashams.com') return callback()
      const words = `5.1.1 <${address}>: user ${people.en.name} unknown`
      callback(Object.assign(new Error(words), { responseCode: 550 }))
    },
  })

async function started(environment: Record<string, string>) {
  const server = startServerProcess(environment)
  onTestFinished(() => void server.child.kill('SIGKILL'))
  let errors = ''
  let output = ''
  server.child.stdout?.on('data', (chunk) => {
    output += String(chunk)
  })
  server.child.stderr?.on('data', (chunk) => {
    errors += String(chunk)
  })
  return { ...server, origin: await server.origin, standardOutput: () => output, standardError: () => errors }
}

/** What people do to the running server; answers the keys that came out of it. */
async function hostileHour(origin: string): Promise<string[]> {
  const post = (path: string, body: FormData | URLSearchParams) =>
    fetch(origin + path, { method: 'POST', headers: { origin, accept: 'application/json' }, body })
  const form = (change: Partial<Filled>) =>
    filledForm({ pages: ['https://ashams.com/a?secret=page'], ...change })
  const keys: string[] = []
  for (const locale of locales) {
    const answer = await post(`/${locale}/takedowns`, await form(people[locale]))
    const body: unknown = await answer.json()
    const { reference, accessKey } = Object(body)
    keys.push(String(accessKey))
    const at = `${origin}/${locale}/takedowns/${reference}`
    for (const path of [
      `?key=${accessKey}`,
      `?key=${accessKey}x`,
      `%3Fkey=${accessKey}`,
      `;key=${accessKey}`,
    ]) {
      await (await fetch(at + path, { redirect: 'manual' })).arrayBuffer()
    }
    await post(
      `/${locale}/track`,
      new URLSearchParams({ reference: String(reference), key: `${accessKey}x` }),
    )
    const broken = await form({
      ...people[locale],
      files: [{ name: `${people[locale].name}.png`, content: html }],
    })
    expect((await post(`/${locale}/takedowns`, broken)).status).toBe(422)
    expect((await post(`/${locale}/takedowns`, await form({ ...people[locale], name: '' }))).status).toBe(422)
    await breakOff(`${origin}/${locale}/takedowns`, origin, people[locale])
    const wrong = new URLSearchParams({ email: people[locale].email, password })
    expect((await post('/staff/sign-in', wrong)).status).toBe(422)
  }
  await (await fetch(`${origin}/en/nowhere?page=${people.en.email}`)).arrayBuffer()
  return keys
}

/** A form that ends in its middle, with a name in it. */
async function breakOff(url: string, origin: string, person: Person): Promise<void> {
  const part = `--B\r\nContent-Disposition: form-data; name="name"\r\n\r\n${person.name}\r\n--B\r\nContent-Disp`
  const headers = { origin, 'content-type': 'multipart/form-data; boundary=B' }
  const answer = await fetch(url, { method: 'POST', headers, body: part })
  expect(answer.status).toBe(400)
}

it('P17: after a hostile hour every line is JSON in UTC with known keys, and nothing of anybody is in it', async () => {
  const dataDir = temporaryFolder()
  const mail = await startQuotingServer()
  const server = await started({ DATA_DIR: dataDir, SMTP_URL: mail.url, LOG_LEVEL: 'trace' })
  const keys = await hostileHour(server.origin)
  const raw = await mailOf({ from: writer, subject: 'My secret drawing', text: mailText })
  expect((await builtCli(['inbox', 'file', '-'], { DATA_DIR: dataDir }, raw)).code).toBe(0)
  const seen = (words: string) => server.standardOutput().split(words).length - 1
  // The receipts of the three forms and of the mail are refused, and the office has its four letters.
  await expect.poll(() => seen('letter_failed'), { timeout: 40_000 }).toBe(4)
  await expect.poll(() => mail.taken.length, { timeout: 40_000 }).toBe(4)
  await sleep(200)
  server.child.kill('SIGTERM')
  expect(await server.ended).toBe(0)

  const lines = server.standardOutput().trimEnd().split('\n')
  const told = lines.slice(lines.findLastIndex((line) => line.startsWith('  ')) + 1)
  expect(told.length).toBeGreaterThan(40)
  for (const line of told) {
    const entry: unknown = JSON.parse(line)
    expect(
      Object.keys(Object(entry)).filter((key) => !knownKeys.includes(key)),
      line,
    ).toEqual([])
    const { security } = Object(entry)
    if (security !== undefined) expect(securityEvents).toContain(security)
    expect(Object(entry).time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  }
  for (const event of ['key_refused', 'sign_in_failed']) {
    expect(
      told.some((line) => Object(JSON.parse(line)).security === event),
      event,
    ).toBe(true)
  }
  expect(server.standardError()).toBe('')

  const log = told.join('\n').toLowerCase()
  const persons = Object.values(people).flatMap((person) => Object.values(person))
  const words = [
    ...persons,
    ...Object.values(writer),
    password,
    ...keys,
    ...keys.map((key) => key.slice(0, 12)),
  ]
  words.push('secret', 'mine=yes', '9876', '1112233', '4445566', '7778899', 'user exemplary', '127.0.0.1')
  for (const word of words) expect(log, word).not.toContain(word.toLowerCase())
})
