import type { Request, RequestHandler, Response } from 'express'
import { Failure } from '../../lib/failures.ts'
import type { Services } from '../../services.ts'
import { mayAct, type StaffAccount } from '../../staff/accounts.ts'
import { type LiveSession, liveSession, sessionLimits } from '../../staff/sessions.ts'
import { cookieOf, isSecure } from '../cookies.ts'

const sessions = new WeakMap<Request, LiveSession>()

const cookieName = (secure: boolean) => (secure ? '__Host-session' : 'session')

export const sessionToken = (req: Request, services: Services): string | null =>
  cookieOf(req, cookieName(isSecure(services)))

export function setSessionCookie(res: Response, services: Services, token: string): void {
  const secure = isSecure(services)
  res.cookie(cookieName(secure), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure,
    maxAge: sessionLimits.absoluteMs,
  })
}

/**
 * The session is over: its cookie goes, and what the browser has kept of our pages. Not all cookies: this browser may be a
 * claimant's too, it is known again by one (device-cookie.ts), and those of the publisher's whole domain would go with them.
 */
export const clearSession = (res: Response, services: Services): void => {
  const secure = isSecure(services)
  res.set('Clear-Site-Data', '"cache", "storage"')
  res.clearCookie(cookieName(secure), { path: '/', httpOnly: true, sameSite: 'lax', secure })
}

/** Lets signed-in staff through; everybody else is led to the sign-in page, and back after. */
export function staffSession(services: Services): RequestHandler {
  return (req, res, next) => {
    const token = sessionToken(req, services)
    const session = token === null ? null : liveSession(services.db, token, services.clock.now())
    res.set('Cache-Control', 'no-store')
    if (!session) {
      const back = req.method === 'GET' ? req.originalUrl : '/staff'
      return res.redirect(303, `/staff/sign-in?next=${encodeURIComponent(back)}`)
    }
    sessions.set(req, session)
    next()
  }
}

/** The account of a request that has come through `staffSession`, else undefined. */
export const signedInAs = (req: Request): StaffAccount | undefined => sessions.get(req)?.account

/** The account that `staffSession` has found. */
export const accountOf = (req: Request): StaffAccount => sessionOf(req).account

/** The session that it has come through. */
export function sessionOf(req: Request): LiveSession {
  const session = sessions.get(req)
  if (!session) throw new Error('a staff page outside the staff session')
  return session
}

/** Acts need more than a viewer. */
export const actingStaff: RequestHandler = (req, _res, next) =>
  next(mayAct(accountOf(req)) ? undefined : new Failure(403, 'error.staff.forbidden'))
