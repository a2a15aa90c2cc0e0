import type { Request, RequestHandler, Response } from 'express'
import type { SummaryError } from '../../../views/components/error-summary.tsx'
import type { Sentence } from '../../../views/components/said.tsx'
import { FirstPasswordPage } from '../../../views/staff/first-password-page.tsx'
import { setStaffPassword } from '../../actions/set-staff-password.ts'
import type { Services } from '../../services.ts'
import { chosenPassword } from '../../staff/first-password.ts'
import { leastPasswordLength, passwordFault } from '../../staff/password-rules.ts'
import { accountOf, clearSession } from '../middleware/staff-session.ts'
import { uploadOf } from '../middleware/upload.ts'
import { sendPage } from '../page.ts'
import { logAccountChange } from '../security-log.ts'
import { deskOf } from './desk.ts'
import { takePassword } from './guesses.ts'
import { sendSettings } from './settings.tsx'

/** GET /staff/settings/password: the first password is changed here, any other one among the settings. */
export const showOwnPassword =
  (services: Services): RequestHandler =>
  (req, res) => {
    if (accountOf(req).passwordUntil === null) return res.redirect(303, '/staff/settings')
    sendOwnPassword(req, res, services, [])
  }

/** On the page that the form was on. */
function sendOwnPassword(
  req: Request,
  res: Response,
  services: Services,
  errors: readonly SummaryError[],
  status = 200,
) {
  const { email, locale, passwordUntil: until } = accountOf(req)
  if (until === null) return sendSettings(req, res, services, { errors }, status)
  const desk = { ...deskOf(req, services), address: '/staff/settings/password' }
  const page = <FirstPasswordPage {...{ desk, email, until, leastPasswordLength, errors }} />
  sendPage(res, locale, page, status)
}

/** POST /staff/settings/password: every session of the account ends, this one too. */
export const createOwnPassword =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const account = accountOf(req)
    const refuse = (fieldId: string, sentence: Sentence, status = 422) =>
      sendOwnPassword(req, res, services, [{ fieldId, sentence }], status)
    const password = uploadOf(req).fields.password?.[0] ?? ''
    const refused = await takePassword(req, res, services)
    if (refused) return refuse('current', refused.sentence, refused.status)
    if (password.normalize('NFC') === (uploadOf(req).fields.current?.[0] ?? '').normalize('NFC'))
      return refuse('new-password', { key: 'settings.password.same' })
    const fault = await passwordFault(password, account, services.config.site)
    if (fault) {
      const params = fault === 'short' ? { length: leastPasswordLength } : undefined
      return refuse('new-password', { key: `settings.password.${fault}`, params })
    }
    const chosen = await chosenPassword(password)
    const [now, by] = [services.clock.now(), account.id]
    await services.commit(() => setStaffPassword(services.db, account.email, chosen, now, by))
    logAccountChange(services.logger, 'password_changed', by, by)
    clearSession(res, services)
    res.redirect(303, '/staff/sign-in')
  }
