import { once } from 'node:events'
import type { RequestHandler, Response } from 'express'
import { translatorFor } from '../../i18n/translate.ts'
import type { Services } from '../../services.ts'
import { type QueueRow, readQueue } from '../../takedowns/queue.ts'
import { queueQueryOf, readQueueView } from '../../takedowns/queue-view.ts'
import { readableUrl } from '../../takedowns/readable-url.ts'
import { csvRow } from '../csv.ts'
import { accountOf } from '../middleware/staff-session.ts'

const rowsAtOnce = 500

/** GET /staff/takedowns.csv: a whole view, in its order, as it is read; times in UTC. */
export const exportQueue =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const { db, clock, config } = services
    const account = accountOf(req)
    const viewer = { id: account.id, now: clock.now(), calendar: config.calendar }
    const query = queueQueryOf(readQueueView({ ...req.query, page: undefined }), viewer)
    const t = translatorFor(account.locale)
    res.type('text/csv').attachment('takedowns.csv').set('Cache-Control', 'no-store')
    // The mark tells spreadsheets that it is UTF-8.
    res.write(`\ufeff${csvRow(columns.map((column) => t(`staff.queue.${column}`)))}`)
    let cursor = query.cursor ?? null
    do {
      const part = readQueue(db, { ...query, cursor }, rowsAtOnce)
      await write(
        res,
        part.rows.map((row) => csvRow(valuesOf(row, t(`common.status.${row.status}`)))).join(''),
      )
      cursor = part.next
    } while (cursor && !res.destroyed)
    res.end()
  }

const columns = ['reference', 'status', 'claimant', 'pages', 'due', 'assignee', 'sort.received'] as const

const valuesOf = (row: QueueRow, status: string): string[] => [
  row.reference,
  status,
  row.claimantName,
  row.firstPage === null ? '' : readableUrl(row.firstPage),
  row.nextDueAt === null ? '' : new Date(row.nextDueAt).toISOString(),
  row.assigneeName ?? '',
  new Date(row.receivedAt).toISOString(),
]

/** No further than the reader keeps up. */
async function write(res: Response, text: string): Promise<void> {
  if (res.write(text) || res.destroyed) return
  await Promise.race([once(res, 'drain'), once(res, 'close')])
}
