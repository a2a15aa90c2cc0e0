import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import PostalMime from 'postal-mime'
import { inOnePiece, keepArrivingMail } from '../../src/actions/keep-mail.ts'
import { type Db, openDatabase } from '../../src/db/open.ts'
import { type EvidenceStore, openEvidenceStore } from '../../src/evidence/store.ts'
import { mailOf } from '../support/mail.ts'
import { pngScreenshot } from './pictures.ts'
import { usageOf } from './process-tree.ts'
import { startProduct } from './servers.ts'
import type { Plan } from './uploads.ts'

export interface MailInResult {
  readonly mails: number
  /** Milliseconds a mail: its bytes on disk and its row; read, its screenshot checked, its takedown committed. */
  readonly keepMs: number
  readonly readMs: number
  /** The same bytes written, synced and parsed by the bare library, and nothing else. */
  readonly bareMs: number
  readonly restBytes: number
  /** Most that the server held while it read one mail of 25 MB. */
  readonly largeBytes: number
}

/** Below what one hour lets become takedowns. */
const count = 180
const largeFileBytes = 18.3 * 1024 * 1024

/** From raw bytes to committed takedowns, each with a screenshot of 300 kB, in the built server; and the memory of a large mail. */
export async function measureMailIn(plan: Plan): Promise<MailInResult> {
  const dataDir = join(plan.directory, 'mail-in')
  const screenshot = await pngScreenshot()
  const mails: Buffer[] = []
  for (let n = 0; n < count; n++) {
    mails.push(
      await mailOf({
        from: { name: 'Example Claimant', address: `claimant${n}@example.org` },
        text: `See https://ashams.com/articles/${n}\nPhone: 052-1234567`,
        attachments: [{ filename: 'screenshot.png', content: Buffer.concat(screenshot.unlike(String(n))) }],
      }),
    )
  }
  const bareMs = await bare(plan.directory, mails)
  const keepMs = await asGuest(dataDir, (db, evidence) => keepAll(db, evidence, mails))
  const server = await startProduct(plan.server, dataDir)
  try {
    const readMs = await untilRead(dataDir)
    await sleep(3000)
    const restBytes = usageOf(server.pid).residentBytes
    const large = await mailOf({
      attachments: [{ filename: 'a.bin', content: Buffer.alloc(largeFileBytes, 7) }],
    })
    await asGuest(dataDir, (db, evidence) => keepAll(db, evidence, [large]))
    let largeBytes = 0
    for (const until = Date.now() + 12_000; Date.now() < until; await sleep(20)) {
      largeBytes = Math.max(largeBytes, usageOf(server.pid).residentBytes)
    }
    return { mails: count, keepMs, readMs, bareMs, restBytes, largeBytes }
  } finally {
    await server.end()
  }
}

async function bare(directory: string, mails: readonly Buffer[]): Promise<number> {
  await mkdir(join(directory, 'bare-mail'), { recursive: true })
  const begun = performance.now()
  for (const [n, raw] of mails.entries()) {
    const handle = await open(join(directory, 'bare-mail', String(n)), 'wx')
    await handle.writeFile(raw)
    await handle.sync()
    await handle.close()
    await PostalMime.parse(raw)
  }
  return (performance.now() - begun) / mails.length
}

async function asGuest<Result>(
  dataDir: string,
  use: (db: Db, evidence: EvidenceStore) => Promise<Result>,
): Promise<Result> {
  await mkdir(dataDir, { recursive: true })
  const db = openDatabase(join(dataDir, 'takedowns.sqlite'))
  const evidence = await openEvidenceStore(join(dataDir, 'evidence'), { isGuest: true })
  try {
    return await use(db, evidence)
  } finally {
    await evidence.close()
    db.$client.close()
  }
}

async function keepAll(db: Db, evidence: EvidenceStore, mails: readonly Buffer[]): Promise<number> {
  const begun = performance.now()
  for (const raw of mails) {
    const now = Date.now()
    await keepArrivingMail(
      db,
      evidence,
      { raw: inOnePiece(raw), door: 'pipe', takenInAt: now, place: null },
      now,
    )
  }
  return (performance.now() - begun) / mails.length
}

/** Milliseconds a mail, from the first one's takedown to the last one's. */
async function untilRead(dataDir: string): Promise<number> {
  const db = new Sqlite(join(dataDir, 'takedowns.sqlite'), { readonly: true })
  const query = db.prepare<[], { total: number; first: number; last: number }>(
    "SELECT count(*) AS total, min(settled_at) AS first, max(settled_at) AS last FROM incoming_messages WHERE standing = 'takedown'",
  )
  try {
    for (const until = Date.now() + 120_000; Date.now() < until; await sleep(200)) {
      const row = query.get()
      if (row?.total === count) return (row.last - row.first) / (count - 1)
    }
    throw new Error('the mails were not all read in two minutes')
  } finally {
    db.close()
  }
}
