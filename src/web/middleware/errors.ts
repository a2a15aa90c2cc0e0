import { STATUS_CODES } from 'node:http'
import type { ErrorRequestHandler, RequestHandler } from 'express'
import { isNotUsableNow, looksDamaged } from '../../db/busy.ts'
import { isDiskFault } from '../../lib/disk-fault.ts'
import { Failure, notFound, unavailable } from '../../lib/failures.ts'
import type { Services } from '../../services.ts'
import { sendFailure } from '../failure-answer.tsx'
import { logSecurity, type SecurityEvent } from '../security-log.ts'
import { signedInAs } from './staff-session.ts'

export const unknownPage: RequestHandler = (_req, _res, next) => next(notFound())

/** Last in the column: every refusal becomes a page with its status; everything else is a defect, logged as one. */
export function errors(services: Services): ErrorRequestHandler {
  return (error, req, res, _next) => {
    const failure = failureOf(error)
    const isDefect = failure.status === 500
    const refusal = refusals[failure.key]
    if (refusal) logSecurity(services.logger, refusal, { staff: signedInAs(req)?.id })
    if (isDefect) services.logger.error({ err: error }, 'a request failed')
    else if (failure.cause) {
      const level = looksDamaged(failure.cause) ? 'error' : 'warn'
      services.logger[level]({ err: failure.cause, status: failure.status }, 'unavailable')
    }
    // Half an answer cannot become a page. Express itself would write the error's words to standard error.
    if (res.headersSent) return void res.destroy()
    try {
      sendFailure(res, req, services, failure)
    } catch (fault) {
      // Thrown on, it would become a page of Express's own, with the error's words in it.
      services.logger.error({ err: fault }, 'an error page failed')
      res.status(failure.status).type('text').send(STATUS_CODES[failure.status])
    }
  }
}

/** Refusals that tell of more than a mistake. */
const refusals: Partial<Record<Failure['key'], SecurityEvent>> = {
  'error.staff.forbidden': 'role_refused',
  'error.foreignOrigin': 'origin_refused',
}

function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error
  if (isDiskFault(error) || isNotUsableNow(error)) return unavailable(error)
  return isMalformed(error)
    ? new Failure(400, 'error.malformed')
    : new Failure(500, 'error.internal', { cause: error })
}

/** Express's own refusals of a path or a body that cannot be decoded. */
const isMalformed = (error: unknown) =>
  error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status < 500
