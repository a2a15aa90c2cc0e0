import type { Request, RequestHandler, Response } from 'express'
import { QueuePage } from '../../../views/staff/queue-page.tsx'
import { removeQueueView } from '../../actions/remove-queue-view.ts'
import { renameQueueView } from '../../actions/rename-queue-view.ts'
import { saveQueueView } from '../../actions/save-queue-view.ts'
import type { PlainKey } from '../../i18n/messages.ts'
import type { Services } from '../../services.ts'
import { mayAct, type StaffAccount } from '../../staff/accounts.ts'
import { colleagues } from '../../staff/colleagues.ts'
import { queueViewsOf } from '../../staff/queue-views.ts'
import { countByStatus, countQueue, readQueue } from '../../takedowns/queue.ts'
import {
  cursorText,
  queueHref,
  queueQueryOf,
  queueViewText,
  readQueueView,
} from '../../takedowns/queue-view.ts'
import { typedText } from '../forms/typed-text.ts'
import { accountOf } from '../middleware/staff-session.ts'
import { uploadOf } from '../middleware/upload.ts'
import { sendPage } from '../page.ts'
import { deskOf } from './desk.ts'

/** GET /staff/takedowns */
export const showQueue =
  (services: Services): RequestHandler =>
  (req, res) =>
    sendQueue(req, res, services, req.query)

/** The queue as it stands, after something that did not go through. */
export function sendQueue(
  req: Request,
  res: Response,
  services: Services,
  asked: unknown,
  {
    isNameMissing = false,
    bulkFault,
    status = 200,
  }: { isNameMissing?: boolean; bulkFault?: PlainKey; status?: number } = {},
) {
  const { db } = services
  const account = accountOf(req)
  const desk = deskOf(req, services)
  const view = readQueueView(asked)
  const query = queueQueryOf(view, { id: account.id, now: desk.now, calendar: desk.calendar })
  const { rows, next, previous } = readQueue(db, query)
  const page = (
    <QueuePage
      desk={{ ...desk, address: queueHref(view) }}
      view={view}
      rows={rows}
      total={countQueue(db, query)}
      next={next && cursorText(next)}
      previous={previous && cursorText(previous)}
      counts={countByStatus(db)}
      people={colleagues(db)}
      mayAct={mayAct(account)}
      {...(bulkFault && { bulkFault })}
      named={namedViews(services, account)}
      isNameMissing={isNameMissing}
    />
  )
  sendPage(res, account.locale, page, status)
}

const namedViews = ({ db }: Services, account: StaffAccount) =>
  queueViewsOf(db, account.id).map(({ id, name, query, staffId }) => ({
    id,
    name,
    query,
    isShared: staffId === null,
    isChangeable: staffId === account.id || mayAct(account),
  }))

const longestName = 80
const viewName = (typed: string | undefined) => typedText(typed).replace(/\s+/gu, ' ').slice(0, longestName)

/** A view that the person may rename or remove: their own, or everybody's for those who may act. */
const changeableView = ({ db }: Services, account: StaffAccount, id: unknown) =>
  queueViewsOf(db, account.id).find(
    (view) => String(view.id) === id && (view.staffId === account.id || mayAct(account)),
  )

/** POST /staff/views: the view shown gets a name. Only those who may act give one to everybody's. */
export const createView =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const { fields } = uploadOf(req)
    const account = accountOf(req)
    const asked = Object.fromEntries(new URLSearchParams(fields.query?.[0] ?? ''))
    const name = viewName(fields.name?.[0])
    if (name === '') return sendQueue(req, res, services, asked, { isNameMissing: true, status: 422 })
    const isShared = fields.shared?.[0] === 'yes' && mayAct(account)
    const view = readQueueView(asked)
    const saved = {
      name,
      query: queueViewText({ ...view, page: undefined }),
      staffId: isShared ? null : account.id,
    }
    await services.commit(() => saveQueueView(services.db, saved, services.clock.now()))
    res.redirect(303, queueHref(view))
  }

/** POST /staff/views/{id}/name: without a name nothing changes. */
export const createViewName =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const view = changeableView(services, accountOf(req), req.params.view)
    const name = viewName(uploadOf(req).fields.name?.[0])
    if (view && name !== '') await services.commit(() => renameQueueView(services.db, view, name))
    res.redirect(303, hrefOf(view))
  }

/** POST /staff/views/{id}/removal */
export const createViewRemoval =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const account = accountOf(req)
    const view = changeableView(services, account, req.params.view)
    if (view) await services.commit(() => removeQueueView(services.db, view.id, account.id))
    res.redirect(303, hrefOf(view))
  }

const hrefOf = (view: { query: string } | undefined) =>
  view ? `/staff/takedowns?${view.query}` : '/staff/takedowns'
