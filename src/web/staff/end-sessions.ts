import type { RequestHandler } from 'express'
import { endSessions } from '../../actions/end-sessions.ts'
import type { Services } from '../../services.ts'
import { sessionId } from '../../staff/sessions.ts'
import { accountOf, clearSession, sessionToken } from '../middleware/staff-session.ts'
import { uploadOf } from '../middleware/upload.ts'
import { logAccountChange } from '../security-log.ts'
import { takePassword } from './guesses.ts'
import { sendSettings } from './settings.tsx'

/** POST /staff/settings/sessions/ending: `session` is the id of one, or `others`. One that is over already is no fault. */
export const createSessionEnding =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const { id } = accountOf(req)
    // A thief of this session shall not sign its owner out elsewhere.
    const refused = await takePassword(req, res, services)
    if (refused) {
      const errors = [{ fieldId: 'sessions-current', sentence: refused.sentence }]
      return sendSettings(req, res, services, { errors }, refused.status)
    }
    const own = sessionId(sessionToken(req, services) ?? '')
    const session = uploadOf(req).fields.session?.[0] ?? ''
    const which = session === 'others' ? { allBut: own } : { id: session }
    const now = services.clock.now()
    const isEnded = await services.commit(() => endSessions(services.db, id, which, now, id))
    if (isEnded) logAccountChange(services.logger, 'sessions_ended', id, id)
    if (session !== own) return res.redirect(303, '/staff/settings?ended=yes')
    clearSession(res, services)
    res.redirect(303, '/staff/sign-in')
  }
