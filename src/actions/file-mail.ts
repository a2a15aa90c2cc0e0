import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Db, Tx } from '../db/open.ts'
import { incomingMessages, messages, outgoingMessages, takedowns } from '../db/schema.ts'
import { type Belonging, correlate } from '../inbox/correlate.ts'
import type { FoundMail, Unreadable } from '../inbox/found.ts'
import { findIncoming, type IncomingMail, sameLetter, takedownsBySince } from '../inbox/store.ts'
import { isOneAddress } from '../outbox/address.ts'
import type { AskedField } from '../takedowns/asked-fields.ts'
import { recordEvent } from '../takedowns/events.ts'
import { findById } from '../takedowns/store.ts'
import { mayAcknowledge, recordAcknowledgement } from './acknowledge.ts'
import { addClaimantMessage } from './add-claimant-message.ts'
import { mailCanaryCameBack } from './canaries.ts'
import { mailRecords, withoutBrackets } from './mail-records.ts'
import { mailWithoutKeys } from './mail-without-keys.ts'
import type { Office } from './office.ts'
import { type EvidenceFile, submitTakedown } from './submit-takedown.ts'

/** A mail that was read: what was understood, and its files that are evidence, on disk under their hashes. */
export type MailToFile =
  | { ok: true; found: FoundMail; files: readonly EvidenceFile[] }
  | { ok: false; reason: Unreadable }

export interface Filed {
  readonly standing: IncomingMail['standing']
  /** A letter may have been queued. */
  readonly hasLetters: boolean
}

const hourMs = 3_600_000
/** More than these in an hour wait for staff: a bomb of mail becomes neither takedowns nor letters. */
const mostTakedownsPerSender = 20
const mostTakedownsOverall = 200
/** Characters of a mail's words that a takedown repeats; the mail itself stays whole. */
const longestStatement = 20_000

/**
 * Puts a mail where it belongs, with everything that follows from it, in one transaction; a mail that was filed before
 * stays as it is. Automatic mail is never answered, and nothing here changes a takedown's status but the claimant's words
 * to one that waits for them.
 */
export function fileMail(db: Db, office: Office, id: number, read: MailToFile, now: number): Filed {
  return db.transaction(
    (tx): Filed => {
      const mail = findIncoming(tx, id)
      if (mail?.standing !== 'kept') return { standing: mail?.standing ?? 'unreadable', hasLetters: false }
      if (!read.ok) {
        settle(tx, id, { standing: 'unreadable', found: null, matchedBy: read.reason, settledAt: now })
        return { standing: 'unreadable', hasLetters: false }
      }
      return fileRead({ db, tx, office, mail, now }, read.found, read.files)
    },
    { behavior: 'immediate' },
  )
}

interface Filing {
  readonly db: Db
  readonly tx: Tx
  readonly office: Office
  readonly mail: IncomingMail
  readonly now: number
}

function fileRead(filing: Filing, read: FoundMail, files: readonly EvidenceFile[]): Filed {
  const { tx, office, mail, now } = filing
  // Of the mail as it came: which of its characters are a key may be known at another time.
  const contentDigest = digestOf(read)
  const headerMessageId = read.messageId && withoutBrackets(read.messageId)
  const to = correlate(read, mailRecords(tx, office))
  const found = mailWithoutKeys(tx, read, 'takedownId' in to ? to.takedownId : null)
  settle(tx, mail.id, {
    contentDigest,
    headerMessageId,
    senderName: found.sender.name,
    senderAddress: found.sender.address,
    subject: found.subject,
    found: JSON.stringify(found),
    authenticity: JSON.stringify(found.authenticity),
    settledAt: now,
  })
  const twin = sameLetter(tx, mail.id, contentDigest, headerMessageId)
  if (twin && twin.standing !== 'kept') {
    settle(tx, mail.id, { standing: 'copy', takedownId: twin.takedownId })
    return { standing: 'copy', hasLetters: false }
  }
  return place(filing, to, found, files)
}

