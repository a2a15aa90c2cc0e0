import { and, asc, count, desc, eq, exists, inArray, isNull, like, lt, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Db } from '../db/open.ts'
import { messages, reportedPages, staff, takedowns } from '../db/schema.ts'
import { phoneDigits } from './phone.ts'
import { endStatuses, type Status, statuses } from './statuses.ts'

export interface QueueQuery {
  readonly status: Status | 'open' | 'all'
  readonly search: string
  readonly sort: 'due' | 'received'
  /** From 1. */
  readonly page: number
  readonly assigneeId?: number | 'nobody'
  readonly overdueAt?: number
  /** The claimant had the last word. */
  readonly replied?: boolean
}

export interface QueueRow {
  readonly id: number
  readonly reference: string
  readonly claimantName: string
  readonly status: Status
  readonly receivedAt: number
  readonly dueAt: number
  readonly assigneeName: string | null
  readonly firstPage: string
  readonly pages: number
}

export const rowsPerPage = 50
export const openStatuses = statuses.filter((status) => !endStatuses.some((end) => end === status))

/** One page of the queue, and how many takedowns fit in all. */
export function readQueue(
  db: Db,
  query: QueueQuery,
  rows = rowsPerPage,
): { rows: QueueRow[]; total: number } {
  const fits = conditionOf(db, query)
  const firstPage = alias(reportedPages, 'first_page')
  // Of those due the same day, who asked first comes first.
  const order =
    query.sort === 'due'
      ? [asc(takedowns.dueAt), asc(takedowns.id)]
      : [desc(takedowns.receivedAt), desc(takedowns.id)]
  const found = db
    .select({
      id: takedowns.id,
      reference: takedowns.reference,
      claimantName: takedowns.claimantName,
      status: takedowns.status,
      receivedAt: takedowns.receivedAt,
      dueAt: takedowns.dueAt,
      assigneeName: staff.name,
      firstPage: firstPage.canonicalUrl,
      pages: sql<number>`(select count(*) from reported_pages where takedown_id = ${takedowns.id})`,
    })
    .from(takedowns)
    .innerJoin(firstPage, and(eq(firstPage.takedownId, takedowns.id), eq(firstPage.position, 0)))
    .leftJoin(staff, eq(staff.id, takedowns.assigneeId))
    .where(fits)
    .orderBy(...order)
    .limit(rows)
    .offset((query.page - 1) * rows)
    .all()
  const total = db.select({ total: count() }).from(takedowns).where(fits).get()?.total ?? 0
  return { rows: found, total }
}

export function countByStatus(db: Db): ReadonlyMap<Status, number> {
  const rows = db
    .select({ status: takedowns.status, total: count() })
    .from(takedowns)
    .groupBy(takedowns.status)
    .all()
  return new Map(rows.map((row) => [row.status, row.total]))
}

function conditionOf(db: Db, query: QueueQuery): SQL | undefined {
  const { status, search, assigneeId, overdueAt, replied } = query
  return and(
    status === 'open' ? inArray(takedowns.status, openStatuses) : undefined,
    status === 'open' || status === 'all' ? undefined : eq(takedowns.status, status),
    assigneeId === 'nobody' ? isNull(takedowns.assigneeId) : undefined,
    typeof assigneeId === 'number' ? eq(takedowns.assigneeId, assigneeId) : undefined,
    overdueAt === undefined ? undefined : and(lt(takedowns.dueAt, overdueAt), isNull(takedowns.waitingSince)),
    replied ? lastWordIsTheClaimants() : undefined,
    search === '' ? undefined : found(db, search),
  )
}

const lastWordIsTheClaimants = () =>
  sql`(select author from messages where takedown_id = ${takedowns.id} order by id desc limit 1) = 'claimant'`

function found(db: Db, search: string): SQL | undefined {
  const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`
  const holds = (column: Parameters<typeof like>[0]) => sql`${column} like ${pattern} escape '\\'`
  const digits = phoneDigits(search).replace(/^0+/, '')
  const pages = db
    .select({ one: sql`1` })
    .from(reportedPages)
    .where(
      and(
        eq(reportedPages.takedownId, takedowns.id),
        or(holds(reportedPages.reportedUrl), holds(reportedPages.canonicalUrl)),
      ),
    )
  const words = db
    .select({ one: sql`1` })
    .from(messages)
    .where(and(eq(messages.takedownId, takedowns.id), holds(messages.body)))
  return or(
    holds(takedowns.reference),
    holds(takedowns.claimantName),
    holds(takedowns.phoneTyped),
    holds(takedowns.email),
    holds(takedowns.statement),
    digits.length >= 4 ? like(takedowns.phoneE164, `%${digits}%`) : undefined,
    exists(pages),
    exists(words),
  )
}
