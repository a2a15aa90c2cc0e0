import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import PostalMime, { type Email } from 'postal-mime'
import { onTestFinished } from 'vitest'
import { addStaff } from '../../src/actions/add-staff.ts'
import { readConfig } from '../../src/config.ts'
import type { Locale } from '../../src/i18n/locales.ts'
import type { Clock } from '../../src/lib/clock.ts'
import { createLogger, type Logger } from '../../src/lib/logger.ts'
import { type Running, serve } from '../../src/serve.ts'
import { chosenPassword } from '../../src/staff/first-password.ts'
import type { Role } from '../../src/staff/roles.ts'
import { fixedClock } from './fixed-clock.ts'
import { pngOf } from './images.ts'

export const staffPassword = 'correct horse battery'

/** The real app on a real migrated database in a folder of its own, listening on a free port of the loopback. */
export interface TestApp extends AppClient {
  readonly clock: ReturnType<typeof fixedClock>
}

/** A running app and what people do with it. */
export interface AppClient extends Running {
  readonly dataDir: string
  /** POSTs as a page of the app itself would, following no redirect. */
  post(path: string, body: FormData | URLSearchParams, headers?: Record<string, string>): Promise<Response>
  get(path: string, headers?: Record<string, string>): Promise<Response>
  /** Sends a valid form and answers what JSON clients get. */
  submit(change?: Partial<Filled>): Promise<Submitted>
  /** A signed-in member of staff, as the value of a Cookie header. */
  signIn(change?: { email?: string; name?: string; role?: Role; locale?: Locale }): Promise<string>
  /** The letters written so far, oldest first, once there are `count` of them. */
  letters(count: number): Promise<Email[]>
}

export interface Submitted {
  reference: string
  accessKey: string
  statusUrl: string
  receivedAt: string
  receipt: string
}

export interface Filled {
  locale: Locale
  name: string
  phone: string
  pages: readonly string[]
  email: string
  statement: string
  capacity: string
  submission: string
  files: readonly { name: string; content: Uint8Array; type?: string }[]
}

export async function startTestApp(
  environment: Record<string, string> = {},
  options: { clock?: Clock; dataDir?: string; logger?: Logger } = {},
): Promise<TestApp> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'rightsdesk-')))
  const config = readConfig({
    DATA_DIR: dataDir,
    PORT: '0',
    MIN_FREE_MB: '0',
    DISK_RESERVE_MB: '0',
    LOG_LEVEL: 'silent',
    ...environment,
  })
  const clock = fixedClock()
  const logger = options.logger ?? createLogger(config.logLevel)
  const running = await serve(config, options.clock ?? clock, logger)
  return { ...clientOf(running, dataDir), clock }
}

export function clientOf(running: Running, dataDir: string): AppClient {
  const app = { ...running, dataDir, ...requestsTo(running.listening) }
  return {
    ...app,
    submit: async (change) => submitTo(app, await filledForm(change), change?.locale ?? 'ar'),
    signIn: (change) => signInTo(app, change),
    letters: (count) => lettersIn(join(dataDir, 'mail'), count),
  }
}

/** The same, stopped and removed when the test that asked for it is over. */
export async function testApp(environment: Record<string, string> = {}): Promise<TestApp> {
  const app = await startTestApp(environment)
  onTestFinished(async () => stopTestApp(app))
  return app
}

export async function stopTestApp(app: Pick<TestApp, 'stop' | 'dataDir'>): Promise<void> {
  await app.stop()
  await rm(app.dataDir, { recursive: true, force: true })
}

const requestsTo = (origin: string): Pick<TestApp, 'post' | 'get'> => ({
  get: (path, headers = {}) => fetch(new URL(path, origin), { headers, redirect: 'manual' }),
  post: (path, body, headers = {}) =>
    fetch(new URL(path, origin), {
      method: 'POST',
      body,
      headers: { origin, ...headers },
      redirect: 'manual',
    }),
})

let pngForAll: Promise<Buffer> | undefined

/** The form as a person fills it in; `change` replaces single values, an empty list leaves a field out. */
export async function filledForm(change: Partial<Filled> = {}): Promise<FormData> {
  pngForAll ??= pngOf()
  const filled: Filled = {
    locale: 'ar',
    name: 'Example Claimant',
    phone: '050-123-4567',
    pages: ['https://ashams.com/articles/1'],
    email: 'claimant@example.org',
    statement: '',
    capacity: '',
    submission: '',
    files: [{ name: 'screenshot.png', content: await pngForAll }],
    ...change,
  }
  const form = new FormData()
  for (const name of ['name', 'phone', 'email', 'statement', 'capacity', 'submission'] as const) {
    if (filled[name] !== '') form.append(name, filled[name])
  }
  for (const page of filled.pages) form.append('page', page)
  for (const { name, content, type = 'image/png' } of filled.files) {
    form.append('screenshot', new Blob([new Uint8Array(content)], { type }), name)
  }
  return form
}

async function submitTo(app: Pick<TestApp, 'post'>, form: FormData, locale: Locale): Promise<Submitted> {
  const answer = await app.post(`/${locale}/takedowns`, form, { accept: 'application/json' })
  const body: unknown = await answer.json()
  if (answer.status !== 201)
    throw new Error(`the form was answered ${answer.status}: ${JSON.stringify(body)}`)
  return submittedOf(body)
}

function submittedOf(body: unknown): Submitted {
  const text = (name: string) => {
    const value = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined
    if (typeof value !== 'string') throw new Error(`the answer has no ${name}`)
    return value
  }
  return {
    reference: text('reference'),
    accessKey: text('accessKey'),
    statusUrl: text('statusUrl'),
    receivedAt: text('receivedAt'),
    receipt: text('receipt'),
  }
}

async function signInTo(
  app: Pick<TestApp, 'post' | 'services'>,
  change: { email?: string; name?: string; role?: Role; locale?: Locale } = {},
): Promise<string> {
  const account = {
    email: 'staff@example.org',
    name: 'Example Staff',
    role: 'editor',
    locale: 'en',
    ...change,
  } as const
  const password = await chosenPassword(staffPassword)
  addStaff(app.services.db, { ...account, ...password }, app.services.clock.now())
  // No morning digest comes between the letters that a test counts.
  app.services.db.$client.prepare('UPDATE staff SET digest_hour = NULL WHERE email = ?').run(account.email)
  const body = new URLSearchParams({ email: account.email, password: staffPassword })
  const answer = await app.post('/staff/sign-in', body)
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0]
  if (answer.status !== 303 || !cookie) throw new Error(`sign-in was answered ${answer.status}`)
  return cookie
}

/** Waits, at most thirty seconds, until there are `count` letters. */
async function lettersIn(folder: string, count: number): Promise<Email[]> {
  for (let tries = 0; tries < 600; tries++) {
    const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml')).sort()
    if (names.length >= count) {
      return Promise.all(names.map(async (name) => PostalMime.parse(await readFile(join(folder, name)))))
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`there are not yet ${count} letters`)
}
