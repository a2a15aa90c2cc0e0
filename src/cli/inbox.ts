import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { inOnePiece, keepArrivingMail } from '../actions/keep-mail.ts'
import { readConfig } from '../config.ts'
import { type Db, openDatabase } from '../db/open.ts'
import { type EvidenceStore, openEvidenceStore } from '../evidence/store.ts'
import { looksLikeMail, mailsOf } from '../inbox/mail-archive.ts'
import { systemClock } from '../lib/clock.ts'
import { makeDirectory } from '../lib/make-directory.ts'
import type { Command } from './command.ts'
import { Exit } from './exit.ts'
import { endProgress, showProgress } from './progress-bar.ts'
import { WrongUsage } from './wrong-usage.ts'

/** Of sysexits.h: the data is no mail; try again later. */
const dataError = 65
const temporary = 75

/** Works beside a running server, which reads it within seconds, and without one, for the next start to read. */
export const fileMailCommand: Command = {
  name: 'inbox file',
  usage: 'inbox file <file.eml|->',
  does: 'keeps one mail, from a file or from a pipe of the mail server; ends with 0 kept, 75 try again later, 65 kept but no mail',
  async run([path, ...rest]) {
    if (!path || rest.length > 0) throw new WrongUsage('one file is needed, or - for standard input')
    const head = await keepOne(path).catch((error: unknown) => {
      const words = error instanceof Error ? error.message : String(error)
      throw new Exit(temporary, `not kept, try again: ${words}`)
    })
    if (!looksLikeMail(head)) throw new Exit(dataError, 'kept, but this is no mail')
  },
}

/** Keeps it; answers its beginning. */
async function keepOne(path: string): Promise<Buffer> {
  let head = Buffer.alloc(0)
  async function* watched() {
    for await (const chunk of path === '-' ? process.stdin : createReadStream(path)) {
      const piece = Buffer.from(chunk)
      if (head.byteLength < headBytes) head = Buffer.concat([head, piece.subarray(0, headBytes)])
      yield piece
    }
  }
  await withMailStore(async (db, evidence) => {
    const now = systemClock.now()
    // A pipe comes straight from the mail server: it takes the mail in now.
    await keepArrivingMail(db, evidence, { raw: watched(), door: 'pipe', takenInAt: now, place: null }, now)
  })
  return head
}

const headBytes = 64 * 1024

export const importMailCommand: Command = {
  name: 'inbox import',
  usage: 'inbox import <mbox|Maildir>',
  does: 'keeps the mail of past years; no letter is sent for it, and a second run goes on where the first stopped',
  async run([path, ...rest]) {
    if (!path || rest.length > 0) throw new WrongUsage('one mbox file or Maildir is needed')
    let brought = 0
    let known = 0
    await withMailStore(async (db, evidence) => {
      for await (const { raw, takenInAt, progress } of mailsOf(path)) {
        const now = systemClock.now()
        const mail = {
          raw: inOnePiece(raw),
          door: 'import',
          takenInAt: takenInAt ?? now,
          place: null,
        } as const
        const { isNew } = await keepArrivingMail(db, evidence, mail, now)
        if (isNew) brought++
        else known++
        showProgress(progress, `${brought + known}`)
      }
    })
    endProgress()
    process.stdout.write(
      `${brought} kept, ${known} known already; the server reads them now, or when it starts\n`,
    )
  },
}

async function withMailStore(use: (db: Db, evidence: EvidenceStore) => Promise<void>): Promise<void> {
  const { dataDir, isDatabaseReplicated } = readConfig(process.env)
  makeDirectory(dataDir)
  const db = openDatabase(join(dataDir, 'takedowns.sqlite'), { isReplicated: isDatabaseReplicated })
  const evidence = await openEvidenceStore(join(dataDir, 'evidence'), { isGuest: true })
  try {
    await use(db, evidence)
  } finally {
    await evidence.close()
    db.$client.close()
  }
}
