import { timingSafeEqual } from 'node:crypto'
import { rm } from 'node:fs/promises'
import type { Request, RequestHandler, Response } from 'express'
import { FormAlreadySentPage } from '../../../views/public/form-already-sent-page.tsx'
import type { FormError } from '../../../views/public/form-model.ts'
import { rehearseSubmission } from '../../actions/canaries.ts'
import { statusUrl } from '../../actions/office.ts'
import {
  type EvidenceFile,
  findSubmitted,
  type Submission,
  type SubmitResult,
  submitTakedown,
} from '../../actions/submit-takedown.ts'
import { whenNotBusy } from '../../db/busy.ts'
import type { Locale } from '../../i18n/locales.ts'
import { canaryHeader } from '../../lib/canary-header.ts'
import { Failure, failureOrThrow, unavailable } from '../../lib/failures.ts'
import type { Services } from '../../services.ts'
import { newFormKey } from '../forms/form-key.ts'
import {
  type Claim,
  checkTypedForm,
  mostPages,
  readTypedForm,
  type TypedForm,
} from '../forms/takedown-form.ts'
import { clientKey } from '../middleware/client-address.ts'
import { type UploadedFile, uploadOf } from '../middleware/upload.ts'
import { sendPage, siteOf, wantsJson } from '../page.ts'
import { privacyVersion } from '../privacy-version.ts'
import { sendForm } from './form-answer.tsx'
import { gatherEvidence, heldBecause, keepForNextTry, keptFile, keptIfReadable } from './gather-evidence.ts'
import { sendErrorsAsJson, sendTakedownAsJson } from './json-answer.ts'

/** Sooner than this after the form was served, a person has hardly filled it in; it only marks. */
const tooFastMs = 3000

interface Attempt {
  services: Services
  locale: Locale
  req: Request
  res: Response
  typed: TypedForm
}

/** POST /{locale}/takedowns: the form comes in. Whatever is wrong, nothing typed or uploaded is lost. */
export const createTakedown =
  (services: Services, locale: Locale): RequestHandler =>
  async (req, res) => {
    const { fields, files } = uploadOf(req)
    const attempt: Attempt = { services, locale, req, res, typed: readTypedForm(fields) }
    const shots = files.filter((file) => file.fieldName === 'screenshot')
    const checked = checkTypedForm(attempt.typed.values, {
      hosts: services.config.site.hosts,
      name: services.config.site.names[locale],
    })
    const isSending = !['switch-language', 'add-page'].includes(attempt.typed.intent)
    const holdAll = (failure: Failure) => {
      const { kept, submission } = attempt.typed
      hold(attempt, keptIfReadable(services, submission, kept), failure, kept.length + shots.length)
    }
    const isAnswered =
      isSending &&
      checked.ok &&
      (await whenNotBusy(() => answerAsBefore(attempt, checked.value, shots)).catch(failureOrThrow))
    if (isAnswered instanceof Failure) return holdAll(isAnswered)
    if (isAnswered) return
    const evidence = await evidenceOf(attempt, shots).catch(failureOrThrow)
    if (evidence instanceof Failure) return holdAll(evidence)
    if (!isSending) return showAgain(attempt, evidence)
    const errors = [...(checked.ok ? [] : checked.errors), ...evidence.errors]
    if (!checked.ok || errors.length > 0) return refuse(attempt, evidence.files, inFormOrder(errors))
    await submit(attempt, checked.value, evidence.files)
  }

// --- the same submission again --------------------------------------------------------------------------------

/** A submission that was taken before is answered before any image is looked at. True when it was. */
function answerAsBefore(attempt: Attempt, claim: Claim, shots: readonly UploadedFile[]): boolean {
  const { services, typed } = attempt
  const hashes = new Set([
    ...shots.filter(({ fault }) => fault === null || fault === 'notStored').map((shot) => shot.sha256),
    ...typed.kept,
  ])
  const known = findSubmitted(services.db, services.office, submissionOf(attempt, claim), [...hashes])
  if (known?.kind !== 'repeated') return false
  answer(attempt, known)
  return true
}

function submissionOf({ services, locale, typed }: Attempt, claim: Claim): Submission {
  return {
    ...claim,
    key: typed.submission,
    source: 'form',
    locale,
    privacyVersion,
    suspicion: suspicionOf(typed, services.clock.now()),
  }
}

function suspicionOf(typed: TypedForm, now: number): Submission['suspicion'] {
  if (typed.honeypot !== '') return 'honeypot'
  return typed.started !== null && now - typed.started < tooFastMs ? 'too_fast' : null
}

// --- evidence -------------------------------------------------------------------------------------------------

interface Evidence {
  readonly files: readonly EvidenceFile[]
  readonly errors: readonly FormError[]
}

async function evidenceOf({ services, typed }: Attempt, shots: readonly UploadedFile[]): Promise<Evidence> {
  const { files, errors } = await gatherEvidence(services, typed.submission, typed.kept, shots)
  const isMissing = files.length === 0 && errors.length === 0
  return {
    files,
    errors: isMissing ? [{ field: 'screenshot', key: 'form.error.screenshot.missing' }] : errors,
  }
}

const order = ['name', 'phone', 'screenshot', 'page', 'email', 'statement', 'capacity']
const inFormOrder = (errors: readonly FormError[]) =>
  [...errors].sort((a, b) => order.indexOf(a.field) - order.indexOf(b.field))

// --- not yet --------------------------------------------------------------------------------------------------

