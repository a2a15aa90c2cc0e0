import { createHash } from 'node:crypto'
import type { Request, RequestHandler, Response } from 'express'
import { acceptTerms } from '../../actions/accept-terms.ts'
import { addClaimantMessage } from '../../actions/add-claimant-message.ts'
import { withdrawTakedown } from '../../actions/withdraw-takedown.ts'
import type { Locale } from '../../i18n/locales.ts'
import { Failure, failureOrThrow, unavailable } from '../../lib/failures.ts'
import type { Services } from '../../services.ts'
import type { Given } from '../../takedowns/asked-fields.ts'
import { type OpenTakedown, openByCookie, statusPath } from '../claimant-session.ts'
import { checkAsked, readAskedForm } from '../forms/asked-form.ts'
import { newFormKey } from '../forms/form-key.ts'
import { longestText, typedText } from '../forms/typed-text.ts'
import { uploadOf } from '../middleware/upload.ts'
import { gatherEvidence, heldBecause, keepForNextTry, keptFile, keptIfReadable } from './gather-evidence.ts'
import { miss, type StatusNotice, sendStatus } from './show-status.tsx'

type Act = (open: OpenTakedown, req: Request, res: Response) => Promise<void>

/** An act of the claimant: the takedown in the path, opened by the cookie; without it, the one answer to a miss. */
const withOpenTakedown =
  (services: Services, locale: Locale, act: Act): RequestHandler =>
  async (req, res) => {
    const open = openByCookie(services, req)
    if (!open) return miss(req, res, services, locale, String(req.params.reference ?? ''))
    await act(open, req, res)
  }

const backToStatus = (res: Response, locale: Locale, { takedown }: OpenTakedown, at = '') =>
  res.redirect(303, statusPath(locale, takedown.reference) + at)

/** POST .../messages: words, files, or both. Whatever is wrong, nothing typed or uploaded is lost. */
export const createMessage = (services: Services, locale: Locale) =>
  withOpenTakedown(services, locale, async (open, req, res) => {
    const { db, office, clock } = services
    const { reference } = open.takedown
    const { fields, files: uploads } = uploadOf(req)
    const body = typedText(fields.body?.[0])
    const asked = readAskedForm(fields, open.takedown.askedFields)
    const { given, errors: faults } = checkAsked(asked, siteNamed(services, locale))
    const messageKey = fields.submission?.[0] || newFormKey()
    // A form's files are found by its takedown too: a key that was guessed opens nobody else's.
    const formKey = digestOf([reference, messageKey])
    const ticked = fields.kept ?? []
    const gathered = await gatherEvidence(services, formKey, ticked, uploads).catch(failureOrThrow)
    const isStored = !(gathered instanceof Failure)
    const files = isStored ? gathered.files : keptIfReadable(services, formKey, ticked)
    const errors = isStored ? gathered.errors : []
    const sentFiles = isStored ? files.length : ticked.length + uploads.length
    const hold = (notice: StatusNotice, status: number, because?: Failure) => {
      const stay = keepForNextTry(services, formKey, files)
      const told = { ...notice, ...(because && { notice: heldBecause(because, sentFiles, stay) }) }
      const again = { ...told, body, asked, messageKey, kept: stay.map(keptFile) }
      sendStatus(res, services, locale, open, again, status)
    }
    const holdFor = (failure: Failure) => {
      const { status, retryAfter } = failure
      if (retryAfter !== undefined) res.set('Retry-After', String(retryAfter))
      hold({}, status, failure)
    }
    if (!isStored) return holdFor(gathered)
    const others = files.length + errors.length + Object.keys(asked).length
    const all = [...faults, ...bodyErrors(body, others), ...errors]
    if (all.length > 0) return hold({ errors: all }, 422)
    if (!(await services.disk.hasRoom())) return holdFor(unavailable())
    const key = messageKeyOf(reference, messageKey, body, files, given)
    const refusal = await services
      .commit(() => addClaimantMessage(db, office, reference, { key, body, files, given }, clock.now()))
      .then(() => null, failureOrThrow)
    if (refusal) return holdFor(refusal)
    services.copies.wake()
    services.outbox.wake()
    backToStatus(res, locale, open, '#history')
  })

const digestOf = (parts: unknown) => createHash('sha256').update(JSON.stringify(parts)).digest('hex')

/**
 * The same words and files sent twice with one form are one message. Other words under the same key are another
 * message: a browser that went back may have kept the key, and nothing that a claimant says is dropped.
 */
const messageKeyOf = (
  reference: string,
  formKey: string,
  body: string,
  files: readonly { sha256: string }[],
  given: Given,
): string => digestOf([reference, formKey, body, files.map((file) => file.sha256).sort(), given])

const siteNamed = ({ config }: Services, locale: Locale) => ({
  hosts: config.site.hosts,
  name: config.site.names[locale],
})

function bodyErrors(body: string, files: number): NonNullable<StatusNotice['errors']> {
  if (body === '' && files === 0) return [{ field: 'body', key: 'status.error.message.missing' }]
  if (body.length > longestText) return [{ field: 'body', key: 'status.error.message.tooLong' }]
  return []
}

/** POST .../withdrawal. A second click finds it withdrawn and shows that. */
export const createWithdrawal = (services: Services, locale: Locale) =>
  withOpenTakedown(services, locale, async (open, req, res) => {
    const { db, office, clock } = services
    if (uploadOf(req).fields.sure?.[0] !== 'yes') {
      const errors = [{ field: 'sure', key: 'status.error.withdrawal.unsure' }] as const
      return sendStatus(res, services, locale, open, { errors }, 422)
    }
    await services.commit(() => withdrawTakedown(db, office, open.takedown.reference, clock.now()))
    services.outbox.wake()
    backToStatus(res, locale, open)
  })

/** POST .../acceptance: the claimant agrees to what the page shows for one page. */
export const createAcceptance = (services: Services, locale: Locale) =>
  withOpenTakedown(services, locale, async (open, req, res) => {
    const { db, office, clock } = services
    const { fields } = uploadOf(req)
    const accepted = { pageId: Number(fields.page?.[0]), terms: typedText(fields.terms?.[0]) }
    const change = await services.commit(() =>
      acceptTerms(db, office, open.takedown.reference, accepted, clock.now()),
    )
    if (!change.ok) throw new Failure(409, 'error.stale')
    services.outbox.wake()
    backToStatus(res, locale, open)
  })
