import type { Request, RequestHandler, Response } from 'express'
import type { OpenSession } from '../../../views/staff/sessions-card.tsx'
import { SettingsPage, type SettingsPageProps } from '../../../views/staff/settings-page.tsx'
import { type Settings, saveSettings } from '../../actions/save-settings.ts'
import { isLocale } from '../../i18n/locales.ts'
import type { PlainKey } from '../../i18n/messages.ts'
import type { Services } from '../../services.ts'
import { leastPasswordLength } from '../../staff/password-rules.ts'
import { countRecoveryCodes, hasSecondFactor } from '../../staff/second-factor.ts'
import { sessionId, sessionsOf } from '../../staff/sessions.ts'
import { accountOf, sessionToken } from '../middleware/staff-session.ts'
import { uploadOf } from '../middleware/upload.ts'
import { sendPage } from '../page.ts'
import { deskOf } from './desk.ts'

/** GET /staff/settings */
export const showSettings =
  (services: Services): RequestHandler =>
  (req, res) =>
    sendSettings(req, res, services, {
      isSaved: req.query.saved === 'yes',
      isEnded: req.query.ended === 'yes',
    })

export function sendSettings(
  req: Request,
  res: Response,
  services: Services,
  after: Pick<SettingsPageProps, 'isSaved' | 'isEnded' | 'errors'>,
  status = 200,
) {
  const account = accountOf(req)
  const desk = { ...deskOf(req, services), address: '/staff/settings' }
  const { db } = services
  const factor = hasSecondFactor(db, account.id) ? { codesLeft: countRecoveryCodes(db, account.id) } : null
  const own = {
    email: account.email,
    settings: account,
    leastPasswordLength,
    factor,
    sessions: openSessions(req, services),
  }
  sendPage(res, account.locale, <SettingsPage desk={desk} {...own} {...after} />, status)
}

function openSessions(req: Request, services: Services): OpenSession[] {
  const here = sessionId(sessionToken(req, services) ?? '')
  return sessionsOf(services.db, accountOf(req).id, services.clock.now()).map((session) => ({
    ...session,
    isHere: session.id === here,
  }))
}

/** POST /staff/settings */
export const createSettings =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const { fields } = uploadOf(req)
    const checked = checkSettings((name) => fields[name]?.[0] ?? '')
    if ('fieldId' in checked) {
      const errors = [{ fieldId: checked.fieldId, sentence: { key: checked.key } }]
      return sendSettings(req, res, services, { errors }, 422)
    }
    await services.commit(() => saveSettings(services.db, accountOf(req).id, checked))
    res.redirect(303, '/staff/settings?saved=yes')
  }

function checkSettings(value: (name: string) => string): Settings | { fieldId: string; key: PlainKey } {
  const [locale, digest, usesKeys] = [value('locale'), value('digest'), value('keys') === 'on']
  if (!isLocale(locale)) return { fieldId: 'locale', key: 'settings.error.language' }
  if (digest === 'none') return { locale, digestHour: null, usesKeys }
  const digestHour = /^\d{1,2}$/.test(digest) ? Number(digest) : 24
  if (digestHour > 23) return { fieldId: 'digest', key: 'settings.error.digest' }
  return { locale, digestHour, usesKeys }
}
