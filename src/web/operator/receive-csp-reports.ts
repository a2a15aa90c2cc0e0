import type { Request, RequestHandler } from 'express'
import { Counter, type Registry } from 'prom-client'
import { Failure } from '../../lib/failures.ts'
import type { Services } from '../../services.ts'
import { violationsIn } from '../forms/csp-reports.ts'
import { clientKey } from '../middleware/client-address.ts'
import { readBody } from '../read-body.ts'
import type { RouteNames } from '../route-names.ts'

const mostBytes = 16 * 1024
const types = ['application/csp-report', 'application/reports+json']

/**
 * POST /csp-reports: what the security policy stopped in a browser, on a line of the log each and counted. Anybody can
 * make one up, and an honest one holds the page's address and a piece of it: nothing of that is kept.
 */
export function receiveCspReports(
  services: Services,
  registry: Registry,
  names: Pick<RouteNames, 'nameOf'>,
): RequestHandler {
  const { logger, office } = services
  const counted = new Counter({
    name: 'csp_reports_total',
    help: 'Reports of browsers that the security policy stopped something, by directive',
    labelNames: ['directive'],
    registers: [registry],
  })
  return async (req, res) => {
    if (!req.is(types)) throw new Failure(415, 'error.bodyType')
    const wait = await secondsToWait(req, services)
    if (wait !== null) throw new Failure(429, 'error.tooManyTries', { retryAfter: wait })
    const body = await readBody(req, mostBytes)
    if (body === null) return
    const violations = violationsIn(body.toString('utf8'), office.origin)
    if (violations === null) throw new Failure(400, 'error.malformed')
    for (const { directive, blocked, path } of violations) {
      counted.inc({ directive })
      logger.warn(
        { directive, blocked, page: path === null ? 'unknown' : names.nameOf(path) },
        'csp_violation',
      )
    }
    res.status(204).end()
  }
}

/** Overall, too: whoever has many addresses shall not fill the disk of the log. */
const secondsToWait = async (req: Request, { limits, clientSecret }: Services): Promise<number | null> =>
  (await limits.cspReports.take(clientKey(req, clientSecret))) ?? limits.cspReportsOverall.take('all')
