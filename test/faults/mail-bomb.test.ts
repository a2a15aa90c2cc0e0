import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { inOnePiece, keepArrivingMail } from '../../src/actions/keep-mail.ts'
import { openDatabase } from '../../src/db/open.ts'
import { openEvidenceStore } from '../../src/evidence/store.ts'
import { startServerProcess } from '../support/server-process.ts'
import { filledForm } from '../support/test-app.ts'

const mails = 10_000

const bombMail = (n: number) =>
  Buffer.from(
    [
      `From: Example Sender ${n} <sender${n}@example.org>`,
      'To: info@ashams.com',
      `Message-ID: <bomb-${n}@example.org>`,
      'Subject: My photograph',
      'Content-Type: text/plain; charset=utf-8',
      '',
      `You use my photograph on https://ashams.com/articles/${n} without asking.`,
      '',
    ].join('\r\n'),
  )

/** Beside the running server, as `inbox file` of the mail server's pipe does it. */
async function dropBomb(dataDir: string): Promise<void> {
  const db = openDatabase(join(dataDir, 'takedowns.sqlite'))
  db.$client.pragma('busy_timeout = 10000')
  const evidence = await openEvidenceStore(join(dataDir, 'evidence'), { isGuest: true })
  for (let n = 0; n < mails; n++) {
    const arriving = {
      raw: inOnePiece(bombMail(n)),
      door: 'pipe',
      takenInAt: Date.now(),
      place: null,
    } as const
    await keepArrivingMail(db, evidence, arriving, Date.now())
  }
  await evidence.close()
  db.$client.close()
}

it('P15: ten thousand mails from as many senders are all kept; the form goes on, and few are answered', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'rightsdesk-bomb-'))
  const server = startServerProcess({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' })
  const origin = await server.origin
  let isOver = false
  const answers: { status: number; ms: number }[] = []
  const submitting = (async () => {
    while (!isOver) {
      const began = performance.now()
      const response = await fetch(`${origin}/ar/takedowns`, {
        method: 'POST',
        headers: { origin, accept: 'application/json' },
        body: await filledForm({}),
      })
      await response.arrayBuffer()
      answers.push({ status: response.status, ms: performance.now() - began })
      await sleep(500)
    }
  })()
  await dropBomb(dataDir)
  const database = new Sqlite(join(dataDir, 'takedowns.sqlite'), { readonly: true })
  const unread = database.prepare("SELECT count(*) FROM incoming_messages WHERE standing = 'kept'").pluck()
  while (unread.get() !== 0) await sleep(500)
  isOver = true
  await submitting

  const count = (query: string) => database.prepare(query).pluck().get()
  expect(count('SELECT count(*) FROM incoming_messages')).toBe(mails)
  expect(count('SELECT count(*) FROM acknowledgements')).toBeLessThanOrEqual(60 * 2)
  expect(count("SELECT count(*) FROM outgoing_messages WHERE recipient_address LIKE 'sender%'")).toBe(
    count('SELECT count(*) FROM acknowledgements'),
  )
  expect(answers.map(({ status }) => status).filter((status) => status !== 201)).toEqual([])
  const times = answers.map(({ ms }) => ms).sort((a, b) => a - b)
  process.stdout.write(
    `${answers.length} forms meanwhile, median ${times[times.length >> 1]?.toFixed(0)} ms, longest ${times.at(-1)?.toFixed(0)} ms\n`,
  )
  database.close()
  server.child.kill('SIGTERM')
  expect(await server.ended).toBe(0)
  await rm(dataDir, { recursive: true })
})
