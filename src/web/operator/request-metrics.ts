import type { Request, RequestHandler, Response } from 'express'
import { Gauge, Histogram, type Registry } from 'prom-client'
import { withoutLocale } from '../route-names.ts'

const knownMethods = ['GET', 'HEAD', 'POST', 'OPTIONS']
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120]

/** Measures every request; labels are words of this program, never of a request. */
export function measureRequests(registry: Registry): RequestHandler {
  const registers = [registry]
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'From the headers to the end of the answer',
    labelNames: ['method', 'route', 'status'],
    buckets,
    registers,
  })
  const underWay = new Gauge({
    name: 'http_requests_under_way',
    help: 'Requests not yet answered',
    registers,
  })
  return (req, res, next) => {
    const stop = duration.startTimer()
    underWay.inc()
    res.once('close', () => {
      underWay.dec()
      stop({ method: methodOf(req), route: routeOf(req), status: statusOf(res) })
    })
    next()
  }
}

const methodOf = ({ method }: Request) => (knownMethods.includes(method) ? method : 'other')

const statusOf = (res: Response) =>
  res.writableFinished ? `${Math.floor(res.statusCode / 100)}xx` : 'cut off'

/** The pattern in the route table, without the language; the desk's own table hangs below /staff. */
function routeOf(req: Request): string {
  const path: unknown = req.route?.path
  if (path === undefined) return 'unknown'
  const pattern = withoutLocale([path].flat().join('|'))
  const isDesks = /^\/staff(?=[/?]|$)/i.test(req.originalUrl) && !pattern.startsWith('/staff')
  return isDesks ? `/staff${pattern}`.replace(/\/$/, '') : pattern
}