function showAgain(attempt: Attempt, { files, errors }: Evidence): void {
  const { services, res, locale, typed } = attempt
  const real = errors.filter((error) => error.key !== 'form.error.screenshot.missing')
  const kept = keep(attempt, files)
  const isMore = typed.intent === 'add-page' && typed.values.pages.length < mostPages
  const pages = isMore ? [...typed.values.pages, ''] : typed.values.pages
  const values = { ...typed.values, pages }
  sendForm(res, services, locale, { ...typed, values }, { kept: kept.map(keptFile), errors: real })
}

function refuse(attempt: Attempt, files: readonly EvidenceFile[], errors: FormError[]): void {
  const { services, req, res, locale, typed } = attempt
  const kept = keep(attempt, files)
  if (wantsJson(req)) sendErrorsAsJson(res, locale, errors)
  else sendForm(res, services, locale, typed, { kept: kept.map(keptFile), errors }, 422)
}

/**
 * The form again with a notice above it: a limit, a full disk. What was typed stays with it, and what was uploaded;
 * of the `given` files those that the disk did not take must be chosen again.
 */
function hold(
  attempt: Attempt,
  files: readonly EvidenceFile[],
  failure: Failure,
  given = files.length,
): void {
  const { services, req, res, locale, typed } = attempt
  const kept = keep(attempt, files)
  if (wantsJson(req)) throw failure
  if (failure.cause) services.logger.warn({ err: failure.cause, status: failure.status }, 'unavailable')
  if (failure.retryAfter !== undefined) res.set('Retry-After', String(failure.retryAfter))
  const notice = { key: heldBecause(failure, given, kept) }
  sendForm(res, services, locale, typed, { kept: kept.map(keptFile), errors: [], notice }, failure.status)
}

const keep = ({ services, typed }: Attempt, files: readonly EvidenceFile[]) =>
  keepForNextTry(services, typed.submission, files)

// --- taken ----------------------------------------------------------------------------------------------------

async function submit(attempt: Attempt, claim: Claim, files: readonly EvidenceFile[]): Promise<void> {
  const { services } = attempt
  const held = await whatHolds(attempt)
  if (held) return hold(attempt, files, held)
  const { db, commit, office, clock, outbox, copies } = services
  const submission = submissionOf(attempt, claim)
  if (isCanary(attempt)) {
    await commit(() => rehearseSubmission(db, office, submission, files, clock.now()))
    for (const { sha256 } of files) await rm(services.evidence.pathOf(sha256), { force: true })
    return void attempt.res.status(204).end()
  }
  const result = await commit(() => submitTakedown(db, office, submission, files, clock.now())).catch(
    failureOrThrow,
  )
  if (result instanceof Failure || result.kind !== 'created') await giveBack(attempt)
  if (result instanceof Failure) return hold(attempt, files, result)
  if (result.kind === 'conflict') return ask(attempt, files)
  // The letters' own lines name the takedown: from here on they can be followed back to the request.
  services.logger.info(
    { takedown: result.takedown.id, repeated: result.kind !== 'created' },
    'takedown_taken',
  )
  answer(attempt, result)
  copies.wake()
  outbox.wake()
}

/** Our own, by which the form is tried: everything happens, and nothing remains. */
function isCanary({ services, req }: Attempt): boolean {
  const given = Buffer.from(req.get(canaryHeader) ?? '')
  const secret = Buffer.from(services.canarySecret)
  return given.byteLength === secret.byteLength && timingSafeEqual(given, secret)
}

async function whatHolds({ services, req }: Attempt): Promise<Failure | null> {
  if (!(await services.disk.hasRoom())) return unavailable()
  const { submissions, submissionsOverall } = services.limits
  const client = clientKey(req, services.clientSecret)
  const waitOfClient = await submissions.take(client)
  const wait = waitOfClient ?? (await submissionsOverall.take('all'))
  if (wait === null) return null
  // That all others together sent too many costs this client nothing.
  if (waitOfClient === null) await submissions.giveBack(client)
  return new Failure(429, 'error.tooManySubmissions', { retryAfter: wait })
}

async function giveBack({ services, req }: Attempt): Promise<void> {
  const { submissions, submissionsOverall } = services.limits
  await submissions.giveBack(clientKey(req, services.clientSecret))
  await submissionsOverall.giveBack('all')
}

/** This form was sent before with other content: ask, and have everything ready under a new key. */
function ask(attempt: Attempt, files: readonly EvidenceFile[]): void {
  const { services, req, res, locale, typed } = attempt
  if (wantsJson(req)) throw new Failure(409, 'error.alreadySent')
  const submission = newFormKey()
  const kept = keep({ ...attempt, typed: { ...typed, submission } }, files)
  const page = (
    <FormAlreadySentPage
      site={siteOf(services, locale)}
      values={typed.values}
      kept={kept.map(keptFile)}
      submission={submission}
    />
  )
  sendPage(res, locale, page, 409)
}

function answer(
  attempt: Attempt,
  { takedown, accessKey }: Exclude<SubmitResult, { kind: 'conflict' }>,
): void {
  const { services, req, res, locale } = attempt
  if (wantsJson(req)) {
    sendTakedownAsJson(res, services, locale, takedown, accessKey)
    return
  }
  const url = statusUrl({ ...services.office, origin: '' }, locale, takedown.reference, accessKey)
  res.set('Cache-Control', 'no-store').redirect(303, url)
}
