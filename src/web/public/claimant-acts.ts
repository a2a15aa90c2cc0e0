import { createHash, randomUUID } from 'node:crypto'
import type { Request, RequestHandler, Response } from 'express'
import { acceptTerms } from '../../actions/accept-terms.ts'
import { addClaimantMessage } from '../../actions/add-claimant-message.ts'
import { withdrawTakedown } from '../../actions/withdraw-takedown.ts'
import { acceptUpload } from '../../evidence/accept-file.ts'
import type { Locale } from '../../i18n/locales.ts'
import { Failure, unavailable } from '../../lib/failures.ts'
import type { Services } from '../../services.ts'
import { type OpenTakedown, openByCookie, statusPath } from '../claimant-session.ts'
import { typedText } from '../forms/typed-text.ts'
import { uploadOf } from '../middleware/upload.ts'
import { miss, type StatusNotice, sendStatus } from './show-status.tsx'

type Act = (open: OpenTakedown, req: Request, res: Response) => Promise<void>

/** An act of the claimant: the takedown in the path, opened by the cookie; without it, the one answer to a miss. */
const withOpenTakedown =
  (services: Services, locale: Locale, act: Act): RequestHandler =>
  async (req, res) => {
    const open = openByCookie(services.db, req)
    if (!open) return miss(req, res, services, locale, String(req.params.reference ?? ''))
    await act(open, req, res)
  }

const backToStatus = (res: Response, locale: Locale, { takedown }: OpenTakedown, at = '') =>
  res.redirect(303, statusPath(locale, takedown.reference) + at)

const longestMessage = 10_000

/** POST .../messages: words, files, or both. */
export const createMessage = (services: Services, locale: Locale) =>
  withOpenTakedown(services, locale, async (open, req, res) => {
    const { db, office, clock, config } = services
    const { fields, files } = uploadOf(req)
    const body = typedText(fields.body?.[0])
    const shots = files.filter((file) => file.fieldName === 'screenshot')
    const results = await Promise.all(
      shots.map(async (shot) => ({ ...(await acceptUpload(shot, services)), fileName: shot.fileName })),
    )
    const accepted = results.flatMap((result) => (result.ok ? [result.file] : []))
    const errors = messageErrors(body, results, config.limits)
    if (errors.length > 0) return sendStatus(res, services, locale, open, { errors, body }, 422)
    if (!(await services.hasFreeSpace())) throw unavailable()
    const key = messageKeyOf(open.takedown.reference, fields.submission?.[0], body, accepted)
    await services.commit(() =>
      addClaimantMessage(db, office, open.takedown.reference, { key, body, files: accepted }, clock.now()),
    )
    services.copies.wake()
    services.outbox.wake()
    backToStatus(res, locale, open, '#history')
  })

/**
 * The same words and files sent twice with one form are one message. Other words under the same key are another
 * message: a browser that went back may have kept the key, and nothing that a claimant says is dropped.
 */
function messageKeyOf(
  reference: string,
  formKey: string | undefined,
  body: string,
  files: readonly { sha256: string }[],
): string {
  const hashes = files.map((file) => file.sha256).sort()
  const parts = [reference, formKey || randomUUID(), body, hashes]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

type Accepted = Awaited<ReturnType<typeof acceptUpload>> & { fileName: string }

function messageErrors(
  body: string,
  results: readonly Accepted[],
  limits: Services['config']['limits'],
): NonNullable<StatusNotice['errors']> {
  if (body === '' && results.length === 0) return [{ field: 'body', key: 'status.error.message.missing' }]
  if (body.length > longestMessage) return [{ field: 'body', key: 'status.error.message.tooLong' }]
  const max = `${limits.maxUploadBytes / 1024 / 1024} MB`
  return results.flatMap((result) => {
    if (result.ok) return []
    const key = `form.error.screenshot.${result.fault}` as const
    const params = result.fault === 'tooMany' ? { max: limits.maxFiles } : { file: result.fileName, max }
    return [{ field: 'screenshot' as const, key, params }]
  })
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
