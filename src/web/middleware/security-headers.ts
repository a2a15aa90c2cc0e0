import helmet from 'helmet'

/**
 * Nothing inline, nothing from elsewhere. `same-origin` as the referrer policy: with `no-referrer` browsers send
 * `Origin: null` on form posts, which the same-origin check would refuse.
 */
export const securityHeaders = (origin: string) =>
  helmet({
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
