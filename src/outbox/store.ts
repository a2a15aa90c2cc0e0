import { randomBytes } from 'node:crypto'
import { and, asc, count, desc, eq, gt, gte, inArray, lt, lte, ne, or, type SQL, sql } from 'drizzle-orm'
import type { Tx } from '../db/open.ts'
import { insertUnlessThere, prepared } from '../db/prepared.ts'
import { outgoingMessages, takedowns } from '../db/schema.ts'
import { type ChannelPause, readPause } from './channel-pause.ts'
import { heldByRestore } from './held.ts'
import { isOnItsWay } from './on-its-way.ts'

export type LetterState = (typeof outgoingMessages.$inferSelect)['state']

/** A letter as its cause hands it over. Times in milliseconds since the epoch. */
export interface NewLetter {
  takedownId: number | null
  kind: string
  /** `takedown:event:recipient`: the same cause never queues a letter twice. */
  dedupeKey: string
  /** With its angle brackets; fixed here, whatever becomes of the sending. */
  messageId: string
  rootMessageId: string | null
  recipient: { name: string; address: string }
  replyTo: string | null
  subject: string
  text: string
  html: string
  /** Ids of screenshots whose safe copies travel along. */
  attachedScreenshots: number[]
  /** What has attachments is sent when their safe copies are made, at the latest then; null: at once. */
  waitForCopiesUntil: number | null
  now: number
}

/** Letters of ours to ourselves, by which the way out and in is tried; they are in no list and no count. */
export const canaryKind = 'canary'
const isNoCanary = ne(outgoingMessages.kind, canaryKind)

/** Writes the letter in the transaction of its cause. A letter with a known dedupe key is left out. */
export function enqueueLetter(tx: Tx, letter: NewLetter): void {
  const waitForCopiesUntil = letter.attachedScreenshots.length > 0 ? letter.waitForCopiesUntil : null
  insertUnlessThere(tx, outgoingMessages, outgoingMessages.dedupeKey, {
    takedownId: letter.takedownId,
    kind: letter.kind,
    dedupeKey: letter.dedupeKey,
    messageId: letter.messageId,
    rootMessageId: letter.rootMessageId,
    recipientName: letter.recipient.name,
    recipientAddress: letter.recipient.address,
    replyTo: letter.replyTo,
    subject: letter.subject,
    textBody: letter.text,
    htmlBody: letter.html,
    attachedScreenshots: JSON.stringify(letter.attachedScreenshots),
    waitForCopiesUntil,
    state: 'queued',
    createdAt: letter.now,
    nextAttemptAt: waitForCopiesUntil ?? letter.now,
  })
}

/** A Message-ID that nobody else makes, with its angle brackets. */
export const newMessageId = (host: string): string => `<${randomBytes(16).toString('hex')}@${host}>`

const columnsForStaff = {
  id: outgoingMessages.id,
  takedownId: outgoingMessages.takedownId,
  reference: takedowns.reference,
  kind: outgoingMessages.kind,
  recipientName: outgoingMessages.recipientName,
  recipientAddress: outgoingMessages.recipientAddress,
  subject: outgoingMessages.subject,
  state: outgoingMessages.state,
  attempts: outgoingMessages.attempts,
  createdAt: outgoingMessages.createdAt,
  nextAttemptAt: outgoingMessages.nextAttemptAt,
  submittedAt: outgoingMessages.submittedAt,
  lastReply: outgoingMessages.lastReply,
  bouncedAt: outgoingMessages.bouncedAt,
}

const lettersForStaff = (tx: Tx) =>
  tx
    .select(columnsForStaff)
    .from(outgoingMessages)
    .leftJoin(takedowns, eq(takedowns.id, outgoingMessages.takedownId))

/** A letter without its words: how it stands on its way. */
export type LetterOnItsWay = ReturnType<ReturnType<typeof lettersForStaff>['all']>[number]

/** Attempts after which a letter that is still tried shows itself: about 20 minutes. */
const attemptsUntilLate = 3

const needsAttention = and(
  isOnItsWay,
  isNoCanary,
  or(
    inArray(outgoingMessages.state, ['failed', 'uncertain']),
    and(
      inArray(outgoingMessages.state, ['queued', 'submitting']),
      gte(outgoingMessages.attempts, attemptsUntilLate),
    ),
  ),
)

