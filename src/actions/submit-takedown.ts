import { createHash } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { receiptLetter } from '../../views/letters/to-claimant.ts'
import { newTakedownLetter } from '../../views/letters/to-office.ts'
import type { Db, Tx } from '../db/open.ts'
import { insertReturning, insertRow, prepared } from '../db/prepared.ts'
import { keptUploads, reportedPages, screenshots, takedowns } from '../db/schema.ts'
import type { Locale } from '../i18n/locales.ts'
import { withoutKeys } from '../lib/without-keys.ts'
import { deriveAccessKey, hashAccessKey, newNonce } from '../takedowns/access-key.ts'
import type { AskedField } from '../takedowns/asked-fields.ts'
import { firstClocks } from '../takedowns/clocks.ts'
import { recordEvent } from '../takedowns/events.ts'
import { keyRemover } from '../takedowns/key-remover.ts'
import { newReference } from '../takedowns/reference.ts'
import { findByReference, findBySubmissionKey, type Takedown } from '../takedowns/store.ts'
import { letterOffice, letterTakedown } from './letter-takedown.ts'
import { type Office, staffUrl } from './office.ts'
import { claimantLink, postToClaimant, postToOffice } from './post-letter.ts'

/** A file that is already on disk under its hash. */
export interface EvidenceFile {
  readonly sha256: string
  readonly fileName: string
  readonly mediaType: string
  readonly bytes: number
  readonly width: number | null
  readonly height: number | null
  readonly copyState: 'pending' | 'kept'
}

export interface Submission {
  readonly key: string
  readonly source: 'form' | 'email'
  readonly locale: Locale
  readonly name: string
  readonly phone: { readonly typed: string; readonly e164: string | null }
  readonly email: string | null
  readonly statement: string | null
  readonly capacity: 'owner' | 'representative' | 'other' | null
  readonly pages: readonly { readonly reportedUrl: string; readonly canonicalUrl: string }[]
  readonly privacyVersion: string
  readonly suspicion: 'honeypot' | 'too_fast' | null
}

/** How a takedown came that nobody typed into the form. */
export interface ByMail {
  /** When the mail host took it in; never later than now. */
  readonly receivedAt: number
  /** Of mail of past years the office's time begins now. */
  readonly clocksFrom: number
  /** What the notice asks for and the mail does not hold. */
  readonly lacks: readonly AskedField[]
  /** The mail's own Message-ID with its brackets: the acknowledgement answers it. */
  readonly answers: string | null
  readonly isAcknowledged: boolean
  readonly isToldToOffice: boolean
}

export type SubmitResult =
  | { kind: 'created' | 'repeated'; takedown: Takedown; accessKey: string }
  | { kind: 'conflict'; reference: string }

/** The letter to the info address waits this long for safe copies of the screenshots, not longer. */
export const copiesWaitMs = 60_000

/** What makes two sendings the same: every value and every file, whatever the language of the page. */
export function digestOf(submission: Submission, hashes: readonly string[]): string {
  const { name, phone, email, statement, capacity, pages } = submission
  const content = [name, phone.typed, email, statement, capacity, pages.map((page) => page.canonicalUrl)]
  return createHash('sha256')
    .update(JSON.stringify([...content, [...hashes].sort()]))
    .digest('hex')
}

/**
 * Makes the takedown, its pages, files, event and letters in one transaction. The same submission key gives the
 * same takedown and access key again; with other content it gives `conflict` and changes nothing.
 */
export function submitTakedown(
  db: Db,
  office: Office,
  submission: Submission,
  files: readonly EvidenceFile[],
  now: number,
  byMail: ByMail | null = null,
): SubmitResult {
  return db.transaction(
    (tx) => {
      const known = findSubmitted(
        tx,
        office,
        submission,
        files.map((file) => file.sha256),
      )
      if (known) return known
      const told = withoutKeysOfOthers(tx, submission)
      const submissionDigest = digestOf(
        submission,
        files.map((file) => file.sha256),
      )
      const takedown = insertTakedown(tx, office, told, submissionDigest, now, byMail)
      insertPages(tx, takedown.id, submission.pages, now)
      const shots = insertFiles(tx, takedown.id, files, now)
      forgetKeptUploads(tx).run({ key: submission.key })
      recordEvent(tx, {
        takedownId: takedown.id,
        at: now,
        actor: { kind: 'claimant' },
        type: 'submitted',
        detail: { pages: submission.pages.length, files: files.length },
      })
      postLetters(tx, office, takedown, told, shots, now, byMail)
      return { kind: 'created', takedown, accessKey: accessKeyOf(office, takedown) }
    },
    { behavior: 'immediate' },
  )
}

