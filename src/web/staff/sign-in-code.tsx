import type { Request, RequestHandler, Response } from 'express'
import { SignInCodePage } from '../../../views/staff/sign-in-code-page.tsx'
import { signInByCode } from '../../actions/sign-in-by-code.ts'
import { isLocale } from '../../i18n/locales.ts'
import type { PlainKey } from '../../i18n/messages.ts'
import type { Services } from '../../services.ts'
import { clientKey } from '../middleware/client-address.ts'
import { beginSession } from '../middleware/staff-session.ts'
import { sendPage, siteOf } from '../page.ts'
import { clearHalfSignIn, type HalfSignIn, halfSignIn } from './half-sign-in.ts'

/** GET /staff/sign-in/code */
export const showSignInCode =
  (services: Services): RequestHandler =>
  (req, res) => {
    const half = halfSignIn(req, services)
    if (!half) return res.redirect(303, '/staff/sign-in')
    sendSignInCode(req, res, services, half, { isRecovery: req.query.with === 'recovery' })
  }

function sendSignInCode(
  req: Request,
  res: Response,
  services: Services,
  { account }: HalfSignIn,
  page: { isRecovery: boolean; errorKey?: PlainKey },
  status = 200,
) {
  const locale = isLocale(req.query.locale) ? req.query.locale : account.locale
  sendPage(res, locale, <SignInCodePage site={siteOf(services, locale)} {...page} />, status)
}

/** The tries of one client at the codes of one account. */
export const codeTries = (req: Request, services: Services, staffId: number): string =>
  `${clientKey(req, services.clientSecret)} code ${staffId}`

/** The second half of POST /staff/sign-in: a session where the code is right, else the page again. */
export async function signInWithCode(
  req: Request,
  res: Response,
  services: Services,
  half: HalfSignIn,
  { code, isRecovery }: { code: string; isRecovery: boolean },
): Promise<void> {
  const { account, next } = half
  const { signIns } = services.limits
  const tries = codeTries(req, services, account.id)
  // Taken before the code is looked at: many tries at once must not all get to it.
  const wait = await signIns.take(tries)
  if (wait !== null) {
    res.set('Retry-After', String(wait))
    return sendSignInCode(req, res, services, half, { isRecovery, errorKey: 'staff.signIn.tooMany' }, 429)
  }
  const now = services.clock.now()
  const token = await services.commit(() => signInByCode(services.db, services.factorKey, account, code, now))
  if (token === null) {
    services.logger.warn('a sign-in failed at its code')
    return sendSignInCode(req, res, services, half, { isRecovery, errorKey: 'signInCode.wrong' }, 422)
  }
  await signIns.giveBack(tries)
  clearHalfSignIn(res, services)
  beginSession(req, res, services, token)
  res.redirect(303, next)
}