/** Letters that failed, may have gone twice, or are late; oldest first, at most `limit`, those after the id `after`. */
export const lettersNeedingAttention = (tx: Tx, limit = 200, after = 0): LetterOnItsWay[] =>
  lettersForStaff(tx)
    .where(and(needsAttention, gt(outgoingMessages.id, after)))
    .orderBy(asc(outgoingMessages.id))
    .limit(limit)
    .all()

/** The `after` of the part before the one that comes after `after`; null for the first. */
export function partBefore(tx: Tx, limit: number, after: number): number | null {
  if (after === 0) return null
  const before = tx
    .select({ id: outgoingMessages.id })
    .from(outgoingMessages)
    .where(and(needsAttention, lte(outgoingMessages.id, after)))
    .orderBy(desc(outgoingMessages.id))
    .limit(limit + 1)
    .all()
  return before[limit]?.id ?? 0
}

/** Every letter of one takedown, oldest first. */
export const lettersOf = (tx: Tx, takedownId: number): LetterOnItsWay[] =>
  lettersForStaff(tx)
    .where(eq(outgoingMessages.takedownId, takedownId))
    .orderBy(asc(outgoingMessages.id))
    .all()

/** `held` are those that failed only because a restore holds them; `failed` are the others. */
export type LetterCounts = Record<LetterState | 'held', number>

export interface OutboxSummary {
  counts: LetterCounts
  /** Seconds since the oldest letter that has not gone could first have gone; 0 when none waits. */
  oldestDueSeconds: number
  paused: ChannelPause | null
}

/** What staff must know on every page: it reads none of the letters that have gone out. */
export function mailTrouble(tx: Tx, now: number): { failed: number; held: number; isPaused: boolean } {
  return { ...countFailed(tx), isPaused: readPause(tx, now) !== null }
}

/** What a restore holds waits for a person, and is no fault of anybody's. */
function countFailed(tx: Tx): { failed: number; held: number } {
  const { total, held } = failedLetters(tx).get() ?? { total: 0, held: 0 }
  return { failed: total - held, held }
}

/** Those among them that a restore holds, which nobody has tried to send. */
const heldOnes = sql`CASE WHEN ${outgoingMessages.lastReply} = ${heldByRestore} THEN 1 END`

const failedLetters = prepared((tx) =>
  tx
    .select({ total: count(), held: count(heldOnes) })
    .from(outgoingMessages)
    .where(and(isOnItsWay, isNoCanary, eq(outgoingMessages.state, 'failed')))
    .prepare(),
)

/** Letters by state, from indexes alone but for the failed: a million take some 20 ms. Canaries are few, and are taken off. */
export function countLetters(tx: Tx): LetterCounts {
  const counts = { queued: 0, submitting: 0, submitted: 0, failed: 0, uncertain: 0 }
  const { state, dedupeKey } = outgoingMessages
  const byState = (which: SQL | undefined) =>
    tx.select({ state, count: count() }).from(outgoingMessages).where(which).groupBy(state).all()
  counts.submitted = tx.select({ count: count() }).from(outgoingMessages).get()?.count ?? 0
  for (const row of byState(isOnItsWay)) {
    counts[row.state] += row.count
    counts.submitted -= row.count
  }
  const isCanary = and(gte(dedupeKey, `${canaryKind}:`), lt(dedupeKey, `${canaryKind};`))
  for (const row of byState(isCanary)) counts[row.state] -= row.count
  const { held } = countFailed(tx)
  return { ...counts, failed: counts.failed - held, held }
}

/** What must be known of the way out at once: it reads none of the letters that have gone out. */
export function outboxStanding(tx: Tx, now: number) {
  const oldest = tx
    .select({ dueSince: sql<number | null>`min(${dueSince})` })
    .from(outgoingMessages)
    .where(
      and(isOnItsWay, isNoCanary, inArray(outgoingMessages.state, ['queued', 'submitting', 'uncertain'])),
    )
    .get()
  const due = oldest?.dueSince == null ? 0 : Math.max(0, now - oldest.dueSince)
  return { ...countFailed(tx), oldestDueSeconds: Math.floor(due / 1000), paused: readPause(tx, now) }
}

/** A letter counts as overdue from its creation on, not from its last retry. */
export function outboxSummary(tx: Tx, now: number): OutboxSummary {
  const { oldestDueSeconds, paused } = outboxStanding(tx, now)
  return { counts: countLetters(tx), oldestDueSeconds, paused }
}

/** A letter queued again by staff has no attempts, and its creation may be long ago. */
const dueSince = sql`CASE WHEN ${outgoingMessages.attempts} = 0 THEN ${outgoingMessages.nextAttemptAt} ELSE ${outgoingMessages.createdAt} END`
