import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { z } from 'zod'
import { groupBy } from './group-by.ts'
import type { Accepted } from './people.ts'

export interface Books {
  readonly dataDir: string
  readonly accepted: readonly Accepted[]
  /** Message-IDs of the mails that were put into the mailbox. */
  readonly mails: readonly string[]
  /** How often the mail host took each Message-ID. */
  readonly taken: ReadonlyMap<string, number>
}

const takedownRow = z.object({ id: z.number(), reference: z.string(), key: z.string() })
const fileRow = z.object({ takedownId: z.number(), sha256: z.string() })
const letterRow = z.object({
  takedownId: z.number().nullable(),
  kind: z.string(),
  state: z.string(),
  messageId: z.string(),
})
const mailRow = z.object({ id: z.string().nullable(), standing: z.string() })

/** What was promised against what is there, once nothing is under way any more. Empty: every promise was kept. */
export function brokenPromises({ dataDir, accepted, mails, taken }: Books): string[] {
  const db = new Sqlite(join(dataDir, 'takedowns.sqlite'), { readonly: true })
  const rows = <Row>(shape: z.ZodType<Row>, query: string) => z.array(shape).parse(db.prepare(query).all())
  const takedowns = rows(
    takedownRow,
    "SELECT id, reference, submission_key AS key FROM takedowns WHERE source = 'form'",
  )
  const files = rows(fileRow, 'SELECT takedown_id AS takedownId, sha256 FROM screenshots')
  const letters = rows(
    letterRow,
    'SELECT takedown_id AS takedownId, kind, state, message_id AS messageId FROM outgoing_messages',
  )
  const kept = rows(mailRow, 'SELECT header_message_id AS id, standing FROM incoming_messages')
  const broken: string[] = []
  const expect = (holds: boolean, words: string) => {
    if (!holds) broken.push(words)
  }

  const integrity = z.array(z.unknown()).parse(db.pragma('integrity_check'))
  expect(JSON.stringify(integrity) === '[{"integrity_check":"ok"}]', 'the database is damaged')
  expect(z.array(z.unknown()).parse(db.pragma('foreign_key_check')).length === 0, 'a reference leads nowhere')
  db.close()

  const byKey = groupBy(takedowns, ({ key }) => key)
  const filesOf = groupBy(files, ({ takedownId }) => takedownId)
  const lettersOf = groupBy(letters, ({ takedownId }) => takedownId)
  for (const { key, reference, sha256 } of accepted) {
    const [takedown, ...more] = byKey.get(key) ?? []
    expect(
      takedown?.reference === reference && more.length === 0,
      `P1, P3: ${reference} is there ${more.length + (takedown ? 1 : 0)} times`,
    )
    if (!takedown) continue
    const mine = filesOf.get(takedown.id) ?? []
    expect(
      mine.some((file) => file.sha256 === sha256),
      `P4: ${reference} has lost its file`,
    )
    for (const kind of ['new-takedown', 'receipt']) {
      const ofKind = (lettersOf.get(takedown.id) ?? []).filter((letter) => letter.kind === kind)
      expect(ofKind.length === 1, `P2: ${reference} has ${ofKind.length} letters of kind ${kind}`)
    }
  }
  expect(takedowns.length === accepted.length, `${takedowns.length} takedowns of ${accepted.length} forms`)

  for (const { sha256 } of files) {
    const path = join(dataDir, 'evidence', 'originals', sha256.slice(0, 2), sha256)
    const isWhole =
      existsSync(path) && createHash('sha256').update(readFileSync(path)).digest('hex') === sha256
    expect(isWhole, 'P4: a file is missing or is not what it was')
  }
  for (const { state, messageId, kind } of letters) {
    expect(state === 'submitted', `P2: a letter of kind ${kind} is ${state}`)
    expect(
      state !== 'submitted' || taken.has(messageId),
      `P2: a letter of kind ${kind} is submitted and no mail host took it`,
    )
  }
  const times = groupBy(kept, ({ id }) => id)
  for (const mail of mails) {
    const n = times.get(mail.replace(/[<>]/g, ''))?.length ?? 0
    expect(n === 1, `P15: a mail is kept ${n} times`)
  }
  expect(!kept.some(({ standing }) => standing === 'kept'), 'P15: a mail was never read')
  return broken
}

/** How many letters are still on their way, or mails unread. */
export function underWay(dataDir: string): number {
  const db = new Sqlite(join(dataDir, 'takedowns.sqlite'), { readonly: true })
  const count = db
    .prepare(
      `SELECT (SELECT count(*) FROM outgoing_messages WHERE state IN ('queued', 'submitting', 'uncertain'))
        + (SELECT count(*) FROM incoming_messages WHERE standing = 'kept')`,
    )
    .pluck()
    .get()
  db.close()
  return z.number().parse(count)
}

/** In place of waiting an hour: everything that waits for another try is due now. The server must be down. */
export function makeAllDue(dataDir: string): void {
  const db = new Sqlite(join(dataDir, 'takedowns.sqlite'))
  db.pragma('synchronous = FULL')
  db.prepare("UPDATE outgoing_messages SET next_attempt_at = ? WHERE state IN ('queued', 'uncertain')").run(
    Date.now(),
  )
  db.close()
}
