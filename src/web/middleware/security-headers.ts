import type { RequestHandler } from 'express'
import helmet from 'helmet'

/** What no page here asks for. Pasting and WebAuthn are left alone. */
const permissionsPolicy = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
]
  .map((feature) => `${feature}=()`)
  .join(', ')

/** Where browsers tell of what the policy stopped (operator/receive-csp-reports.ts). */
export const cspReportsPath = '/csp-reports'

const isSecure = (origin: string) => origin.startsWith('https:')

/**
 * The end of a policy of its own, as the one below ends. `report-to` is for https alone: browsers take its header from
 * nowhere else, and who knows it passes `report-uri` over.
 */
export const reportDirectives = (origin: string): string =>
  `report-uri ${cspReportsPath}${isSecure(origin) ? ';report-to csp' : ''}`

/**
 * Nothing inline, nothing from elsewhere. `same-origin` as the referrer policy: with `no-referrer` browsers send
 * `Origin: null` on form posts, which the same-origin check would refuse.
 */
export function securityHeaders(origin: string): RequestHandler {
  const setOthers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        reportUri: [cspReportsPath],
        ...(isSecure(origin) && { reportTo: ['csp'] }),
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: isSecure(origin) ? { maxAge: 63_072_000, includeSubDomains: false } : false,
    xFrameOptions: { action: 'deny' },
  })
  return (req, res, next) => {
    res.set('Permissions-Policy', permissionsPolicy)
    if (isSecure(origin)) res.set('Reporting-Endpoints', `csp="${cspReportsPath}"`)
    setOthers(req, res, next)
  }
}
