import type { Request, RequestHandler, Response } from 'express'
import { MailPage, type RefusedAddress } from '../../../views/staff/mail-page.tsx'
import { confirmDeparture } from '../../actions/confirm-departure.ts'
import { requeueLetter } from '../../actions/requeue-letter.ts'
import { resumeMail } from '../../actions/resume-mail.ts'
import { type HeldOutcome, settleHeld } from '../../actions/settle-held.ts'
import { Failure } from '../../lib/failures.ts'
import { countHeld } from '../../outbox/held-letters.ts'
import { lettersNeedingAttention, partBefore } from '../../outbox/store.ts'
import type { Services } from '../../services.ts'
import { mayAct } from '../../staff/accounts.ts'
import { accountOf } from '../middleware/staff-session.ts'
import { uploadOf } from '../middleware/upload.ts'
import { sendPage } from '../page.ts'
import { deskOf } from './desk.ts'

const perPage = 50

/** GET /staff/mail?after={id of the last letter of the part before} */
export const showMail =
  (services: Services): RequestHandler =>
  (req, res) =>
    sendMail(req, res, services)

const afterOf = ({ query }: Request): number => {
  const after = Number(query.after)
  return Number.isSafeInteger(after) && after > 0 ? after : 0
}

const partAt = (after: number): string => (after === 0 ? '/staff/mail' : `/staff/mail?after=${after}`)

function sendMail(req: Request, res: Response, services: Services, refused?: RefusedAddress, status = 200) {
  const account = accountOf(req)
  const { db } = services
  const after = afterOf(req)
  const letters = lettersNeedingAttention(db, perPage + 1, after)
  // The last of this part was mended a moment ago.
  if (letters.length === 0 && after > 0) return res.redirect(303, '/staff/mail')
  const shown = letters.slice(0, perPage)
  const before = partBefore(db, perPage, after)
  const last = shown.at(-1)?.id ?? 0
  const page = (
    <MailPage
      desk={{ ...deskOf(req, services), address: partAt(after) }}
      letters={shown}
      held={countHeld(db)}
      after={after}
      previous={before === null ? null : partAt(before)}
      next={letters.length > perPage ? partAt(last) : null}
      isFiles={services.config.smtpUrl === null}
      mayAct={mayAct(account)}
      {...(refused && { refused })}
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
    if (!result.ok && result.refusal === 'address')
      return sendMail(req, res, services, { letterId: id, typed: address }, 422)
    if (!result.ok) throw new Failure(409, 'error.stale')
    services.outbox.wake()
    res.redirect(303, partAt(afterOf(req)))
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
    res.redirect(303, partAt(afterOf(req)))
  }

/** POST /staff/mail/departures and /staff/mail/requeues: all letters that a restored database holds. */
export const settleAllHeld =
  (services: Services, outcome: HeldOutcome): RequestHandler =>
  async (req, res) => {
    const actor = { kind: 'staff', id: accountOf(req).id } as const
    const now = services.clock.now()
    const settled = await services.commit(() => settleHeld(services.db, outcome, actor, now))
    if (settled === 0) throw new Failure(409, 'error.stale')
    services.outbox.wake()
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
