import type { RequestHandler } from 'express'
import { z } from 'zod'
import { QueuePage } from '../../../views/staff/queue-page.tsx'
import type { Services } from '../../services.ts'
import { countByStatus, type QueueQuery, readQueue, rowsPerPage } from '../../takedowns/queue.ts'
import { statuses } from '../../takedowns/statuses.ts'
import { accountOf } from '../middleware/staff-session.ts'
import { sendPage } from '../page.ts'
import { deskOf } from './desk.ts'

/** A view is its URL; what the URL says wrongly falls back to what the desk opens with. */
const view = z.object({
  status: z.enum([...statuses, 'open', 'all']).catch('open'),
  q: z.string().trim().max(200).catch(''),
  sort: z.enum(['due', 'received']).catch('due'),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
  assignee: z
    .union([z.enum(['me', 'nobody']), z.coerce.number().int().positive()])
    .optional()
    .catch(undefined),
  overdue: z.literal('1').optional().catch(undefined),
  replied: z.literal('1').optional().catch(undefined),
})
type View = z.infer<typeof view>

/** GET /staff/takedowns */
export const showQueue =
  (services: Services): RequestHandler =>
  (req, res) => {
    const account = accountOf(req)
    const desk = deskOf(req, services)
    const asked = view.parse(req.query)
    const query = queryOf(asked, account.id, desk.now)
    const { rows, total } = readQueue(services.db, query)
    const page = (
      <QueuePage
        desk={desk}
        query={query}
        rows={rows}
        total={total}
        pages={Math.max(1, Math.ceil(total / rowsPerPage))}
        counts={countByStatus(services.db)}
        href={(change) => hrefOf({ ...asked, ...change })}
      />
    )
    sendPage(res, account.locale, page)
  }

function queryOf(asked: View, me: number, now: number): QueueQuery {
  const { status, q, sort, page, assignee } = asked
  return {
    status,
    search: q,
    sort,
    page,
    ...(assignee !== undefined && { assigneeId: assignee === 'me' ? me : assignee }),
    ...(asked.overdue && { overdueAt: now }),
    ...(asked.replied && { replied: true }),
  }
}

function hrefOf(asked: View): string {
  const pairs = Object.entries(asked).flatMap(([name, value]): [string, string][] =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  )
  return `/staff/takedowns?${new URLSearchParams(pairs)}`
}
