import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import PostalMime from 'postal-mime'
import { expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../outbox/rig.ts'
import { pngOf } from '../support/images.ts'
import { imapServer } from '../support/imap-server.ts'
import { mailOf } from '../support/mail.ts'
import { type ServerProcess, startServerProcess } from '../support/server-process.ts'

/** Service managers kill after 30 s. */
const longestStopMs = 30_000
const total = 150

async function stop(server: ServerProcess): Promise<number | string | null> {
  server.child.kill('SIGTERM')
  return Promise.race([server.ended, sleep(longestStopMs, 'still running')])
}

it('P7: stopped while mail is fetched and read, it ends with 0; after the next starts each mail is one takedown', async () => {
  const mailbox = await imapServer()
  const dataDir = temporaryFolder()
  const attachment = { filename: 'shot.png', content: await pngOf(300, 200) }
  for (let n = 0; n < total; n++) {
    const mail = { from: `person${n}@example.org`, messageId: `<stop-${n}@example.org>` }
    const text = `https://ashams.com/articles/${n}`
    mailbox.append(await mailOf({ ...mail, text, attachments: n % 3 === 0 ? [attachment] : [] }))
  }
  const start = () => {
    const server = startServerProcess({ DATA_DIR: dataDir, IMAP_URL: mailbox.url, LOG_LEVEL: 'silent' })
    onTestFinished(() => void server.child.kill('SIGKILL'))
    return server
  }
  const count = (sql: string): number => {
    const db = new Sqlite(join(dataDir, 'takedowns.sqlite'), { readonly: true })
    const found = Number(db.prepare(sql).pluck().get())
    db.close()
    return found
  }
  const filed = () => count("SELECT count(*) FROM incoming_messages WHERE standing <> 'kept'")

  let stops = 0
  for (; stops < 4; stops++) {
    const server = start()
    await server.origin
    const before = filed()
    if (before >= total) break
    await expect.poll(filed, { timeout: 20_000, interval: 5 }).toBeGreaterThan(before)
    expect(await stop(server)).toBe(0)
  }
  expect(stops, 'it was stopped while there was mail to read').toBeGreaterThan(1)
  const last = start()
  await last.origin
  await expect.poll(filed, { timeout: 60_000 }).toBe(total)
  const due = "SELECT count(*) FROM outgoing_messages WHERE state <> 'submitted'"
  await expect.poll(() => count(due), { timeout: 60_000 }).toBe(0)
  expect(await stop(last)).toBe(0)

  expect(count('SELECT count(*) FROM takedowns')).toBe(total)
  expect(count('SELECT count(DISTINCT canonical_url) FROM reported_pages')).toBe(total)
  expect(count('SELECT count(*) FROM screenshots')).toBe(total / 3)
  const letters = (await readdir(join(dataDir, 'mail'))).filter((name) => name.endsWith('.eml'))
  const ids = await Promise.all(
    letters.map(
      async (name) => (await PostalMime.parse(await readFile(join(dataDir, 'mail', name)))).messageId,
    ),
  )
  expect(ids.length).toBe(count('SELECT count(*) FROM outgoing_messages'))
  expect(new Set(ids).size).toBe(ids.length)
}, 240_000)
