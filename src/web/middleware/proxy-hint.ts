import type { RequestHandler } from 'express'
import type { Logger } from '../../lib/logger.ts'

/**
 * Behind a proxy that is not named all the world is one client, and the limits for one client turn the world away. The
 * server cannot know it for sure (anybody may send this header), so it says so in the log, once.
 */
export function hintAtProxy(logger: Logger): RequestHandler {
  let isSaid = false
  return (req, _res, next) => {
    if (!isSaid && req.headers['x-forwarded-for'] !== undefined) {
      isSaid = true
      logger.warn('X-Forwarded-For comes in but TRUST_PROXY is not set: all clients count as one')
    }
    next()
  }
}
