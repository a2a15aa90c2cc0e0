import { and, asc, desc, eq, inArray, isNotNull, ne, or, sql } from 'drizzle-orm'
import type { Db, Tx } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import { incomingMessages, mailboxCursors, mailboxEntries } from '../db/schema.ts'
import type { FoundMail } from './found.ts'

export type IncomingMail = typeof incomingMessages.$inferSelect
export type Standing = IncomingMail['standing']

/** Raw mail that is on disk under its hash. Times in milliseconds since the epoch. */
export interface RawMail {
  readonly sha256: string
  readonly bytes: number
  readonly door: IncomingMail['door']
  readonly takenInAt: number
}

/** Where in a mailbox a mail stands. */
export interface MailboxPlace {
  readonly mailbox: string
  readonly uidValidity: string
  readonly uid: number
}

/** The same bytes are one row, however often they come. A place in a mailbox is remembered with it, in one transaction. */
export function keepMail(db: Db, mail: RawMail, place: MailboxPlace | null, now: number): { isNew: boolean } {
  return db.transaction(
    (tx) => {
      const inserted = tx
        .insert(incomingMessages)
        .values({ ...mail, takenInAt: Math.min(mail.takenInAt, now), keptAt: now, standing: 'kept' })
        .onConflictDoNothing({ target: incomingMessages.sha256 })
        .returning({ id: incomingMessages.id })
        .get()
      if (place) {
        const id = inserted?.id ?? idOf(tx, mail.sha256)
        tx.insert(mailboxEntries)
          .values({ ...place, incomingId: id })
          .onConflictDoNothing()
          .run()
      }
      return { isNew: inserted !== undefined }
    },
    { behavior: 'immediate' },
  )
}

function idOf(tx: Tx, sha256: string): number {
  const row = tx
    .select({ id: incomingMessages.id })
    .from(incomingMessages)
    .where(eq(incomingMessages.sha256, sha256))
    .get()
  if (!row) throw new Error('kept mail is not there')
  return row.id
}

// --- the mailbox -------------------------------------------------------------------------------------------------

export interface Cursor {
  readonly uidValidity: string
  /** Everything up to this UID is kept. */
  readonly lastUid: number
  /** Older mail is of the time before this service. */
  readonly readsFrom: number
  readonly reconciledAt: number | null
}

export const cursorOf = (tx: Tx, mailbox: string): Cursor | undefined =>
  tx.select().from(mailboxCursors).where(eq(mailboxCursors.mailbox, mailbox)).get()

/** After everything up to `lastUid` was kept. */
export function moveCursor(tx: Tx, mailbox: string, cursor: Cursor, now: number): void {
  const row = { ...cursor, seenAt: now }
  tx.insert(mailboxCursors)
    .values({ mailbox, ...row })
    .onConflictDoUpdate({ target: mailboxCursors.mailbox, set: row })
    .run()
}

/** The mailbox answered. */
export function touchCursor(tx: Tx, mailbox: string, now: number): void {
  tx.update(mailboxCursors).set({ seenAt: now }).where(eq(mailboxCursors.mailbox, mailbox)).run()
}

/** When the mailbox last answered; null before the first time. */
export const mailboxSeenAt = (tx: Tx): number | null =>
  tx
    .select({ at: sql<number | null>`max(${mailboxCursors.seenAt})` })
    .from(mailboxCursors)
    .get()?.at ?? null

/** Of these UIDs, the ones that are kept already. */
export function keptUids(tx: Tx, mailbox: string, uidValidity: string, uids: readonly number[]): Set<number> {
  const known = new Set<number>()
  for (let from = 0; from < uids.length; from += 500) {
    const rows = tx
      .select({ uid: mailboxEntries.uid })
      .from(mailboxEntries)
      .where(
        and(
          eq(mailboxEntries.mailbox, mailbox),
          eq(mailboxEntries.uidValidity, uidValidity),
          inArray(mailboxEntries.uid, uids.slice(from, from + 500)),
        ),
      )
      .all()
    for (const { uid } of rows) known.add(uid)
  }
  return known
}

// --- reading -----------------------------------------------------------------------------------------------------

/** The next mail that nobody has read yet, in the order in which they were kept. */
export const nextUnread = (tx: Tx, passedOver: readonly number[] = []): IncomingMail | undefined =>
  tx
    .select()
    .from(incomingMessages)
    .where(
      and(
        eq(incomingMessages.standing, 'kept'),
        ...(passedOver.length > 0 ? [sql`${incomingMessages.id} NOT IN ${passedOver}`] : []),
      ),
    )
    .orderBy(asc(incomingMessages.id))
    .limit(1)
    .get()

/** Reading begins; answers how often it has been begun. Written before, because reading may end the process. */
export function beginReading(tx: Tx, id: number): number {
  const row = tx
    .update(incomingMessages)
    .set({ attempts: sql`${incomingMessages.attempts} + 1` })
    .where(eq(incomingMessages.id, id))
    .returning({ attempts: incomingMessages.attempts })
    .get()
  return row?.attempts ?? 0
}

/** Mails whose reading was begun and did not end. */
export const begunMails = (tx: Tx): Pick<IncomingMail, 'id' | 'attempts'>[] =>
  tx
    .select({ id: incomingMessages.id, attempts: incomingMessages.attempts })
    .from(incomingMessages)
    .where(and(eq(incomingMessages.standing, 'kept'), sql`${incomingMessages.attempts} > 0`))
    .all()

export const takeBackReading = (tx: Tx, id: number): void => {
  tx.update(incomingMessages)
    .set({ attempts: sql`${incomingMessages.attempts} - 1` })
    .where(eq(incomingMessages.id, id))
    .run()
}

