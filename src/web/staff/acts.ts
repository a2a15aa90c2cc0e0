import type { Request, RequestHandler, Response } from 'express'
import type { SummaryError } from '../../../views/components/error-summary.tsx'
import type { Sentence } from '../../../views/components/said.tsx'
import type { TakedownPageProps } from '../../../views/staff/takedown-page.tsx'
import type { Change, Target } from '../../actions/change-takedown.ts'
import { handOver } from '../../actions/hand-over.ts'
import { needNoAnswer } from '../../actions/need-no-answer.ts'
import { pausePage } from '../../actions/pause-page.ts'
import { takeOnTakedown } from '../../actions/take-on-takedown.ts'
import type { Services } from '../../services.ts'
import type { StaffAccount } from '../../staff/accounts.ts'
import { allNames, isColleague } from '../../staff/colleagues.ts'
import { findByReference } from '../../takedowns/store.ts'
import type { Fields } from '../forms/takedown-form.ts'
import { accountOf } from '../middleware/staff-session.ts'
import { uploadOf } from '../middleware/upload.ts'
import { refusalNotice } from './refusal-notice.ts'
import { sendTakedown, takedownOf } from './show-takedown.tsx'

interface ActContext {
  req: Request
  res: Response
  account: StaffAccount
  fields: Fields
  target: Target
}

type Typed = TakedownPageProps['typed']
type Attempt =
  /** `whenStale`: what is said in place of the plain words that somebody else has acted. */
  | { act: () => Change<unknown>; typed?: Typed; whenStale?: () => Sentence | null }
  | { errors: readonly SummaryError[]; typed?: Typed }

/**
 * An act of staff on the takedown in the path: done, it leads back to the page; stale or refused, the page comes
 * back as it stands now, says so (409), and what was typed is still there.
 */
export const staffAct =
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
      const lost = change.refusal === 'stale' ? attempt.whenStale?.() : null
      const notice = lost ?? { key: refusalNotice(change.refusal) }
      return sendTakedown(req, res, services, { notice, ...typed }, 409)
    }
    services.outbox.wake()
    res.redirect(303, `/staff/takedowns/${reference}`)
  }

/** POST .../assignment: to the person that the field `to` names, else to whoever asks. The loser is told who has it. */
export const createAssignment = (services: Services) =>
  staffAct(services, ({ target, account, fields }) => {
    const { db } = services
    const whenStale = () => nowWith(services, target.reference, account.id)
    if (fields.to === undefined) return { act: () => takeOnTakedown(db, target, account.id), whenStale }
    const to = Number(fields.to[0])
    if (!isColleague(db, to)) {
      return { errors: [{ fieldId: 'to', sentence: { key: 'case.handOver.missing' } }] }
    }
    return { act: () => handOver(db, target, { to, by: account.id }), whenStale }
  })

/** Null where nobody has it, or whoever reads this. */
function nowWith({ db }: Services, reference: string, readerId: number): Sentence | null {
  const assigneeId = findByReference(db, reference)?.assigneeId ?? null
  if (assigneeId === null || assigneeId === readerId) return null
  return { key: 'case.lost', params: { name: allNames(db).get(assigneeId) ?? '' } }
}

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
