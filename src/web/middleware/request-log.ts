import type { RequestHandler } from 'express'
import type { Logger } from '../../lib/logger.ts'
import { newRequestId, withRequestId } from '../../lib/request-id.ts'

export const requestIdHeader = 'X-Request-Id'

/**
 * Gives the request its id, which the answer and every line that it causes carry; never one that a client sends. One line
 * per answered request: no query (it may hold a key), no body, no address of the client.
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
      logger[level](
        { requestId, method: req.method, path, status: res.statusCode, ms, complete: res.writableFinished },
        'request',
      )
    })
    withRequestId(requestId, next)
  }
}

/** A link that a mail program has broken brings its `?key=` as part of the path. */
const withoutQuery = (url: string): string => url.replace(/(?:[?;&]|%3f|key=).*/is, '')
