import { z } from 'zod'
import { locales } from '../i18n/locales.ts'
import type { Cursor, QueueQuery } from './queue.ts'
import { queueSorts } from './queue-sorts.ts'
import { statuses } from './statuses.ts'
import { endOfLocalDay, type WorkingCalendar } from './working-time.ts'

export const dueFilters = ['overdue', 'today', 'week'] as const

/** A view of the queue is its URL; what the URL says wrongly falls back to what the desk opens with. */
const view = z.object({
  status: z.enum([...statuses, 'open', 'all']).catch('open'),
  q: z.string().trim().max(200).catch(''),
  sort: z.enum(queueSorts).catch('due'),
  assignee: z
    .union([z.enum(['me', 'nobody']), z.coerce.number().int().positive()])
    .optional()
    .catch(undefined),
  due: z.enum(dueFilters).optional().catch(undefined),
  at: z.string().trim().max(500).optional().catch(undefined),
  replied: z.literal('1').optional().catch(undefined),
  mail: z.literal('1').optional().catch(undefined),
  owed: z.literal('1').optional().catch(undefined),
  lang: z.enum(locales).optional().catch(undefined),
  /** Where the part begins: `after-{key}-{id}` or `before-{key}-{id}`; the beginning without it. */
  page: z
    .string()
    .regex(/^(after|before)-\d{1,16}-\d{1,15}$/)
    .optional()
    .catch(undefined),
})
export type QueueView = z.infer<typeof view>

export const readQueueView = (query: unknown): QueueView => view.parse(query)

/** The view as the query of a URL, without what is empty. */
export function queueViewText(asked: Partial<QueueView>): string {
  const pairs = Object.entries(asked).flatMap(([name, value]): [string, string][] =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  )
  return new URLSearchParams(pairs).toString()
}

export const queueHref = (asked: Partial<QueueView>): string => `/staff/takedowns?${queueViewText(asked)}`

export const cursorText = ({ direction, key, id }: Cursor): string => `${direction}-${key}-${id}`

function cursorOf(text: string | undefined): Cursor | null {
  const [direction, key, id] = text?.split('-') ?? []
  if (direction !== 'after' && direction !== 'before') return null
  return { direction, key: Number(key), id: Number(id) }
}

export interface Viewer {
  readonly id: number
  readonly now: number
  readonly calendar: WorkingCalendar
}

export function queueQueryOf(asked: QueueView, viewer: Viewer): QueueQuery {
  const { status, q, sort, assignee, due, at, lang } = asked
  return {
    status,
    search: q,
    sort,
    cursor: cursorOf(asked.page),
    ...(assignee !== undefined && { assigneeId: assignee === 'me' ? viewer.id : assignee }),
    ...(due && { dueBefore: dueBeforeOf(due, viewer) }),
    ...(at && { address: at }),
    ...(asked.replied && { isUnanswered: true }),
    ...(asked.mail && { hasMailProblem: true }),
    ...(asked.owed && { isOwed: true }),
    ...(lang && { locale: lang }),
  }
}

const weekMs = 7 * 24 * 3_600_000

function dueBeforeOf(due: (typeof dueFilters)[number], { now, calendar }: Viewer): number {
  if (due === 'overdue') return now
  return due === 'week' ? now + weekMs : endOfLocalDay(now, calendar.timeZone)
}
