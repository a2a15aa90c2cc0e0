import type { RequestHandler } from 'express'
import { setStaffLocale } from '../../actions/set-staff-locale.ts'
import { isLocale } from '../../i18n/locales.ts'
import type { Services } from '../../services.ts'
import { accountOf } from '../middleware/staff-session.ts'

/** GET /staff/locale?to=&back=: a preference, not an act on a takedown, so a plain link may set it. */
export const changeLocale =
  (services: Services): RequestHandler =>
  (req, res) => {
    const { to, back } = req.query
    if (isLocale(to)) setStaffLocale(services.db, accountOf(req).id, to)
    res.redirect(303, typeof back === 'string' && /^\/staff(?:[/?][^\\]*)?$/.test(back) ? back : '/staff')
  }
