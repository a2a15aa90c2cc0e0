import type { RequestHandler, Router } from 'express'
import { Failure } from '../../lib/failures.ts'

/**
 * Every path mounted on `router` so far answers a method that it does not have with 405 and the list of those it has
 * (RFC 9110, 15.5.6), and OPTIONS with the list alone. Call it last: what comes after is not known to it.
 */
export function refuseOtherMethods(router: Pick<Router, 'stack' | 'all'>): void {
  const methodsOf = new Map<string, Set<string>>()
  for (const { route } of router.stack) {
    if (!route) continue
    const methods = methodsOf.get(route.path) ?? new Set()
    for (const { method } of route.stack) methods.add(method.toUpperCase())
    methodsOf.set(route.path, methods)
  }
  for (const [path, methods] of methodsOf) router.all(path, refuse(allowOf(methods)))
}

/** GET brings HEAD with it. */
const allowOf = (methods: ReadonlySet<string>): string =>
  [...methods, ...(methods.has('GET') ? ['HEAD'] : [])].sort().join(', ')

const refuse =
  (allow: string): RequestHandler =>
  (req, res, next) => {
    res.set('Allow', allow)
    if (req.method === 'OPTIONS') return void res.status(204).end()
    next(new Failure(405, 'error.notFound'))
  }