function place(filing: Filing, to: Belonging, found: FoundMail, files: readonly EvidenceFile[]): Filed {
  const { tx, mail, now } = filing
  const quietly = (row: Row): Filed => {
    settle(tx, mail.id, row)
    return { standing: row.standing ?? mail.standing, hasLetters: false }
  }
  switch (to.standing) {
    case 'own':
      // A canary is in no list and no count.
      if (found.messageId && mailCanaryCameBack(tx, found.messageId, now)) {
        return quietly({ standing: 'own', matchedBy: 'canary' })
      }
      return quietly({ standing: 'own' })
    case 'spam':
      return quietly({ standing: to.standing })
    case 'unmatched':
      return quietly({ standing: 'unmatched', matchedBy: to.guess })
    case 'automatic':
      return quietly({ standing: 'automatic', takedownId: to.takedownId, matchedBy: to.matchedBy })
    case 'bounce':
      recordBounce(tx, to, found, now)
      return quietly({ standing: 'bounce', takedownId: to.takedownId, matchedBy: to.matchedBy })
    case 'office':
    case 'stranger':
      keepForStaff(tx, to.takedownId, mail.id, to.standing, now)
      return quietly({ standing: to.standing, takedownId: to.takedownId, matchedBy: to.matchedBy })
    case 'reply':
      return addReply(filing, to.takedownId, to.matchedBy, found, files)
    case 'takedown':
      if (isFlood(filing, found.sender.address)) return quietly({ standing: 'unmatched', matchedBy: 'flood' })
      return makeTakedown(filing, found, files, { matchedBy: to.matchedBy, pages: found.pages })
  }
}

type Row = Partial<typeof incomingMessages.$inferInsert>

function settle(tx: Tx, id: number, row: Row) {
  tx.update(incomingMessages).set(row).where(eq(incomingMessages.id, id)).run()
}

/** Sender, subject, words and files: what a person would call the same letter. */
function digestOf({ sender, subject, body, quoted, files, answers }: FoundMail): string {
  const content = [sender.address, subject, body, quoted, files.map(({ sha256 }) => sha256), answers]
  return createHash('sha256').update(JSON.stringify(content)).digest('hex')
}

function isFlood({ tx, mail, now }: Filing, address: string | null): boolean {
  if (mail.door === 'import') return false
  const since = now - hourMs
  return (
    takedownsBySince(tx, null, since) >= mostTakedownsOverall ||
    (address !== null && takedownsBySince(tx, address, since) >= mostTakedownsPerSender)
  )
}

// --- what belongs to a takedown --------------------------------------------------------------------------------------

/** The claimant's words, as if they had been written on the status page. */
export function addReply(
  { db, tx, office, mail, now }: Filing,
  takedownId: number,
  matchedBy: string,
  found: FoundMail,
  files: readonly EvidenceFile[],
): Filed {
  const takedown = findById(tx, takedownId)
  if (!takedown) throw new Error('a mail belongs to a takedown that is not there')
  const key = `mail:${mail.sha256}`
  const [page] = found.pages
  const added = addClaimantMessage(
    db,
    office,
    takedown.reference,
    {
      key,
      body: found.body,
      quoted: found.quoted === '' ? null : found.quoted,
      files,
      isByMail: true,
      given: {
        ...(found.name && found.name.foundIn !== 'from' && { name: found.name.value }),
        ...(found.phone && { phone: found.phone }),
        ...(page && { page }),
        ...(found.sender.address && { email: found.sender.address }),
      },
    },
    now,
  )
  if (!added.ok) throw new Error(`a mail was not added: ${added.refusal}`)
  const message = tx.select({ id: messages.id }).from(messages).where(eq(messages.submissionKey, key)).get()
  settle(tx, mail.id, { standing: 'reply', takedownId, matchedBy, messageId: message?.id ?? null })
  return { standing: 'reply', hasLetters: true }
}

