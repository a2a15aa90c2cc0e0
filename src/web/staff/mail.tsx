import type { Request, RequestHandler, Response } from 'express'
import { MailPage } from '../../../views/staff/mail-page.tsx'
import { confirmDeparture } from '../../actions/confirm-departure.ts'
import { requeueLetter } from '../../actions/requeue-letter.ts'
import { resumeMail } from '../../actions/resume-mail.ts'
import { Failure } from '../../lib/failures.ts'
import { lettersNeedingAttention } from '../../outbox/store.ts'
import type { Services } from '../../services.ts'
import { mayAct } from '../../staff/accounts.ts'
import { accountOf } from '../middleware/staff-session.ts'
import { uploadOf } from '../middleware/upload.ts'
import { sendPage } from '../page.ts'
import { deskOf } from './desk.ts'

/** GET /staff/mail */
export const showMail =
  (services: Services): RequestHandler =>
  (req, res) =>
    sendMail(req, res, services)

function sendMail(req: Request, res: Response, services: Services, refusedId?: number, status = 200) {
  const account = accountOf(req)
  const page = (
    <MailPage
      desk={{ ...deskOf(req, services), address: '/staff/mail' }}
      letters={lettersNeedingAttention(services.db)}
      isFiles={services.config.smtpUrl === null}
      mayAct={mayAct(account)}
      {...(refusedId !== undefined && { refusedId })}
    />
  )
  sendPage(res, account.locale, page, status)
}

/** POST /staff/mail/{id}/requeue: mend the address and queue again. */
export const createRequeue =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const id = Number(req.params.letter)
    const address = uploadOf(req).fields.address?.[0] ?? ''
    const actor = { kind: 'staff', id: accountOf(req).id } as const
    const now = services.clock.now()
    const result = await services.commit(() => requeueLetter(services.db, { id, address, actor, now }))
    if (!result.ok && result.refusal === 'address') return sendMail(req, res, services, id, 422)
    if (!result.ok) throw new Failure(409, 'error.stale')
    services.outbox.wake()
    res.redirect(303, '/staff/mail')
  }

/** POST /staff/mail/{id}/departure: a letter that a restored database holds had gone out. */
export const createDeparture =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const id = Number(req.params.letter)
    const actor = { kind: 'staff', id: accountOf(req).id } as const
    const now = services.clock.now()
    const isDone = await services.commit(() => confirmDeparture(services.db, id, actor, now))
    if (!isDone) throw new Failure(409, 'error.stale')
    res.redirect(303, '/staff/mail')
  }

/** POST /staff/mail/resumption: the credentials are mended. */
export const createResumption =
  (services: Services): RequestHandler =>
  async (_req, res) => {
    await services.commit(() => resumeMail(services.db))
    services.outbox.wake()
    res.redirect(303, '/staff/mail')
  }
