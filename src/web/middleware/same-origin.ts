import type { RequestHandler } from 'express'
import { Failure } from '../../lib/failures.ts'

const readsOnly = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * A request that changes something must come from our own pages: by Sec-Fetch-Site, else by Origin; with neither
 * it is refused. Runs before any body is read, so uploads need no token.
 */
export function sameOrigin(origin: string): RequestHandler {
  return (req, _res, next) => {
    if (readsOnly.has(req.method) || isOwn(req.get('sec-fetch-site'), req.get('origin'), origin))
      return next()
    next(new Failure(403, 'error.foreignOrigin'))
  }
}

function isOwn(fetchSite: string | undefined, sender: string | undefined, origin: string): boolean {
  if (fetchSite !== undefined) return fetchSite === 'same-origin' || fetchSite === 'none'
  return sender === origin
}
