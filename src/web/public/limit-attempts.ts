import type { RequestHandler } from 'express'
import { Failure } from '../../lib/failures.ts'
import type { Services } from '../../services.ts'
import { clientKey } from '../middleware/client-address.ts'

/** A generous count of all POSTs of one client, right or wrong, before any body is read. */
export const limitAttempts =
  ({ limits, clientSecret }: Services): RequestHandler =>
  async (req, _res, next) => {
    const wait = await limits.attempts.take(clientKey(req, clientSecret))
    next(wait === null ? undefined : new Failure(429, 'error.tooManyTries', { retryAfter: wait }))
  }
