import type { Request, RequestHandler, Response } from 'express'
import type { Sentence } from '../../../views/components/said.tsx'
import { SignInPage } from '../../../views/staff/sign-in-page.tsx'
import { signIn } from '../../actions/sign-in.ts'
import { signOut } from '../../actions/sign-out.ts'
import { isLocale, type Locale } from '../../i18n/locales.ts'
import type { Services } from '../../services.ts'
import { findAccount, normaliseEmail, type StaffAccount } from '../../staff/accounts.ts'
import { isPasswordOver } from '../../staff/first-password.ts'
import { hasSecondFactor } from '../../staff/second-factor.ts'
import { localeOf } from '../locale-of.ts'
import { clearSession, sessionToken } from '../middleware/staff-session.ts'
import { uploadOf } from '../middleware/upload.ts'
import { sendPage, siteOf } from '../page.ts'
import { logSecurity } from '../security-log.ts'
import {
  giveBackGuess,
  noteRefusedSignIn,
  passwordGuess,
  takeGuess,
  tooManyGuesses,
  tryPassword,
} from './guesses.ts'
import { clearHalfSignIn, halfSignIn, setHalfSignIn } from './half-sign-in.ts'
import { signInWithCode } from './sign-in-code.tsx'
import { sendSignedIn, signInFrom } from './signed-in.ts'

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
  typed: { email: string; next: string; error?: Sentence },
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
    sendSignIn(req, res, services, { email: '', next: '/staff', error: { key: 'signInCode.expired' } }, 422)
  }

async function signInWithPassword(req: Request, res: Response, services: Services): Promise<void> {
  const { fields } = uploadOf(req)
  const email = normaliseEmail(fields.email?.[0] ?? '').slice(0, 254)
  const next = safeNext(fields.next?.[0])
  const account = findAccount(services.db, email)
  const guess = passwordGuess(req, services, email, account)
  const wait = await takeGuess(guess)
  if (wait !== null) {
    sendSignIn(req, res, services, { email, next, error: tooManyGuesses(res, wait) }, 429)
    return noteRefusedSignIn(services, account)
  }
  const isRight = await tryPassword(guess, account?.passwordHash ?? null, fields.password?.[0] ?? '')
  if (!isRight || !account) return sendWrong(req, res, services, { email, next }, account)
  await giveBackGuess(guess)
  if (isPasswordOver(account, services.clock.now())) {
    logSecurity(services.logger, 'sign_in_failed', { staff: account.id })
    return sendPasswordOver(req, res, services, { email, next })
  }
  if (hasSecondFactor(services.db, account.id)) {
    const half = { account, next }
    const code = fields.code?.[0] ?? ''
    setHalfSignIn(res, services, half)
    if (code === '') return res.redirect(303, '/staff/sign-in/code')
    return signInWithCode(req, res, services, half, { code, isRecovery: false })
  }
  const [from, now] = [signInFrom(req, services), services.clock.now()]
  const token = await services.commit(() => signIn(services.db, account, from, now))
  if (token === null) return sendWrong(req, res, services, { email, next }, account)
  sendSignedIn(res, services, { staffId: account.id, token, next })
}

function sendWrong(
  req: Request,
  res: Response,
  services: Services,
  typed: { email: string; next: string },
  account: StaffAccount | undefined,
) {
  logSecurity(services.logger, 'sign_in_failed', { staff: account?.id })
  sendSignIn(req, res, services, { ...typed, error: { key: 'staff.signIn.wrong' } }, 422)
}

/** Said to nobody but who knew it. */
function sendPasswordOver(
  req: Request,
  res: Response,
  services: Services,
  typed: { email: string; next: string },
) {
  sendSignIn(req, res, services, { ...typed, error: { key: 'staff.signIn.passwordOver' } }, 422)
}

export const endSession =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const token = sessionToken(req, services)
    const now = services.clock.now()
    const staff = token === null ? null : await services.commit(() => signOut(services.db, token, now))
    if (staff !== null) logSecurity(services.logger, 'signed_out', { staff })
    clearSession(res, services)
    res.redirect(303, '/staff/sign-in')
  }
