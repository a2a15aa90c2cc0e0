import {
  type AnyColumn,
  and,
  asc,
  desc,
  eq,
  gt,
  inArray,
  isNull,
  lt,
  max,
  min,
  or,
  type SQL,
  sql,
  sum,
} from 'drizzle-orm'
import type { Tx } from '../db/open.ts'
import { staff, takedownCounts, takedowns } from '../db/schema.ts'
import type { Locale } from '../i18n/locales.ts'
import type { QueueSort } from './queue-sorts.ts'
import { addressQuery, searchTerms } from './search-text.ts'
import { endStatuses, type Status, statuses } from './statuses.ts'

/** What a view of the queue shows. Everything given must fit. */
export interface QueueFilter {
  readonly status: Status | 'open' | 'all'
  /** As typed. */
  readonly search: string
  readonly assigneeId?: number | 'nobody'
  /** Owed before this moment. */
  readonly dueBefore?: number
  /** The office owes something: it does not wait for the claimant and has not ended. */
  readonly isOwed?: boolean
  /** A host or a part of an address, as typed. */
  readonly address?: string
  /** Words of the claimant wait for an answer. */
  readonly isUnanswered?: boolean
  /** A letter of it was not accepted by the mail server, or nobody knows whether it was. */
  readonly hasMailProblem?: boolean
  readonly locale?: Locale
}

/** A place between two rows: stays where it is, whatever comes and goes elsewhere. */
export interface Cursor {
  readonly direction: 'after' | 'before'
  readonly key: number
  readonly id: number
}

export interface QueueQuery extends QueueFilter {
  readonly sort: QueueSort
  readonly cursor?: Cursor | null
}

export interface QueueRow {
  readonly id: number
  readonly reference: string
  readonly claimantName: string
  readonly status: Status
  readonly locale: Locale
  readonly receivedAt: number
  readonly dueAt: number
  readonly nextDueAt: number | null
  readonly waitingSince: number | null
  readonly unansweredSince: number | null
  readonly lastEventAt: number
  readonly version: number
  readonly assigneeName: string | null
  /** Null where a mail named none. */
  readonly firstPage: string | null
  readonly pages: number
}

export interface QueuePart {
  readonly rows: readonly QueueRow[]
  /** Where the next and the previous part begin; null where there is none. */
  readonly next: Cursor | null
  readonly previous: Cursor | null
}

export const rowsPerPage = 50
export const openStatuses = statuses.filter((status) => !endStatuses.some((end) => end === status))

/** Ranks of `takedowns.dueRank` below these (the column's comment says how it is made). */
const owedBelow = 5_000_000_000_000_000
const openBelow = 8_500_000_000_000_000

const orders: Readonly<Record<QueueSort, { column: AnyColumn; isDescending: boolean }>> = {
  due: { column: takedowns.dueRank, isDescending: false },
  received: { column: takedowns.receivedAt, isDescending: true },
  event: { column: takedowns.lastEventAt, isDescending: true },
}

/** One part of the queue. It costs the same wherever it begins. */
export function readQueue(tx: Tx, query: QueueQuery, most = rowsPerPage): QueuePart {
  const { column, isDescending } = orders[query.sort]
  const isBackwards = query.cursor?.direction === 'before'
  const towards = isDescending !== isBackwards ? desc : asc
  const found = tx
    .select({
      id: takedowns.id,
      reference: takedowns.reference,
      claimantName: takedowns.claimantName,
      status: takedowns.status,
      locale: takedowns.locale,
      receivedAt: takedowns.receivedAt,
      dueAt: takedowns.dueAt,
      nextDueAt: takedowns.nextDueAt,
      waitingSince: takedowns.waitingSince,
      unansweredSince: takedowns.unansweredSince,
      lastEventAt: takedowns.lastEventAt,
      version: takedowns.version,
      assigneeName: staff.name,
      // Not joined: SQLite would walk the pages and sort, instead of walking the takedowns in their order.
      firstPage: sql<
        string | null
      >`(select canonical_url from reported_pages where takedown_id = ${takedowns.id} and position = 0)`,
      pages: sql<number>`(select count(*) from reported_pages where takedown_id = ${takedowns.id})`,
      key: sql<number>`${column}`,
    })
    .from(takedowns)
    .leftJoin(staff, eq(staff.id, takedowns.assigneeId))
    .where(and(conditionOf(tx, query), query.cursor ? beyond(query.cursor, column, isDescending) : undefined))
    .orderBy(towards(column), towards(takedowns.id))
    // One more than is shown tells whether there is more.
    .limit(most + 1)
    .all()
  const shown = found.slice(0, most)
  if (isBackwards) shown.reverse()
  return { rows: shown, ...cursorsOf(shown, query.cursor ?? null, found.length > most) }
}

