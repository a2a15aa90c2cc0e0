import type { RequestHandler } from 'express'
import type { Services } from '../../services.ts'
import { hasSecondFactor } from '../../staff/second-factor.ts'
import { accountOf } from './staff-session.ts'

const setUp = '/settings/second-factor'

/** Where the office asks for a second factor, who has none sees the page that sets it up (and its languages), no other. */
export function requireSecondFactor({ config, db }: Services): RequestHandler {
  if (config.staffSecondFactor === 'optional') return (_req, _res, next) => next()
  return (req, res, next) => {
    if (req.path === setUp || req.path === '/locale' || hasSecondFactor(db, accountOf(req).id)) return next()
    res.redirect(303, req.baseUrl + setUp)
  }
}
