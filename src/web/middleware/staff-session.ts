import type { Request, RequestHandler, Response } from 'express'
import { Failure } from '../../lib/failures.ts'
import type { Services } from '../../services.ts'
import { mayAct, type StaffAccount } from '../../staff/accounts.ts'
import { accountOfSession, sessionLimits } from '../../staff/sessions.ts'
import { cookieOf, isSecure } from '../cookies.ts'

const accounts = new WeakMap<Request, StaffAccount>()

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

export const clearSessionCookie = (res: Response, services: Services): void => {
  const secure = isSecure(services)
  res.clearCookie(cookieName(secure), { path: '/', httpOnly: true, sameSite: 'lax', secure })
}

/** Lets signed-in staff through; everybody else is led to the sign-in page, and back after. */
export function staffSession(services: Services): RequestHandler {
  return (req, res, next) => {
    const token = sessionToken(req, services)
    const account = token === null ? null : accountOfSession(services.db, token, services.clock.now())
    res.set('Cache-Control', 'no-store')
    if (!account) {
      const back = req.method === 'GET' ? req.originalUrl : '/staff'
      return res.redirect(303, `/staff/sign-in?next=${encodeURIComponent(back)}`)
    }
    accounts.set(req, account)
    next()
  }
}

/** The account of a request that has come through `staffSession`, else undefined. */
export const signedInAs = (req: Request): StaffAccount | undefined => accounts.get(req)

/** The account that `staffSession` has found. */
export function accountOf(req: Request): StaffAccount {
  const account = signedInAs(req)
  if (!account) throw new Error('a staff page outside the staff session')
  return account
}

/** Acts need more than a viewer. */
export const actingStaff: RequestHandler = (req, _res, next) =>
  next(mayAct(accountOf(req)) ? undefined : new Failure(403, 'error.staff.forbidden'))