/** In the order of the queue, and of two with one key the one that came first. */
function beyond({ direction, key, id }: Cursor, column: AnyColumn, isDescending: boolean): SQL | undefined {
  const further = (direction === 'after') === isDescending ? lt : gt
  return or(further(column, key), and(eq(column, key), further(takedowns.id, id)))
}

function cursorsOf(
  shown: readonly { key: number; id: number }[],
  cursor: Cursor | null,
  hasMore: boolean,
): Pick<QueuePart, 'next' | 'previous'> {
  const [first, last] = [shown[0], shown.at(-1)]
  const isBackwards = cursor?.direction === 'before'
  const hasNext = isBackwards || hasMore
  const hasPrevious = isBackwards ? hasMore : cursor !== null
  return {
    next: hasNext && last ? { direction: 'after', key: last.key, id: last.id } : null,
    previous: hasPrevious && first ? { direction: 'before', key: first.key, id: first.id } : null,
  }
}

/** How many takedowns fit, exactly. */
export function countQueue(tx: Tx, filter: QueueFilter): number {
  if (isCounted(filter)) return countedTotal(tx, filter)
  const counted = tx
    .select({ total: sql<number>`count(*)` })
    .from(takedowns)
    .where(conditionOf(tx, filter))
    .get()
  return counted?.total ?? 0
}

/** The takedowns of a view, in its order: for what is done with many at once. */
export function readQueueIds(tx: Tx, filter: QueueFilter, most: number): number[] {
  const rows = tx
    .select({ id: takedowns.id })
    .from(takedowns)
    .where(conditionOf(tx, filter))
    .orderBy(asc(takedowns.dueRank), asc(takedowns.id))
    .limit(most)
    .all()
  return rows.map(({ id }) => id)
}

export function countByStatus(tx: Tx): ReadonlyMap<Status, number> {
  const rows = tx
    .select({ status: takedownCounts.status, total: sql<number>`sum(${takedownCounts.total})` })
    .from(takedownCounts)
    .groupBy(takedownCounts.status)
    .all()
  return new Map(rows.filter(({ total }) => total > 0).map(({ status, total }) => [status, total]))
}

/** Of each open status, when its oldest takedown was received. */
export const oldestByStatus = (tx: Tx): ReadonlyMap<Status, number> =>
  new Map(
    watchedStatuses.flatMap((status): [Status, number][] => {
      const oldest = tx.select({ at: min(takedowns.receivedAt) }).from(takedowns)
      const at = oldest.where(eq(takedowns.status, status)).get()?.at ?? null
      return at === null ? [] : [[status, at]]
    }),
  )

const watchedStatuses = ['received', 'in_review', 'awaiting_claimant', 'decided'] as const

/** Takedowns whose next step should have been done by now, and since when the first of them. */
export function overdue(tx: Tx, now: number): { total: number; since: number | null } {
  const found = tx
    .select({ total: sql<number>`count(*)`, since: min(takedowns.dueRank) })
    .from(takedowns)
    .where(lt(takedowns.dueRank, now))
    .get()
  return { total: found?.total ?? 0, since: found?.since ?? null }
}

