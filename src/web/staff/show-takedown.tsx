import type { Request, RequestHandler, Response } from 'express'
import { TakedownPage, type TakedownPageProps } from '../../../views/staff/takedown-page.tsx'
import { originalHeaders } from '../../evidence/serve.ts'
import { notFound } from '../../lib/failures.ts'
import { lettersOf } from '../../outbox/store.ts'
import type { Services } from '../../services.ts'
import { mayAct } from '../../staff/accounts.ts'
import { readEvents } from '../../takedowns/events.ts'
import { parseReference } from '../../takedowns/reference.ts'
import { findByReference, readTakedownFile, screenshotsOf, type Takedown } from '../../takedowns/store.ts'
import { actionsFrom } from '../../takedowns/transitions.ts'
import { accountOf } from '../middleware/staff-session.ts'
import { sendPage } from '../page.ts'
import { sendSafeCopy, sendVerified } from '../public/show-file.ts'
import { deskOf } from './desk.ts'

/** The takedown in the path; 404 where there is none. */
export function takedownOf(req: Request, services: Services): Takedown {
  const reference = parseReference(String(req.params.reference ?? ''))
  const takedown = reference === null ? undefined : findByReference(services.db, reference)
  if (!takedown) throw notFound()
  return takedown
}

/** GET /staff/takedowns/{reference} */
export const showTakedown =
  (services: Services): RequestHandler =>
  (req, res) =>
    sendTakedown(req, res, services)

/** The page as it stands now, after an act that did not go through with what was typed. */
export function sendTakedown(
  req: Request,
  res: Response,
  services: Services,
  after: Pick<TakedownPageProps, 'notice' | 'errors' | 'typed'> = {},
  status = 200,
): void {
  const account = accountOf(req)
  const takedown = takedownOf(req, services)
  const desk = { ...deskOf(req, services), address: `/staff/takedowns/${takedown.reference}` }
  const page = (
    <TakedownPage
      desk={desk}
      file={readTakedownFile(services.db, takedown)}
      events={readEvents(services.db, takedown.id)}
      letters={lettersOf(services.db, takedown.id)}
      allowed={new Set(mayAct(account) ? actionsFrom(takedown.status) : [])}
      isMine={takedown.assigneeId === account.id}
      today={localDay(desk.now, desk.timeZone)}
      {...after}
    />
  )
  sendPage(res, account.locale, page, status)
}

/** YYYY-MM-DD of a moment by the publisher's calendar. */
export const localDay = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)

const shotOf = (req: Request, services: Services) => {
  const shots = screenshotsOf(services.db, takedownOf(req, services).id)
  const shot = shots.find((candidate) => String(candidate.id) === req.params.file)
  if (!shot) throw notFound()
  return shot
}

/** GET .../files/{id}: the safe copy. */
export const showEvidence =
  (services: Services): RequestHandler =>
  (req, res) =>
    sendSafeCopy(res, services, shotOf(req, services))

/** GET .../files/{id}/original: byte for byte as it came, only ever as a download. */
export const downloadOriginal =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const shot = shotOf(req, services)
    const opened = await services.evidence.openVerified(shot.sha256)
    if (!opened.ok) {
      services.logger.error({ screenshotId: shot.id, fault: opened.fault }, 'an original cannot be served')
      throw notFound()
    }
    await sendVerified(res, opened, originalHeaders(shot.fileName))
  }
