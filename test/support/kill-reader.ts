import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import PostalMime from 'postal-mime'
import { expect, onTestFinished } from 'vitest'
import { pngOf } from './images.ts'
import { imapServer } from './imap-server.ts'
import { mailOf } from './mail.ts'
import { startServerProcess } from './server-process.ts'

const numbers = (dataDir: string, sql: string): number[] => {
  const db = new Sqlite(join(dataDir, 'takedowns.sqlite'), { readonly: true })
  try {
    return db
      .prepare<[], { n: number }>(sql)
      .all()
      .map(({ n }) => n)
  } finally {
    db.close()
  }
}

export interface Killed {
  readonly total: number
  /** Below what an hour lets become takedowns; the rest names no page. */
  readonly withPage: number
  readonly kills: number
}

/**
 * Mails lie in a mailbox, and the server is killed at any moment while it reads them: each is kept once, made a takedown
 * once and answered once.
 */
export async function killReader({ total, withPage, kills }: Killed): Promise<void> {
  const mailbox = await imapServer()
  const dataDir = await mkdtemp(join(tmpdir(), 'rightsdesk-mail-kill-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  const screenshot = { filename: 'shot.png', content: await pngOf() }
  for (let n = 0; n < total; n++) {
    const text = n < withPage ? `https://ashams.com/articles/${n}` : `A question of number ${n}`
    mailbox.append(
      await mailOf({
        from: `person${n}@example.org`,
        messageId: `<mail-${n}@example.org>`,
        text,
        attachments: n % 10 === 0 ? [screenshot] : [],
      }),
    )
  }
  const start = () => startServerProcess({ DATA_DIR: dataDir, IMAP_URL: mailbox.url, LOG_LEVEL: 'silent' })
  const unsettled = () => {
    const [kept = 0] = numbers(dataDir, 'SELECT count(*) AS n FROM incoming_messages')
    const [unread = 0] = numbers(
      dataDir,
      "SELECT count(*) AS n FROM incoming_messages WHERE standing = 'kept'",
    )
    return total - kept + unread
  }
  for (let kill = 0; kill < kills || unsettled() > total / 2; kill++) {
    const server = start()
    await server.origin
    const before = unsettled()
    // Every second time something was read by then, however slow the machine.
    if (kill % 2 === 1) await expect.poll(unsettled, { timeout: 60_000, interval: 20 }).toBeLessThan(before)
    await sleep(Math.random() * 1000)
    server.child.kill('SIGKILL')
    await server.ended
  }
  const last = start()
  await last.origin
  for (let waited = 0; unsettled() > 0 && waited < 120_000; waited += 100) await sleep(100)
  await sleep(3000)
  last.child.kill('SIGTERM')
  await last.ended

  const one = (sql: string) => numbers(dataDir, sql)[0]
  expect(one('SELECT count(*) AS n FROM incoming_messages')).toBe(total)
  expect(one('SELECT count(DISTINCT header_message_id) AS n FROM incoming_messages')).toBe(total)
  expect(one("SELECT count(*) AS n FROM incoming_messages WHERE standing = 'unmatched'")).toBe(
    total - withPage,
  )
  expect(one('SELECT count(*) AS n FROM takedowns')).toBe(withPage)
  expect(one('SELECT count(DISTINCT canonical_url) AS n FROM reported_pages')).toBe(withPage)
  expect(one("SELECT count(*) AS n FROM outgoing_messages WHERE kind = 'receipt'")).toBe(
    one('SELECT count(*) AS n FROM acknowledgements'),
  )
  const raws = await readdir(join(dataDir, 'evidence/originals'), { recursive: true })
  expect(raws.filter((name) => name.length > 60)).toHaveLength(total + 1)
  const letters = await readdir(join(dataDir, 'mail'))
  const ids = await Promise.all(
    letters
      .filter((name) => name.endsWith('.eml'))
      .map(async (name) => (await PostalMime.parse(await readFile(join(dataDir, 'mail', name)))).messageId),
  )
  expect(new Set(ids).size).toBe(one("SELECT count(*) AS n FROM outgoing_messages WHERE state = 'submitted'"))
}
