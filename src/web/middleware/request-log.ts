import type { RequestHandler } from 'express'
import type { Logger } from '../../lib/logger.ts'
import { newRequestId, withRequestId } from '../../lib/request-id.ts'
import { logSecurity } from '../security-log.ts'
import { signedInAs } from './staff-session.ts'

export const requestIdHeader = 'X-Request-Id'

/**
 * Gives the request its id, which the answer and every line that it causes carry; never one that a client sends. One line
 * per answered request: no query (it may hold a key), no body, no address of the client; of signed-in staff the number of the account.
 */
export function requestLog(logger: Logger): RequestHandler {
  return (req, res, next) => {
    const startedAt = performance.now()
    const requestId = newRequestId()
    res.set(requestIdHeader, requestId)
    res.on('close', () => {
      const ms = Math.round(performance.now() - startedAt)
      const path = withoutQuery(req.originalUrl).slice(0, 200)
      const level = res.statusCode >= 500 ? 'warn' : 'info'
      const { statusCode: status, writableFinished: complete } = res
      const staff = signedInAs(req)?.id
      logger[level]({ requestId, method: req.method, path, status, ms, complete, staff }, 'request')
      if (status === 429) logSecurity(logger, 'limit_reached', { requestId, staff })
    })
    withRequestId(requestId, next)
  }
}

/** A link that a mail program has broken brings its `?key=` as part of the path. */
const withoutQuery = (url: string): string => url.replace(/(?:[?;&]|%3f|key=).*/is, '')
