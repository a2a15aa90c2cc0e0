import type { Request, RequestHandler, Response } from 'express'
import type { Sentence } from '../../../views/components/said.tsx'
import { SignInCodePage } from '../../../views/staff/sign-in-code-page.tsx'
import { signInByCode } from '../../actions/sign-in-by-code.ts'
import { isLocale } from '../../i18n/locales.ts'
import type { Services } from '../../services.ts'
import { sendPage, siteOf } from '../page.ts'
import { logSecurity } from '../security-log.ts'
import { codeGuess, giveBackGuess, noteRefusedSignIn, takeGuess, tooManyGuesses } from './guesses.ts'
import { clearHalfSignIn, type HalfSignIn, halfSignIn } from './half-sign-in.ts'
import { sendSignedIn, signInFrom } from './signed-in.ts'

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
  page: { isRecovery: boolean; error?: Sentence },
  status = 200,
) {
  const locale = isLocale(req.query.locale) ? req.query.locale : account.locale
  sendPage(res, locale, <SignInCodePage site={siteOf(services, locale)} {...page} />, status)
}

/** The second half of POST /staff/sign-in: a session where the code is right, else the page again. */
export async function signInWithCode(
  req: Request,
  res: Response,
  services: Services,
  half: HalfSignIn,
  { code, isRecovery }: { code: string; isRecovery: boolean },
): Promise<void> {
  const { account, next } = half
  const guess = codeGuess(req, services, account.id)
  const wait = await takeGuess(guess)
  if (wait !== null) {
    sendSignInCode(req, res, services, half, { isRecovery, error: tooManyGuesses(res, wait) }, 429)
    return noteRefusedSignIn(services, account)
  }
  const { db, factorKey: key } = services
  const [from, now] = [signInFrom(req, services), services.clock.now()]
  const token = await services.commit(() => signInByCode(db, account, { key, code }, from, now))
  if (token === null) {
    logSecurity(services.logger, 'code_failed', { staff: account.id })
    return sendSignInCode(req, res, services, half, { isRecovery, error: { key: 'signInCode.wrong' } }, 422)
  }
  await giveBackGuess(guess)
  clearHalfSignIn(res, services)
  sendSignedIn(res, services, { staffId: account.id, token, next })
}