const forgetKeptUploads = prepared((tx) =>
  tx
    .delete(keptUploads)
    .where(eq(keptUploads.submissionKey, sql.placeholder('key')))
    .prepare(),
)

/** The answer that this submission key already has, if it was sent before. */
export function findSubmitted(
  tx: Tx,
  office: Office,
  submission: Submission,
  hashes: readonly string[],
): SubmitResult | null {
  const known = findBySubmissionKey(tx, submission.key)
  if (!known) return null
  if (known.submissionDigest !== digestOf(submission, hashes)) {
    return { kind: 'conflict', reference: known.reference }
  }
  return { kind: 'repeated', takedown: known, accessKey: accessKeyOf(office, known) }
}

export const accessKeyOf = (
  office: Office,
  takedown: Pick<Takedown, 'reference' | 'accessKeyNonce'>,
): string => deriveAccessKey(office.accessSecret, takedown.reference, takedown.accessKeyNonce)

/** Its own key is not made yet; whoever has another takedown may tell of it with its link. Pages are read without keys. */
function withoutKeysOfOthers(tx: Tx, submission: Submission): Submission {
  const { name, statement } = submission
  const removeKeys = keyRemover(tx, null, [statement])
  return {
    ...submission,
    name: removeKeys(name),
    statement: statement === null ? null : removeKeys(statement),
  }
}

function freeReference(tx: Tx): string {
  for (;;) {
    const reference = newReference()
    if (!findByReference(tx, reference)) return reference
  }
}

function insertTakedown(
  tx: Tx,
  office: Office,
  submission: Submission,
  submissionDigest: string,
  now: number,
  byMail: ByMail | null,
): Takedown {
  const { name, phone, email, statement, capacity, source, locale, privacyVersion, suspicion } = submission
  const identity = { reference: freeReference(tx), accessKeyNonce: newNonce() }
  return insertReturning(tx, takedowns, {
    ...identity,
    source,
    locale,
    status: 'received',
    claimantName: name,
    phoneTyped: phone.typed,
    phoneE164: phone.e164,
    email,
    statement,
    capacity,
    privacyVersion,
    suspicion,
    submissionKey: submission.key,
    submissionDigest,
    accessKeyHash: hashAccessKey(accessKeyOf(office, identity)),
    receivedAt: byMail?.receivedAt ?? now,
    ...firstClocks(byMail?.clocksFrom ?? now, office),
    ...(byMail && { askedFields: JSON.stringify(byMail.lacks) }),
    lastEventAt: now,
  })
}

function insertPages(tx: Tx, takedownId: number, pages: Submission['pages'], now: number) {
  for (const [position, { reportedUrl, canonicalUrl }] of pages.entries()) {
    const use = { useState: 'live', useStateAt: now } as const
    insertRow(tx, reportedPages, { takedownId, position, reportedUrl, canonicalUrl, ...use })
  }
}

/** Rows for files that are on disk already; `messageId` where they came with a later message. */
export function insertFiles(
  tx: Tx,
  takedownId: number,
  files: readonly EvidenceFile[],
  now: number,
  messageId: number | null = null,
) {
  return files.map((file, position) =>
    insertReturning(tx, screenshots, {
      ...file,
      fileName: withoutKeys(file.fileName),
      takedownId,
      messageId,
      position,
      at: now,
    }),
  )
}

function postLetters(
  tx: Tx,
  office: Office,
  takedown: Takedown,
  submission: Submission,
  shots: ReturnType<typeof insertFiles>,
  now: number,
  byMail: ByMail | null,
) {
  const content = letterTakedown(takedown, submission.pages, shots)
  const locale = office.defaultLocale
  if (byMail?.isToldToOffice ?? true) {
    postToOffice(tx, office, {
      takedown,
      kind: 'new-takedown',
      cause: 'submitted',
      letter: newTakedownLetter(
        { ...content, source: submission.source },
        { ...letterOffice(office, locale), staffUrl: staffUrl(office, takedown.reference) },
        locale,
      ),
      screenshots: shots.filter((shot) => shot.copyState === 'pending').map((shot) => shot.id),
      waitForCopiesUntil: now + copiesWaitMs,
      now,
    })
  }
  if (!takedown.email || byMail?.isAcknowledged === false) return
  postToClaimant(tx, office, {
    takedown,
    kind: 'receipt',
    cause: 'submitted',
    letter: receiptLetter(
      content,
      { ...letterOffice(office, takedown.locale), statusUrl: claimantLink(office, takedown) },
      takedown.locale,
      byMail?.lacks,
    ),
    answers: byMail?.answers ?? null,
    now,
  })
}
