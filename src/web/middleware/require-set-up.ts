import type { RequestHandler } from 'express'
import type { Services } from '../../services.ts'
import type { StaffAccount } from '../../staff/accounts.ts'
import { hasFirstPassword } from '../../staff/first-password.ts'
import { hasSecondFactor } from '../../staff/second-factor.ts'
import { accountOf } from './staff-session.ts'

/** Of every page of the desk: its languages, and whether its session is still there. */
const ownPaths = ['/locale', '/session']

/**
 * Who has a password that somebody else gave, and after it who has no second factor where the office asks for one, sees the
 * page that mends it, no other.
 */
export function requireSetUp(services: Services): RequestHandler {
  return (req, res, next) => {
    const missing = missingOf(accountOf(req), services)
    if (missing === null || req.path === missing || ownPaths.includes(req.path)) return next()
    res.redirect(303, req.baseUrl + missing)
  }
}

function missingOf(account: StaffAccount, { config, db }: Services): string | null {
  if (hasFirstPassword(account)) return '/settings/password'
  const needsFactor = config.staffSecondFactor === 'required' && !hasSecondFactor(db, account.id)
  return needsFactor ? '/settings/second-factor' : null
}
