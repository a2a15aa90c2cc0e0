import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { Request, RequestHandler, Response } from 'express'
import { InboxPage } from '../../../views/staff/inbox-page.tsx'
import type { ShownMail } from '../../../views/staff/incoming-mail.tsx'
import { IncomingPage } from '../../../views/staff/incoming-page.tsx'
import { referenceOf } from '../../actions/mail-records.ts'
import { mailWithoutKeys } from '../../actions/mail-without-keys.ts'
import {
  bringBack,
  type ChosenAct,
  chooseForMail,
  chosenActOf,
  isOpen,
  undoChoice,
} from '../../actions/settle-mail.ts'
import { mediaTypeOf, nameByType } from '../../evidence/media-type.ts'
import { originalHeaders } from '../../evidence/serve.ts'
import {
  countFolds,
  type Fold,
  findIncoming,
  folds,
  foundOf,
  type IncomingMail,
  mailboxSeenAt,
  mailInFold,
} from '../../inbox/store.ts'
import { notFound } from '../../lib/failures.ts'
import type { Services } from '../../services.ts'
import { mayAct } from '../../staff/accounts.ts'
import { parseReference } from '../../takedowns/reference.ts'
import { accountOf } from '../middleware/staff-session.ts'
import { uploadOf } from '../middleware/upload.ts'
import { sendPage } from '../page.ts'
import { sendVerified } from '../public/show-file.ts'
import { deskOf } from './desk.ts'

const perPage = 50

/** Without access keys, which rows of older versions may hold. */
export function shownMail({ db }: Pick<Services, 'db'>, mail: IncomingMail): ShownMail {
  const read = foundOf(mail)
  const found = read && mailWithoutKeys(db, read, mail.takedownId)
  return {
    mail: found ? { ...mail, subject: found.subject, senderName: found.sender.name } : mail,
    found,
    reference: mail.takedownId === null ? null : referenceOf(db, mail.takedownId),
  }
}

const isFold = (value: unknown): value is Fold => typeof value === 'string' && Object.hasOwn(folds, value)

/** GET /staff/inbox */
export const showInbox =
  (services: Services): RequestHandler =>
  (req, res) => {
    const { db, config } = services
    const fold = isFold(req.query.fold) ? req.query.fold : 'waiting'
    const before = Number(req.query.before)
    const found = mailInFold(
      db,
      fold,
      Number.isSafeInteger(before) && before > 0 ? before : null,
      perPage + 1,
    )
    const mails = found.slice(0, perPage)
    const last = mails.at(-1)
    const older = found.length > perPage && last ? `/staff/inbox?fold=${fold}&before=${last.id}` : null
    const page = (
      <InboxPage
        desk={deskOf(req, services)}
        fold={fold}
        counts={countFolds(db)}
        mails={mails.map((mail) => shownMail(services, mail))}
        older={older}
        mailbox={{ isRead: config.imapUrl !== null, seenAt: mailboxSeenAt(db) }}
      />
    )
    sendPage(res, accountOf(req).locale, page)
  }

/** The mail in the path; 404 where there is none. */
function incomingOf(req: Request, { db }: Services): IncomingMail {
  const id = Number(req.params.mail)
  const mail = Number.isSafeInteger(id) ? findIncoming(db, id) : undefined
  if (!mail) throw notFound()
  return mail
}

/** GET /staff/inbox/{id} */
export const showIncoming =
  (services: Services): RequestHandler =>
  (req, res) =>
    sendIncoming(req, res, services)

function sendIncoming(
  req: Request,
  res: Response,
  services: Services,
  after: { typed?: string; isRefused?: boolean; isSettled?: boolean } = {},
  status = 200,
) {
  const account = accountOf(req)
  const mail = incomingOf(req, services)
  const shown = shownMail(services, mail)
  const chosen = chosenActOf(mail)
  const page = (
    <IncomingPage
      desk={{ ...deskOf(req, services), address: `/staff/inbox/${mail.id}` }}
      shown={shown}
      chosen={chosen && { act: chosen.act, reference: chosen.act === 'file' ? chosen.reference : null }}
      maySettle={mayAct(account) && isOpen(mail)}
      mayOpenRaw={mayAct(account)}
      typed={after.typed ?? shown.found?.references[0] ?? ''}
      isRefused={after.isRefused ?? false}
      isSettled={after.isSettled ?? false}
    />
  )
  sendPage(res, account.locale, page, status)
}

/** POST /staff/inbox/{id}/choice: where staff say that it belongs; it waits to be undone. */
export const createChoice =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const { db, clock, mailReading } = services
    const mail = incomingOf(req, services)
    const { fields } = uploadOf(req)
    const typed = fields.reference?.[0] ?? ''
    const act = fields.act?.[0]
    if (act === 'back') {
      await services.commit(() => bringBack(db, mail.id))
      return res.redirect(303, `/staff/inbox/${mail.id}`)
    }
    const chosen = choiceOf(act, typed, accountOf(req).id)
    if (!chosen) return sendIncoming(req, res, services, { typed, isRefused: true }, 422)
    const result = await services.commit(() => chooseForMail(db, mail.id, chosen, clock.now()))
    if (result === 'no_such_takedown')
      return sendIncoming(req, res, services, { typed, isRefused: true }, 422)
    if (result !== 'chosen') return sendIncoming(req, res, services, { typed, isSettled: true }, 409)
    mailReading.wake()
    res.redirect(303, `/staff/inbox/${mail.id}`)
  }

function choiceOf(act: string | undefined, typed: string, staffId: number): ChosenAct | null {
  if (act === 'make' || act === 'not_ours') return { act, staffId }
  const reference = act === 'file' ? parseReference(typed) : null
  return reference === null ? null : { act: 'file', reference, staffId }
}

/** POST /staff/inbox/{id}/undoing */
export const createUndoneChoice =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const mail = incomingOf(req, services)
    const isUndone = await services.commit(() => undoChoice(services.db, mail.id))
    if (!isUndone) return sendIncoming(req, res, services, { isSettled: true }, 409)
    res.redirect(303, `/staff/inbox/${mail.id}`)
  }

/**
 * GET /staff/inbox/{id}/raw: byte for byte as it came, only ever as a download. It may hold the key with which the
 * claimant acts: it is for those alone who act here themselves, and the log says whom it was given.
 */
export const downloadRaw =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const mail = incomingOf(req, services)
    logOpened(req, services, mail)
    const opened = await services.evidence.openVerified(mail.sha256)
    if (!opened.ok) {
      services.logger.error({ incoming: mail.id, fault: opened.fault }, 'a mail cannot be served')
      throw notFound()
    }
    await sendVerified(res, opened, originalHeaders(`mail-${mail.id}.eml`))
  }

const logOpened = (req: Request, { logger }: Services, { id }: IncomingMail) =>
  logger.info({ incoming: id, staff: accountOf(req).id }, 'mail_opened_raw')

/** GET /staff/inbox/{id}/files/{part}: a file of the mail, only ever as a download; for whom the mail is, for it may be one. */
export const downloadPart =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const mail = incomingOf(req, services)
    logOpened(req, services, mail)
    const part = Number(req.params.part)
    if (!Number.isSafeInteger(part) || part < 0) throw notFound()
    const file = await services.mailReader.extract(services.evidence.pathOf(mail.sha256), part)
    if (!file) throw notFound()
    try {
      const name = nameByType(file.fileName, mediaTypeOf(file.head))
      res.set({ ...originalHeaders(name), 'Content-Length': String(file.bytes) })
      await pipeline(createReadStream(file.path), res)
    } finally {
      await rm(file.path, { force: true })
    }
  }
