import { and, asc, count, eq, gte, isNotNull, isNull, lt, or, type SQL } from 'drizzle-orm'
import type { Tx } from '../db/open.ts'
import { staff, takedowns } from '../db/schema.ts'
import { endOfLocalDay, overdueBefore, type WorkingCalendar } from './working-time.ts'

const columns = {
  reference: takedowns.reference,
  status: takedowns.status,
  nextDueAt: takedowns.nextDueAt,
  waitingSince: takedowns.waitingSince,
  unansweredSince: takedowns.unansweredSince,
  receivedAt: takedowns.receivedAt,
  assigneeName: staff.name,
}

const select = (tx: Tx) =>
  tx.select(columns).from(takedowns).leftJoin(staff, eq(staff.id, takedowns.assigneeId))
export type DigestRow = ReturnType<ReturnType<typeof select>['all']>[number]

/** The first of them, and how many there are in all. */
export interface DigestPart {
  readonly rows: readonly DigestRow[]
  readonly total: number
}

export interface Digest {
  readonly overdue: DigestPart
  readonly dueToday: DigestPart
  /** Taken on by nobody, and not named above already. */
  readonly unclaimed: DigestPart
  readonly replied: DigestPart
  /** Overdue by more than one working day, whoever has it; empty for all but admins. */
  readonly escalated: DigestPart
}

const rowsShown = 8
const nothing: DigestPart = { rows: [], total: 0 }

/** What waits for one person this morning: what they have taken on, and what nobody has. */
export function readDigest(
  tx: Tx,
  reader: { id: number; role: 'admin' | 'editor' | 'viewer' },
  now: number,
  calendar: WorkingCalendar,
): Digest {
  const theirs = or(eq(takedowns.assigneeId, reader.id), isNull(takedowns.assigneeId))
  const tonight = endOfLocalDay(now, calendar.timeZone)
  const isAdmin = reader.role === 'admin'
  const escalatesBefore = overdueBefore(now, 1, calendar)
  const escalates = lt(takedowns.nextDueAt, escalatesBefore)
  // What escalates to admins is named there, once.
  const notNamedElsewhere = isAdmin ? gte(takedowns.nextDueAt, escalatesBefore) : undefined
  return {
    overdue: part(tx, and(theirs, lt(takedowns.nextDueAt, now), notNamedElsewhere), takedowns.nextDueAt),
    dueToday: part(
      tx,
      and(theirs, gte(takedowns.nextDueAt, now), lt(takedowns.nextDueAt, tonight)),
      takedowns.nextDueAt,
    ),
    unclaimed: part(
      tx,
      and(isNull(takedowns.assigneeId), eq(takedowns.status, 'received'), gte(takedowns.nextDueAt, tonight)),
      takedowns.nextDueAt,
    ),
    replied: part(tx, and(theirs, isNotNull(takedowns.unansweredSince)), takedowns.unansweredSince),
    escalated: isAdmin ? part(tx, escalates, takedowns.nextDueAt) : nothing,
  }
}

function part(
  tx: Tx,
  fits: SQL | undefined,
  order: typeof takedowns.nextDueAt | typeof takedowns.unansweredSince,
): DigestPart {
  const total = tx.select({ total: count() }).from(takedowns).where(fits).get()?.total ?? 0
  if (total === 0) return nothing
  return { total, rows: select(tx).where(fits).orderBy(asc(order), asc(takedowns.id)).limit(rowsShown).all() }
}

export const isEmptyDigest = (digest: Digest): boolean =>
  Object.values(digest).every((each: DigestPart) => each.total === 0)
