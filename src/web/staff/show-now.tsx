import type { RequestHandler } from 'express'
import { type NowGroup, NowPage } from '../../../views/staff/now-page.tsx'
import type { Services } from '../../services.ts'
import { type QueueQuery, readQueue } from '../../takedowns/queue.ts'
import { accountOf } from '../middleware/staff-session.ts'
import { sendPage } from '../page.ts'
import { deskOf } from './desk.ts'

const shownAtOnce = 3

/** GET /staff */
export const showNow =
  (services: Services): RequestHandler =>
  (req, res) => {
    const account = accountOf(req)
    const desk = deskOf(req, services)
    const group = (name: NowGroup['name'], part: Partial<QueueQuery>, view: string): NowGroup => {
      const query = { status: 'open', search: '', sort: 'due', page: 1, ...part } as const
      return { name, ...readQueue(services.db, query, shownAtOnce), href: `/staff/takedowns?${view}` }
    }
    const groups = [
      group('overdue', { overdueAt: desk.now }, 'status=open&overdue=1'),
      group('unclaimed', { assigneeId: 'nobody' }, 'status=open&assignee=nobody'),
      group('replied', { replied: true }, 'status=open&replied=1'),
      group('mine', { assigneeId: account.id }, 'status=open&assignee=me'),
    ]
    sendPage(res, account.locale, <NowPage desk={desk} groups={groups} />)
  }
