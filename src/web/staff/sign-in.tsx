import type { Request, RequestHandler, Response } from 'express'
import { SignInPage } from '../../../views/staff/sign-in-page.tsx'
import { isLocale, type Locale } from '../../i18n/locales.ts'
import type { PlainKey } from '../../i18n/messages.ts'
import type { Services } from '../../services.ts'
import { findAccount, normaliseEmail } from '../../staff/accounts.ts'
import { passwordMatches } from '../../staff/password.ts'
import { hasSecondFactor } from '../../staff/second-factor.ts'
import { closeSession, openSession } from '../../staff/sessions.ts'
import { localeOf } from '../locale-of.ts'
import { clientKey } from '../middleware/client-address.ts'
import { beginSession, clearSessionCookie, sessionToken } from '../middleware/staff-session.ts'
import { uploadOf } from '../middleware/upload.ts'
import { sendPage, siteOf } from '../page.ts'
import { clearHalfSignIn, halfSignIn, setHalfSignIn } from './half-sign-in.ts'
import { signInWithCode } from './sign-in-code.tsx'

/** Only a path of the desk: `next` comes from the address bar. */
const safeNext = (next: unknown): string =>
  typeof next === 'string' && /^\/staff(?:[/?][^\\]*)?$/.test(next) ? next : '/staff'

const signInLocale = (req: Request, services: Services): Locale =>
  isLocale(req.query.locale) ? req.query.locale : localeOf(req, services.config.defaultLocale)

export const showSignIn =
  (services: Services): RequestHandler =>
  (req, res) =>
    sendSignIn(req, res, services, { email: '', next: safeNext(req.query.next) }, 200)

function sendSignIn(
  req: Request,
  res: Response,
  services: Services,
  typed: { email: string; next: string; errorKey?: PlainKey },
  status: number,
) {
  const locale = signInLocale(req, services)
  sendPage(res, locale, <SignInPage site={siteOf(services, locale)} {...typed} />, status)
}

/** POST /staff/sign-in: email and password, then the code where a second factor is set; or all three at once. */
export const createSession =
  (services: Services): RequestHandler =>
  (req, res) => {
    const { email, password, code, with: kind } = uploadOf(req).fields
    if (!code || email || password) return signInWithPassword(req, res, services)
    const half = halfSignIn(req, services)
    const isRecovery = kind?.[0] === 'recovery'
    if (half && hasSecondFactor(services.db, half.account.id)) {
      return signInWithCode(req, res, services, half, { code: code[0] ?? '', isRecovery })
    }
    clearHalfSignIn(res, services)
    sendSignIn(req, res, services, { email: '', next: '/staff', errorKey: 'signInCode.expired' }, 422)
  }

/** Counted by client and account together, so that nobody can lock another out. */
async function signInWithPassword(req: Request, res: Response, services: Services): Promise<void> {
  const { fields } = uploadOf(req)
  const email = normaliseEmail(fields.email?.[0] ?? '').slice(0, 254)
  const next = safeNext(fields.next?.[0])
  const client = clientKey(req, services.clientSecret)
  const { signIns, signInsOfClient } = services.limits
  // Taken before the password is looked at: hashing is dear, and many tries at once must not all get to it.
  const wait = (await signIns.take(`${client} ${email}`)) ?? (await signInsOfClient.take(client))
  if (wait !== null) {
    res.set('Retry-After', String(wait))
    return sendSignIn(req, res, services, { email, next, errorKey: 'staff.signIn.tooMany' }, 429)
  }
  const account = findAccount(services.db, email)
  if (!(await passwordMatches(account?.passwordHash ?? null, fields.password?.[0] ?? '')) || !account) {
    services.logger.warn('a sign-in failed')
    return sendSignIn(req, res, services, { email, next, errorKey: 'staff.signIn.wrong' }, 422)
  }
  await signInsOfClient.giveBack(client)
  await signIns.giveBack(`${client} ${email}`)
  if (!hasSecondFactor(services.db, account.id)) {
    beginSession(req, res, services, openSession(services.db, account.id, services.clock.now()))
    return res.redirect(303, next)
  }
  const half = { account, next }
  const code = fields.code?.[0] ?? ''
  setHalfSignIn(res, services, half)
  if (code === '') return res.redirect(303, '/staff/sign-in/code')
  await signInWithCode(req, res, services, half, { code, isRecovery: false })
}

export const endSession =
  (services: Services): RequestHandler =>
  (req, res) => {
    const token = sessionToken(req, services)
    if (token !== null) closeSession(services.db, token)
    clearSessionCookie(res, services)
    res.redirect(303, '/staff/sign-in')
  }
