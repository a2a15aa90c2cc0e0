import type { Request } from 'express'
import type { Desk } from '../../../views/staff/desk-layout.tsx'
import { countWaiting } from '../../inbox/store.ts'
import { mailTrouble } from '../../outbox/store.ts'
import type { Services } from '../../services.ts'
import { isAdmin } from '../../staff/accounts.ts'
import { sessionLimits } from '../../staff/sessions.ts'
import { accountOf, sessionOf } from '../middleware/staff-session.ts'
import { siteOf } from '../page.ts'

/** What every page of the desk shows, for whom it is shown to. */
export function deskOf(req: Request, services: Services): Desk {
  const account = accountOf(req)
  const now = services.clock.now()
  return {
    site: siteOf(services, account.locale),
    staffName: account.name,
    isAdmin: isAdmin(account),
    usesKeys: account.usesKeys,
    timeZone: services.config.calendar.timeZone,
    calendar: services.config.calendar,
    now,
    session: { idleMs: sessionLimits.idleMs, leftMs: sessionOf(req).endsAt - now },
    mail: mailTrouble(services.db, now),
    disk: services.disk.state().level,
    waitingMail: countWaiting(services.db),
    address: req.method === 'GET' ? req.originalUrl : '/staff',
  }
}
