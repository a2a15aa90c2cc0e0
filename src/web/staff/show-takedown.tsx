import type { Request, RequestHandler, Response } from 'express'
import { TakedownPage, type TakedownPageProps } from '../../../views/staff/takedown-page.tsx'
import { isMediaType, nameByType } from '../../evidence/media-type.ts'
import { originalHeaders } from '../../evidence/serve.ts'
import type { Locale } from '../../i18n/locales.ts'
import { notFound } from '../../lib/failures.ts'
import { lettersOf } from '../../outbox/store.ts'
import type { Services } from '../../services.ts'
import { mayAct, maySeeMoney, type StaffAccount } from '../../staff/accounts.ts'
import { draftsOf } from '../../staff/drafts.ts'
import { listReplies } from '../../staff/replies.ts'
import { readEvents, type TakedownEvent } from '../../takedowns/events.ts'
import { withoutFee } from '../../takedowns/licence-terms.ts'
import { namedPendingAct } from '../../takedowns/pending-acts.ts'
import { parseReference } from '../../takedowns/reference.ts'
import { royaltyOf } from '../../takedowns/royalties.ts'
import { findByReference, readTakedownFile, screenshotsOf, type Takedown } from '../../takedowns/store.ts'
import { actionsFrom } from '../../takedowns/transitions.ts'
import { localDay } from '../forms/local-day.ts'
import { typedIn } from '../forms/outgoing-form.ts'
import { accountOf } from '../middleware/staff-session.ts'
import { sendPage } from '../page.ts'
import { sendSafeCopy, sendVerified } from '../public/show-file.ts'
import { caseworkOf } from './casework-of.ts'
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
  const file = readTakedownFile(services.db, takedown)
  const drafts = draftsOf(services.db, takedown.id, account.id)
  const pending = namedPendingAct(services.db, takedown.id)
  const casework = caseworkOf(req, res, services, file)
  const page = (
    <TakedownPage
      desk={desk}
      file={file}
      events={eventsFor(account, readEvents(services.db, takedown.id))}
      {...(maySeeMoney(account) && { royalty: { now: royaltyOf(services.db, takedown.id) } })}
      letters={lettersOf(services.db, takedown.id)}
      allowed={new Set(casework.mayAct && !pending ? actionsFrom(takedown.status) : [])}
      mayUndo={mayAct(account)}
      casework={casework}
      drafts={drafts}
      replies={repliesFor(services, takedown.locale)}
      {...(pending && { pending })}
      isMine={takedown.assigneeId === account.id}
      today={localDay(desk.now, desk.timeZone)}
      {...after}
      typed={{ ...typedIn(drafts, file.pages), ...after.typed }}
    />
  )
  sendPage(res, account.locale, page, status)
}

/** That money was spoken of is also for those alone who may see money. */
const eventsFor = (account: StaffAccount, events: readonly TakedownEvent[]) =>
  maySeeMoney(account) ? events : events.filter(({ type }) => type !== 'royalty_changed').map(unpriced)

const unpriced = (event: TakedownEvent): TakedownEvent =>
  event.type === 'terms_accepted'
    ? { ...event, detail: { ...event.detail, terms: withoutFee(event.detail.terms) } }
    : event

/** What the letter form offers. */
const repliesFor = ({ db }: Services, locale: Locale) =>
  listReplies(db).map(({ id, name, texts }) => ({ id, name, isThere: texts[locale] !== undefined }))

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
    const type = isMediaType(shot.mediaType) ? shot.mediaType : null
    await sendVerified(res, opened, originalHeaders(nameByType(shot.fileName, type)))
  }
