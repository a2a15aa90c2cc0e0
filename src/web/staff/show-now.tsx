import type { RequestHandler } from 'express'
import { type NowGroup, NowPage } from '../../../views/staff/now-page.tsx'
import type { Services } from '../../services.ts'
import { countQueue, readQueue } from '../../takedowns/queue.ts'
import { type QueueView, queueHref, queueQueryOf, readQueueView } from '../../takedowns/queue-view.ts'
import { accountOf } from '../middleware/staff-session.ts'
import { sendPage } from '../page.ts'
import { deskOf } from './desk.ts'

const shownAtOnce = 3

const views: Readonly<Record<NowGroup['name'], Partial<QueueView>>> = {
  overdue: { due: 'overdue' },
  unclaimed: { status: 'received', assignee: 'nobody' },
  replied: { status: 'all', replied: '1' },
  mailProblem: { status: 'all', mail: '1' },
  mine: { assignee: 'me', owed: '1' },
}
const names = ['overdue', 'unclaimed', 'replied', 'mailProblem', 'mine'] as const

/** GET /staff */
export const showNow =
  (services: Services): RequestHandler =>
  (req, res) => {
    const account = accountOf(req)
    const desk = deskOf(req, services)
    const groups = names.map((name): NowGroup => {
      const view = readQueueView(views[name])
      const query = queueQueryOf(view, { id: account.id, now: desk.now, calendar: desk.calendar })
      const { rows } = readQueue(services.db, query, shownAtOnce)
      return { name, rows, total: countQueue(services.db, query), href: queueHref(view) }
    })
    sendPage(res, account.locale, <NowPage desk={desk} groups={groups} />)
  }
