import type { Request, Response } from 'express'
import type { SignInFrom } from '../../actions/sign-in.ts'
import type { Services } from '../../services.ts'
import { browserOf } from '../../staff/browser.ts'
import { sessionToken, setSessionCookie } from '../middleware/staff-session.ts'
import { logSecurity } from '../security-log.ts'
import { setDeviceCookie } from './device-cookie.ts'

/** Where a sign-in comes from. */
export const signInFrom = (req: Request, services: Services): SignInFrom => ({
  before: sessionToken(req, services),
  seen: browserOf(req.get('user-agent')),
})

/** The last proof was right: into the desk, and this browser is known again. */
export function sendSignedIn(
  res: Response,
  services: Services,
  { staffId, token, next }: { readonly staffId: number; readonly token: string; readonly next: string },
): void {
  logSecurity(services.logger, 'signed_in', { staff: staffId })
  setSessionCookie(res, services, token)
  setDeviceCookie(res, services, staffId)
  res.redirect(303, next)
}
