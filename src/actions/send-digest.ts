import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { digestLetter } from '../../views/letters/digest.ts'
import type { Db, Tx } from '../db/open.ts'
import { staff } from '../db/schema.ts'
import { enqueueLetter, outboxSummary } from '../outbox/store.ts'
import type { StaffAccount } from '../staff/accounts.ts'
import { isEmptyDigest, readDigest } from '../takedowns/digest.ts'
import { isWorkingMoment, localDayOf, localHourOf } from '../takedowns/working-time.ts'
import type { Office } from './office.ts'

/** A server that was down in the morning makes up for it so long; later, the letter would be of no use. */
const lateHours = 6

/** The accounts whose hour has come and who have had no digest on this working day yet. */
export function digestsDue(db: Db, office: Office, now: number): number[] {
  if (!isWorkingMoment(now, office.calendar)) return []
  return db
    .select()
    .from(staff)
    .where(and(isNull(staff.disabledAt), isNotNull(staff.digestHour)))
    .all()
    .filter((account) => isDue(account, office, now))
    .map(({ id }) => id)
}

function isDue({ digestHour, digestDay }: StaffAccount, { calendar }: Office, now: number): boolean {
  const hour = localHourOf(now, calendar.timeZone)
  return (
    digestHour !== null &&
    hour >= digestHour &&
    hour < digestHour + lateHours &&
    digestDay !== localDayOf(now, calendar.timeZone)
  )
}

/**
 * Queues one person's digest of this day, where something waits, and marks the day as done. Once per person and day,
 * whoever calls it and however often: the mark and the letter are of one transaction.
 */
export function sendDigest(db: Db, office: Office, staffId: number, now: number): 'queued' | 'nothing' {
  return db.transaction(
    (tx) => {
      const account = tx.select().from(staff).where(eq(staff.id, staffId)).get()
      if (!account || account.disabledAt !== null || !isDue(account, office, now)) return 'nothing'
      const day = localDayOf(now, office.calendar.timeZone)
      tx.update(staff).set({ digestDay: day }).where(eq(staff.id, staffId)).run()
      return queueDigest(tx, office, account, day, now)
    },
    { behavior: 'immediate' },
  )
}

function queueDigest(
  tx: Tx,
  office: Office,
  account: StaffAccount,
  day: string,
  now: number,
): 'queued' | 'nothing' {
  const digest = readDigest(tx, account, now, office.calendar)
  const { counts } = outboxSummary(tx, now)
  const mailProblems = counts.failed + counts.uncertain
  const heldLetters = counts.held
  if (isEmptyDigest(digest) && mailProblems === 0 && heldLetters === 0) return 'nothing'
  const { subject, text, html } = digestLetter({
    digest,
    mailProblems,
    heldLetters,
    reader: account,
    siteName: office.siteNames[account.locale],
    origin: office.origin,
    calendar: office.calendar,
    now,
  })
  enqueueLetter(tx, {
    takedownId: null,
    kind: 'digest',
    dedupeKey: `digest:${account.id}:${day}`,
    messageId: `<digest.${account.id}.${day}@${office.mailDomain}>`,
    rootMessageId: null,
    recipient: { name: account.name, address: account.email },
    replyTo: null,
    subject,
    text,
    html,
    attachedScreenshots: [],
    waitForCopiesUntil: null,
    now,
  })
  return 'queued'
}