/** When anything last happened to a takedown. */
export const newestEventAt = (tx: Tx): number | null =>
  tx
    .select({ at: max(takedowns.lastEventAt) })
    .from(takedowns)
    .get()?.at ?? null

/** Triggers keep counts by status, assignee and language, and by nothing else. */
const isCounted = (filter: QueueFilter): boolean =>
  filter.search === '' &&
  filter.dueBefore === undefined &&
  !filter.address &&
  !filter.isOwed &&
  !filter.isUnanswered &&
  !filter.hasMailProblem

function countedTotal(tx: Tx, { status, assigneeId, locale }: QueueFilter): number {
  const counted = tx
    .select({ total: sum(takedownCounts.total) })
    .from(takedownCounts)
    .where(
      and(
        status === 'all'
          ? undefined
          : inArray(takedownCounts.status, status === 'open' ? openStatuses : [status]),
        assigneeId === undefined
          ? undefined
          : eq(takedownCounts.assigneeId, assigneeId === 'nobody' ? 0 : assigneeId),
        locale ? eq(takedownCounts.locale, locale) : undefined,
      ),
    )
    .get()
  return Number(counted?.total ?? 0)
}

function conditionOf(tx: Tx, filter: QueueFilter): SQL | undefined {
  const { status, search, assigneeId, dueBefore, isOwed, address, isUnanswered, hasMailProblem, locale } =
    filter
  return and(
    status === 'open' ? lt(takedowns.dueRank, openBelow) : undefined,
    status === 'open' || status === 'all' ? undefined : eq(takedowns.status, status),
    assigneeId === 'nobody' ? isNull(takedowns.assigneeId) : undefined,
    typeof assigneeId === 'number' ? eq(takedowns.assigneeId, assigneeId) : undefined,
    dueBefore === undefined ? undefined : lt(takedowns.dueRank, dueBefore),
    isOwed ? lt(takedowns.dueRank, owedBelow) : undefined,
    isUnanswered ? unanswered() : undefined,
    hasMailProblem ? withMailProblem() : undefined,
    locale ? eq(takedowns.locale, locale) : undefined,
    address ? atAddress(tx, address) : undefined,
    search === '' ? undefined : found(tx, search),
  )
}

/** Named by their ids, which keeps SQLite from walking the whole queue in its order to find the few. */
const unanswered = () => sql`${takedowns.id} in (select id from takedowns where unanswered_since is not null)`

/** The index `outgoing_stuck` holds just these. */
const withMailProblem = () =>
  sql`${takedowns.id} in (select takedown_id from outgoing_messages where state in ('failed', 'uncertain'))`

const nothing = sql`false`

function atAddress(tx: Tx, typed: string): SQL {
  const query = addressQuery(typed)
  return query === null ? nothing : among(tx, [inFragments(query)])
}

function found(tx: Tx, search: string): SQL | undefined {
  const terms = searchTerms(search)
  if (terms.length === 0) return nothing
  return and(
    ...terms.map(({ fragment, word }) =>
      among(tx, [
        ...(fragment === null ? [] : [inFragments(fragment)]),
        ...(word === null ? [] : [inWords(word)]),
      ]),
    ),
  )
}

const inFragments = (query: string) =>
  sql`select rowid from search_fragments where search_fragments match ${query}`
const inWords = (query: string) => sql`select rowid from search_words where search_words match ${query}`

const mostLookedUp = 5000

/**
 * Takedowns of any of the lists. Of short lists SQLite looks each up and sorts them. Where it did so with a list of
 * nearly all, it would take longer than walking the queue in its order, which the `+` makes it do.
 */
function among(tx: Tx, lists: readonly SQL[]): SQL {
  const isLong = lists.some((list) => lengthOf(tx, list) > mostLookedUp)
  return sql`${isLong ? sql`+` : sql``}${takedowns.id} in (${sql.join([...lists], sql` union `)})`
}

/** Counted no further than it matters. */
const lengthOf = (tx: Tx, list: SQL): number =>
  tx.get<{ total: number }>(sql`select count(*) as total from (${list} limit ${mostLookedUp + 1})`).total
