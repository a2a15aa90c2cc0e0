import express, { type Express } from 'express'
import { Registry } from 'prom-client'
import { registerAssetUrls } from '../views/asset-urls.ts'
import { projectRoot } from './lib/project-root.ts'
import type { Services } from './services.ts'
import { createAssets } from './web/assets.ts'
import { errors, unknownPage } from './web/middleware/errors.ts'
import { hintAtProxy } from './web/middleware/proxy-hint.ts'
import { cutOffUnreadBodies } from './web/middleware/refused-body.ts'
import { requestLog } from './web/middleware/request-log.ts'
import { sameOrigin } from './web/middleware/same-origin.ts'
import { cspReportsPath, securityHeaders } from './web/middleware/security-headers.ts'
import { receiveCspReports } from './web/operator/receive-csp-reports.ts'
import { measureRequests } from './web/operator/request-metrics.ts'
import { createRouteNames } from './web/route-names.ts'
import { mountRoutes } from './web/routes.ts'

/** The middleware as one column: what a request meets, from top to bottom. */
export function createApp(services: Services): Express {
  const { config, logger, office } = services
  const assets = createAssets(projectRoot)
  registerAssetUrls(assets.urls)

  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', config.trustProxy)
  app.set('query parser', 'simple')

  const requests = new Registry()
  app.use(measureRequests(requests))
  app.use(requestLog(logger))
  app.use(cutOffUnreadBodies)
  if (config.trustProxy === false) app.use(hintAtProxy(logger))
  app.use(securityHeaders(office.origin))
  app.use(assets.router)
  // Before the check of the origin: browsers send reports without one, and a report changes nothing.
  const names = createRouteNames()
  app.post(cspReportsPath, receiveCspReports(services, requests, names))
  app.use(sameOrigin(office.origin))
  mountRoutes(app, services, requests, names)
  app.use(unknownPage)
  app.use(errors(services))
  return app
}
