import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { verifyReceipt } from '../../src/takedowns/receipt.ts'
import { loadOrCreateReceiptKey } from '../../src/takedowns/receipt-key.ts'
import { startMailServer, type TakenMail } from '../outbox/rig.ts'
import { builtCli } from '../support/built-cli.ts'
import { pngOf } from '../support/images.ts'
import { startServerProcess } from '../support/server-process.ts'
import { filledForm } from '../support/test-app.ts'

const clients = 3
const answerShape = z.object({ reference: z.string(), statusUrl: z.string(), receipt: z.string() })

interface Accepted {
  readonly submission: string
  readonly sha256: string
  readonly answer: z.infer<typeof answerShape>
}

async function submit(origin: string, submission: string, content: Buffer) {
  const response = await fetch(`${origin}/ar/takedowns`, {
    method: 'POST',
    headers: { origin, accept: 'application/json' },
    body: await filledForm({ submission, files: [{ name: 'shot.png', content }] }),
  })
  return answerShape.parse(await response.json())
}

/** One person after the other, until the server is gone; `pace.ms` between them. */
async function keepSubmitting(origin: string, accepted: Accepted[], pace: { ms: number }): Promise<void> {
  for (; ; await sleep(pace.ms)) {
    const content = await pngOf(20, 20)
    const submission = randomUUID()
    const answer = await submit(origin, submission, content).catch(() => null)
    if (answer === null) return
    accepted.push({ submission, sha256: createHash('sha256').update(content).digest('hex'), answer })
  }
}

const isThere = (condition: () => boolean, timeout = 15_000) =>
  expect.poll(condition, { timeout, interval: 20 }).toBe(true)

const headerOf = (name: string, { raw }: TakenMail) =>
  new RegExp(`^${name}: (.+(?:\\r?\\n[ \\t].+)*)`, 'im').exec(raw)?.[1] ?? ''

const lettersAbout = (taken: readonly TakenMail[], { answer }: Accepted) =>
  taken.filter(({ raw }) => raw.includes(answer.reference))

it('P9: a backup taken while people submit restores whole, and no letter that went out goes out again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rightsdesk-drill-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const [dataDir, backups, restored] = ['data', 'backups', 'restored'].map((name) => join(folder, name))
  if (!dataDir || !backups || !restored) throw new Error('unreachable')
  // Slow enough that letters are on their way at any moment.
  const mail = await startMailServer({
    async onData(stream, session, callback) {
      const raw = await text(stream)
      await sleep(100)
      mail.taken.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw })
      callback()
    },
  })
  const environment = { SMTP_URL: mail.url, CANARY_HOURS: '0', LOG_LEVEL: 'silent' }
  const server = startServerProcess({ ...environment, DATA_DIR: dataDir })
  const origin = await server.origin
  const accepted: Accepted[] = []
  const pace = { ms: 0 }
  const submitting = Promise.all(
    Array.from({ length: clients }, () => keepSubmitting(origin, accepted, pace)),
  )
  await isThere(() => accepted.length >= 12)

  const before = [...accepted]
  const backup = await builtCli(['backup', backups, '--json'], { DATA_DIR: dataDir })
  expect(backup).toMatchObject({ code: 0, err: '' })
  expect(accepted.length).toBeGreaterThan(before.length)
  // Everything that waited at the backup goes out after it.
  pace.ms = 400
  await isThere(() => before.every((one) => lettersAbout(mail.taken, one).length === 2), 40_000)
  server.child.kill('SIGKILL')
  await Promise.all([server.ended, submitting])
  await rm(dataDir, { recursive: true })
  // What was under way when it was killed has been taken or not by now.
  await sleep(300)
  const wentOut = mail.taken.length

  expect(await builtCli(['backup', 'verify', backups], {})).toMatchObject({ code: 0 })
  const restoring = await builtCli(['restore', backups, '--data-dir', restored, '--json'], {})
  expect(restoring).toMatchObject({ code: 0, err: '' })
  const { held } = z.object({ held: z.object({ letters: z.number() }) }).parse(JSON.parse(restoring.out))
  expect(held.letters).toBeGreaterThan(0)

  const again = startServerProcess({ ...environment, DATA_DIR: restored })
  const newOrigin = await again.origin
  const newOne = await submit(newOrigin, randomUUID(), await pngOf(20, 20))
  await isThere(() => mail.taken.filter(({ raw }) => raw.includes(newOne.reference)).length === 2)
  await expectEachWhole(restored, newOrigin, before)
  // Longer than the outbox waits between two looks.
  await sleep(6000)
  again.child.kill('SIGTERM')
  expect(await again.ended).toBe(0)
  const messageIds = mail.taken.map((letter) => headerOf('Message-ID', letter))
  expect(new Set(messageIds).size).toBe(messageIds.length)
  expect(mail.taken.length).toBe(wentOut + 2)
})

/** The status link opens, the receipt is genuine, the file is byte for byte there, both letters are there, once. */
async function expectEachWhole(dataDir: string, origin: string, before: readonly Accepted[]): Promise<void> {
  const { publicKey } = loadOrCreateReceiptKey(join(dataDir, 'keys'))
  const database = new Sqlite(join(dataDir, 'takedowns.sqlite'), { readonly: true })
  onTestFinished(() => void database.close())
  const letters = database
    .prepare(
      `SELECT count(*) FROM outgoing_messages JOIN takedowns ON takedowns.id = takedown_id
       WHERE submission_key = ?`,
    )
    .pluck()
  for (const { submission, sha256, answer } of before) {
    const { pathname, search } = new URL(answer.statusUrl)
    const opening = await fetch(`${origin}${pathname}${search}`, { redirect: 'manual' })
    expect(opening.status).toBe(303)
    const cookie = opening.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const page = await fetch(`${origin}${pathname}`, { headers: { cookie } })
    expect(page.status).toBe(200)
    expect(await page.text()).toContain(answer.reference)
    expect(verifyReceipt(answer.receipt, [publicKey]).ok).toBe(true)
    const file = await readFile(join(dataDir, 'evidence/originals', sha256.slice(0, 2), sha256))
    expect(createHash('sha256').update(file).digest('hex')).toBe(sha256)
    expect(letters.get(submission)).toBe(2)
  }
}
