import { join } from 'node:path'
import { openDatabase } from '../../src/db/open.ts'
import { openSession } from '../../src/staff/sessions.ts'
import { newReference } from '../../src/takedowns/reference.ts'
import { searchedText } from '../../src/takedowns/search-text.ts'

export interface Seeded {
  readonly token: string
  /** An open takedown. */
  readonly reference: string
}

const openTakedowns = 500
const dayMs = 86_400_000
const atOnce = 10_000
const words = ['صورة', 'مقال', 'معرض', 'תמונה', 'כתבה', 'photo', 'gallery', 'nature', 'مصوّر', 'archive']
const givenNames = ['سامر', 'ليلى', 'דנה', 'יואב', 'Example', 'مثال', 'רות', 'Sample']

/** Writes a database of `total` takedowns by SQL: the newest `openTakedowns` are open, the rest are closed. */
export function seedDesk(dataDir: string, total: number): Seeded {
  const db = openDatabase(join(dataDir, 'takedowns.sqlite'))
  const client = db.$client
  // Only while seeding: what is measured opens the file again with its own settings.
  client.pragma('synchronous = OFF')
  const now = Date.now()
  client
    .prepare(
      `INSERT INTO staff (email, name, role, locale, password_hash, created_at, uses_keys) VALUES ('bench@example.org', 'Bench', 'admin', 'ar', 'x', ?, 1)`,
    )
    .run(now)
  const insert = inserts(client)
  let reference = ''
  const writeSome = client.transaction((from: number, to: number) => {
    for (let nth = from; nth < to; nth++) reference = insert(nth, total, now)
  })
  for (let from = 0; from < total; from += atOnce) writeSome(from, Math.min(from + atOnce, total))
  const token = openSession(db, 1, now)
  client.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  client.close()
  return { token, reference }
}

function inserts(client: ReturnType<typeof openDatabase>['$client']) {
  const takedown = client.prepare(
    `INSERT INTO takedowns (reference, source, locale, status, claimant_name, phone_typed, phone_e_164, email, statement, privacy_version,
       submission_key, submission_digest, access_key_nonce, access_key_hash, received_at, due_at, next_due_at, last_event_at, assignee_id, version, indexed_version)
     VALUES (?, 'form', 'ar', ?, ?, ?, ?, ?, ?, '1', ?, 'x', 'x', 'x', ?, ?, ?, ?, ?, 3, 3) RETURNING id`,
  )
  const page = client.prepare(
    `INSERT INTO reported_pages (takedown_id, position, reported_url, canonical_url, use_state, use_state_at) VALUES (?, 0, ?, ?, 'live', ?)`,
  )
  const event = client.prepare(
    `INSERT INTO events (takedown_id, at, actor, staff_id, type, detail) VALUES (?, ?, ?, ?, ?, ?)`,
  )
  const message = client.prepare(
    `INSERT INTO messages (takedown_id, author, body, at, submission_key) VALUES (?, 'claimant', ?, ?, ?)`,
  )
  const shot = client.prepare(
    `INSERT INTO screenshots (takedown_id, position, sha256, file_name, media_type, bytes, copy_state, at) VALUES (?, 0, ?, 'a.png', 'image/png', 300000, 'ready', ?)`,
  )
  const letter = client.prepare(
    `INSERT INTO outgoing_messages (takedown_id, kind, dedupe_key, message_id, recipient_name, recipient_address, subject, text_body, html_body, state, created_at, next_attempt_at)
     VALUES (?, 'receipt', ?, ?, '', 'a@example.org', 'x', 'x', 'x', 'submitted', ?, ?)`,
  )
  const fragments = client.prepare('INSERT INTO search_fragments (rowid, text, address) VALUES (?, ?, ?)')
  const searchWords = client.prepare('INSERT INTO search_words (rowid, text) VALUES (?, ?)')
  return (nth: number, total: number, now: number): string => {
    const isOpen = nth >= total - openTakedowns
    const at = now - Math.floor((total - nth) * ((2000 * dayMs) / total))
    const due = isOpen ? now + ((nth % 40) - 10) * 3_600_000 : null
    const reference = newReference(() => fiveBits(nth * 29_123))
    const word = (step: number) => words[(nth * step) % words.length] ?? ''
    const name = `${givenNames[nth % givenNames.length]} ${nth % 9973} ${nth % Math.floor(total / 3) === 7 ? 'Needle' : word(3)}`
    const national = `05${String(10_000_000 + ((nth * 7919) % 89_999_999))}`
    const e164 = `+972${national.slice(1)}`
    const email = `claimant${nth}@example.org`
    const statement = `${word(1)} ${word(7)} ${word(3)} ${nth % 997}`
    const url = `https://ashams.com/articles/${2000 + (nth % 26)}/${nth % 5000}`
    const { id } = idRow(
      takedown.get(
        reference,
        isOpen ? (nth % 3 === 0 ? 'in_review' : 'received') : 'closed',
        name,
        national,
        e164,
        email,
        statement,
        `key-${nth}`,
        at,
        due ?? at,
        due,
        at,
        isOpen && nth % 3 !== 0 ? null : 1,
      ),
    )
    page.run(id, url, url, at)
    event.run(id, at, 'claimant', null, 'submitted', '{"pages":1,"files":1}')
    event.run(id, at, 'staff', 1, 'taken_on', '{"previousAssigneeId":null}')
    if (nth % 10 === 0) message.run(id, `${word(9)} ${word(1)}`, at, `message-${nth}`)
    shot.run(id, nth.toString(16).padStart(64, '0'), at)
    letter.run(id, `${id}:x`, `<${nth}@x>`, at, at)
    const text = searchedText({
      reference,
      name,
      phoneTyped: national,
      phoneE164: e164,
      email,
      statement,
      addresses: [url],
      texts: [],
    })
    fragments.run(id, text.fragments, text.addresses)
    searchWords.run(id, text.words)
    return reference
  }
}

/** Seven values of five bits: no two takedowns of a million are given the same reference, as chance would do. */
const fiveBits = (value: number): Uint8Array =>
  Uint8Array.from({ length: 7 }, (_, place) => Math.floor(value / 32 ** place) % 32)

function idRow(row: unknown): { id: number } {
  if (typeof row === 'object' && row !== null && 'id' in row && typeof row.id === 'number')
    return { id: row.id }
  throw new Error('no id came back')
}
