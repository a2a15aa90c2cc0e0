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
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: origin.startsWith('https:')
      ? { maxAge: 63_072_000, includeSubDomains: false }
      : false,
    xFrameOptions: { action: 'deny' },
  })
  return (req, res, next) => {
    res.set('Permissions-Policy', permissionsPolicy)
    setOthers(req, res, next)
  }
}