export const findIncoming = (tx: Tx, id: number): IncomingMail | undefined =>
  tx.select().from(incomingMessages).where(eq(incomingMessages.id, id)).get()

/** What was understood of it; null where it was not or could not be read. */
export const foundOf = (mail: Pick<IncomingMail, 'found'>): FoundMail | null =>
  mail.found === null ? null : readFound(mail.found)

/** Every text of it changed, wherever it stands. */
export const mapTexts = (found: FoundMail, change: (text: string) => string): FoundMail =>
  readFound(JSON.stringify(found), (_name, value) => (typeof value === 'string' ? change(value) : value))

/** Written by this program alone, from the type. */
const readFound = (json: string, revive?: (name: string, value: unknown) => unknown): FoundMail =>
  JSON.parse(json, revive)

/** A mail that was settled before and is the same letter: the same header Message-ID, or none, and the same content. */
export const sameLetter = (
  tx: Tx,
  id: number,
  contentDigest: string,
  headerMessageId: string | null,
): IncomingMail | undefined =>
  tx
    .select()
    .from(incomingMessages)
    .where(
      and(
        ne(incomingMessages.id, id),
        eq(incomingMessages.contentDigest, contentDigest),
        ne(incomingMessages.standing, 'copy'),
        headerMessageId === null
          ? sql`1`
          : or(
              eq(incomingMessages.headerMessageId, headerMessageId),
              sql`${incomingMessages.headerMessageId} is null`,
            ),
      ),
    )
    .orderBy(asc(incomingMessages.id))
    .limit(1)
    .get()

/** Mail with one of these Message-IDs (without brackets) that belongs to a takedown, and to which. */
export const takedownOfMail = (tx: Tx, headerMessageIds: readonly string[]): number | null =>
  headerMessageIds.length === 0
    ? null
    : (tx
        .select({ takedownId: incomingMessages.takedownId })
        .from(incomingMessages)
        .where(
          and(
            inArray(incomingMessages.headerMessageId, [...headerMessageIds]),
            isNotNull(incomingMessages.takedownId),
          ),
        )
        .orderBy(desc(incomingMessages.id))
        .limit(1)
        .get()?.takedownId ?? null)

const dayMs = 86_400_000

/** How many mails of the last day a sender, or everybody (null), made takedowns with since `since`. */
export const takedownsBySince = (tx: Tx, senderAddress: string | null, since: number): number =>
  tx
    .select({ total: sql<number>`count(*)` })
    .from(incomingMessages)
    .where(
      and(
        eq(incomingMessages.standing, 'takedown'),
        sql`${incomingMessages.takenInAt} >= ${since - dayMs}`,
        // What lies further ahead was written before the clock was set back.
        sql`${incomingMessages.settledAt} BETWEEN ${since} AND ${since + 2 * dayMs}`,
        ...(senderAddress === null ? [] : [eq(incomingMessages.senderAddress, senderAddress)]),
      ),
    )
    .get()?.total ?? 0

/** Age of the oldest mail that is kept and not read; 0 when all is read. */
export function oldestUnreadSeconds(tx: Tx, now: number): number {
  const oldest = nextUnread(tx)
  return oldest ? Math.max(0, Math.floor((now - oldest.keptAt) / 1000)) : 0
}

/** Of a takedown, the mail that belongs to it, oldest first. */
export const mailOfTakedown = (tx: Tx, takedownId: number): IncomingMail[] =>
  tx
    .select()
    .from(incomingMessages)
    .where(eq(incomingMessages.takedownId, takedownId))
    .orderBy(asc(incomingMessages.id))
    .all()

/** Folds that the inbox page shows, each with its standings. `waiting` is what somebody must look at. */
export const folds = {
  waiting: ['unmatched', 'unreadable'],
  automatic: ['automatic', 'bounce', 'own', 'copy'],
  spam: ['spam'],
  notOurs: ['not_ours'],
  filed: ['takedown', 'reply', 'stranger', 'office'],
} as const satisfies Record<string, readonly Standing[]>
export type Fold = keyof typeof folds

const isNoCanary = sql`${incomingMessages.matchedBy} IS NOT 'canary'`

export function mailInFold(tx: Tx, fold: Fold, before: number | null, limit: number): IncomingMail[] {
  return tx
    .select()
    .from(incomingMessages)
    .where(
      and(
        inArray(incomingMessages.standing, [...folds[fold]]),
        isNoCanary,
        ...(before === null ? [] : [sql`${incomingMessages.id} < ${before}`]),
      ),
    )
    .orderBy(desc(incomingMessages.id))
    .limit(limit)
    .all()
}

/** How many mails wait for somebody to say where they belong. */
export const countWaiting = (tx: Tx): number => waitingQuery(tx).get()?.total ?? 0

const waitingQuery = prepared((tx) =>
  tx
    .select({ total: sql<number>`count(*)` })
    .from(incomingMessages)
    .where(inArray(incomingMessages.standing, [...folds.waiting]))
    .prepare(),
)

export function countFolds(tx: Tx): Record<Fold, number> & { unread: number } {
  const rows = tx
    .select({ standing: incomingMessages.standing, total: sql<number>`count(*)` })
    .from(incomingMessages)
    .where(isNoCanary)
    .groupBy(incomingMessages.standing)
    .all()
  const of = (standings: readonly Standing[]) =>
    rows.filter(({ standing }) => standings.includes(standing)).reduce((sum, { total }) => sum + total, 0)
  return {
    waiting: of(folds.waiting),
    automatic: of(folds.automatic),
    spam: of(folds.spam),
    notOurs: of(folds.notOurs),
    filed: of(folds.filed),
    unread: of(['kept']),
  }
}
