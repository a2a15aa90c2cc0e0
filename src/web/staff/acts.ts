import { randomUUID } from 'node:crypto'
import type { Request, RequestHandler, Response } from 'express'
import type { SummaryError } from '../../../views/components/error-summary.tsx'
import type { TakedownPageProps } from '../../../views/staff/takedown-page.tsx'
import type { Change, Target } from '../../actions/change-takedown.ts'
import { decideTakedown } from '../../actions/decide-takedown.ts'
import { needNoAnswer } from '../../actions/need-no-answer.ts'
import { pausePage } from '../../actions/pause-page.ts'
import { reopenTakedown } from '../../actions/reopen-takedown.ts'
import { takeOnTakedown } from '../../actions/take-on-takedown.ts'
import { writeToClaimant } from '../../actions/write-to-claimant.ts'
import type { PlainKey } from '../../i18n/messages.ts'
import type { Services } from '../../services.ts'
import type { StaffAccount } from '../../staff/accounts.ts'
import { pagesOf } from '../../takedowns/store.ts'
import { checkDecisions, readTypedDecisions } from '../forms/decision-form.ts'
import type { Fields } from '../forms/takedown-form.ts'
import { longestText, typedText } from '../forms/typed-text.ts'
import { accountOf } from '../middleware/staff-session.ts'
import { uploadOf } from '../middleware/upload.ts'
import { localDay, sendTakedown, takedownOf } from './show-takedown.tsx'

interface ActContext {
  req: Request
  res: Response
  account: StaffAccount
  fields: Fields
  target: Target
}

type Typed = TakedownPageProps['typed']
type Attempt =
  | { act: () => Change<unknown>; typed?: Typed }
  | { errors: readonly SummaryError[]; typed?: Typed }

/**
 * An act of staff on the takedown in the path: done, it leads back to the page; stale or refused, the page comes
 * back as it stands now, says so (409), and what was typed is still there.
 */
const staffAct =
  (services: Services, attemptOf: (context: ActContext) => Attempt): RequestHandler =>
  async (req, res) => {
    const { fields } = uploadOf(req)
    const { reference } = takedownOf(req, services)
    const target = {
      reference,
      version: Number(fields.version?.[0] ?? Number.NaN),
      now: services.clock.now(),
    }
    const attempt = attemptOf({ req, res, account: accountOf(req), fields, target })
    const typed = attempt.typed ? { typed: attempt.typed } : {}
    if ('errors' in attempt) {
      return sendTakedown(req, res, services, { errors: attempt.errors, ...typed }, 422)
    }
    const change = await services.commit(attempt.act)
    if (!change.ok) {
      const notice: PlainKey = change.refusal === 'stale' ? 'staff.stale' : 'staff.refused'
      return sendTakedown(req, res, services, { notice, ...typed }, 409)
    }
    services.outbox.wake()
    res.redirect(303, `/staff/takedowns/${reference}`)
  }

function textErrors(text: string, fieldId: string, whenMissing: PlainKey): SummaryError[] {
  if (text === '') return [{ fieldId, sentence: { key: whenMissing } }]
  return text.length > longestText ? [{ fieldId, sentence: { key: 'staff.error.tooLong' } }] : []
}

/** POST .../assignment */
export const createAssignment = (services: Services) =>
  staffAct(services, ({ target, account }) => ({
    act: () => takeOnTakedown(services.db, target, account.id),
  }))

/** POST .../no-answer: the claimant's words are read and need none. */
export const createNoAnswer = (services: Services) =>
  staffAct(services, ({ target, account }) => ({
    act: () => needNoAnswer(services.db, target, account.id),
  }))

/** POST .../pause: the material is off this page, the decision comes later. */
export const createPause = (services: Services) =>
  staffAct(services, ({ target, account, fields }) => ({
    act: () => pausePage(services.db, target, Number(fields.page?.[0]), account.id),
  }))

/** POST .../decision */
export const createDecision = (services: Services) =>
  staffAct(services, ({ req, target, account, fields }) => {
    const { db, office, config } = services
    const decisions = readTypedDecisions(fields, pagesOf(db, takedownOf(req, services).id))
    const momentOf = (day: string) => momentOfDay(day, target.now, config.calendar.timeZone)
    const checked = checkDecisions(decisions, target.now, momentOf)
    const typed = { decisions }
    if (!checked.ok) return { errors: checked.errors, typed }
    return { act: () => decideTakedown(db, office, target, checked.value, account.id), typed }
  })

/** A year typed wrongly would stand in the claimant's letter as a fact. */
const oldestActMs = 10 * 366 * 24 * 3_600_000

/** Noon of a local day given as YYYY-MM-DD; now, when it is today; null where it is no day of the last ten years. */
function momentOfDay(day: string, now: number, timeZone: string): number | null {
  if (day === localDay(now, timeZone)) return now
  const noon = new Date(`${day}T12:00:00Z`)
  // Date takes 30 February for 2 March.
  const isDay = !Number.isNaN(noon.getTime()) && noon.toISOString().slice(0, 10) === day
  return isDay && noon.getTime() > now - oldestActMs ? noon.getTime() : null
}

/** POST .../messages */
export const createStaffMessage = (services: Services) =>
  staffAct(services, ({ target, account, fields }) => {
    const body = typedText(fields.body?.[0])
    const typed = { body }
    const errors = textErrors(body, 'body', 'staff.error.message')
    if (errors.length > 0) return { errors, typed }
    // The version in the form makes a second click stale; the key needs only to be new.
    const message = {
      key: randomUUID(),
      body,
      isQuestion: fields.question?.[0] === 'yes',
      staffId: account.id,
    }
    return { act: () => writeToClaimant(services.db, services.office, target, message), typed }
  })

/** POST .../reopening */
export const createReopening = (services: Services) =>
  staffAct(services, ({ target, account, fields }) => {
    const reason = typedText(fields.reason?.[0])
    const typed = { reason }
    const errors = textErrors(reason, 'reason', 'staff.error.reason')
    if (errors.length > 0) return { errors, typed }
    return { act: () => reopenTakedown(services.db, services.office, target, reason, account.id), typed }
  })