/** Shown with the takedown and told to nobody outside. The takedown does not move; who has it open sees that it came. */
function keepForStaff(
  tx: Tx,
  takedownId: number,
  incomingId: number,
  standing: 'office' | 'stranger',
  now: number,
) {
  recordEvent(tx, {
    takedownId,
    at: now,
    actor: { kind: 'system' },
    type: 'mail_kept',
    detail: { incomingId, standing },
  })
  tx.update(takedowns).set({ lastEventAt: now, indexedVersion: 0 }).where(eq(takedowns.id, takedownId)).run()
}

/**
 * A final refusal is that of a letter which its first server took: it shows itself as failed, with that server's words, and
 * the address can be mended. A delay or a delivery only stands in the mail itself.
 */
function recordBounce(
  tx: Tx,
  { letterId, takedownId }: { letterId: number | null; takedownId: number | null },
  { report }: FoundMail,
  now: number,
) {
  if (letterId === null || report?.kind !== 'failed') return
  const ofLetter = eq(outgoingMessages.id, letterId)
  const letter = tx.select({ at: outgoingMessages.bouncedAt }).from(outgoingMessages).where(ofLetter).get()
  if (!letter || letter.at !== null) return
  tx.update(outgoingMessages)
    .set({ state: 'failed', bouncedAt: now, lastReply: report.reply })
    .where(ofLetter)
    .run()
  if (takedownId === null) return
  recordEvent(tx, {
    takedownId,
    at: now,
    actor: { kind: 'system' },
    type: 'letter_bounced',
    detail: { letterId },
  })
  tx.update(takedowns).set({ lastEventAt: now }).where(eq(takedowns.id, takedownId)).run()
}

// --- a new takedown --------------------------------------------------------------------------------------------------

export interface Making {
  readonly matchedBy: string
  readonly pages: readonly { readonly reportedUrl: string; readonly canonicalUrl: string }[]
}

/** With whatever the mail holds; what it lacks is asked for once, in the letter that acknowledges it. */
export function makeTakedown(
  { db, tx, office, mail, now }: Filing,
  found: FoundMail,
  files: readonly EvidenceFile[],
  { matchedBy, pages }: Making,
): Filed {
  const address = found.sender.address
  const isOffices = address !== null && mailRecords(tx, office).isOffice(address)
  const email = address !== null && isOneAddress(address) && !isOffices ? address : null
  const isImport = mail.door === 'import'
  const isAcknowledged =
    email !== null &&
    !isImport &&
    found.automatic === null &&
    found.authenticity.label !== 'failed' &&
    mayAcknowledge(tx, email, now)
  const result = submitTakedown(
    db,
    office,
    {
      key: `mail:${mail.sha256}`,
      source: 'email',
      locale: found.locale,
      // A forward of the office is not the claimant's own mail.
      name: isOffices && found.name?.foundIn === 'from' ? '' : (found.name?.value ?? ''),
      phone: { typed: found.phone?.typed ?? '', e164: found.phone?.e164 ?? null },
      email,
      statement: (found.body || found.quoted).slice(0, longestStatement) || null,
      capacity: null,
      pages,
      privacyVersion: 'email',
      suspicion: null,
    },
    files,
    now,
    {
      receivedAt: Math.min(mail.takenInAt, now),
      clocksFrom: isImport ? now : Math.min(mail.takenInAt, now),
      lacks: lacksOf(found, pages, files),
      answers: found.messageId,
      isAcknowledged,
      isToldToOffice: !isImport,
    },
  )
  if (result.kind !== 'created') throw new Error('a mail made its takedown twice')
  if (isAcknowledged) recordAcknowledgement(tx, email, result.takedown.id, now)
  settle(tx, mail.id, { standing: 'takedown', takedownId: result.takedown.id, matchedBy })
  return { standing: 'takedown', hasLetters: !isImport }
}

/** In the order of the notice. */
function lacksOf(found: FoundMail, pages: Making['pages'], files: readonly EvidenceFile[]): AskedField[] {
  const lacks: (AskedField | false)[] = [
    !found.name && 'name',
    !found.phone && 'phone',
    files.length === 0 && 'screenshot',
    pages.length === 0 && 'page',
  ]
  return lacks.filter((field) => field !== false)
}
