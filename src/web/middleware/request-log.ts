import { randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'
import type { Logger } from '../../lib/logger.ts'

/** One line per answered request: no query (it may hold a key), no body, no address of the client. */
export function requestLog(logger: Logger): RequestHandler {
  return (req, res, next) => {
    const startedAt = performance.now()
    const requestId = randomUUID()
    res.set('X-Request-Id', requestId)
    res.on('close', () => {
      const ms = Math.round(performance.now() - startedAt)
      const path = req.originalUrl.split('?', 1)[0]?.slice(0, 200)
      const level = res.statusCode >= 500 ? 'warn' : 'info'
      logger[level](
        { requestId, method: req.method, path, status: res.statusCode, ms, complete: res.writableFinished },
        'request',
      )
    })
    next()
  }
}
