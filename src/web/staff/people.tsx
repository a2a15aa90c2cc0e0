import type { Request, RequestHandler, Response } from 'express'
import { z } from 'zod'
import type { SummaryError } from '../../../views/components/error-summary.tsx'
import { PeoplePage, type PeoplePageProps } from '../../../views/staff/people-page.tsx'
import { addStaff } from '../../actions/add-staff.ts'
import { isLocale } from '../../i18n/locales.ts'
import { Failure } from '../../lib/failures.ts'
import type { Services } from '../../services.ts'
import { findAccount, isAdmin, listAccounts, normaliseEmail } from '../../staff/accounts.ts'
import { makeFirstPassword } from '../../staff/first-password.ts'
import { roles } from '../../staff/roles.ts'
import { staffWithFactor } from '../../staff/second-factor.ts'
import { typedText } from '../forms/typed-text.ts'
import { accountOf } from '../middleware/staff-session.ts'
import { uploadOf } from '../middleware/upload.ts'
import { sendPage } from '../page.ts'
import { logAccountChange } from '../security-log.ts'
import { deskOf } from './desk.ts'
import { takePassword } from './guesses.ts'

/** Who works at the desk is the admins' business alone. */
export const adminsOnly: RequestHandler = (req, _res, next) =>
  next(isAdmin(accountOf(req)) ? undefined : new Failure(403, 'error.staff.forbidden'))

/** GET /staff/people */
export const showPeople =
  (services: Services): RequestHandler =>
  (req, res) =>
    sendPeople(req, res, services)

export function sendPeople(
  req: Request,
  res: Response,
  services: Services,
  after: Pick<PeoplePageProps, 'typed' | 'errors' | 'notice' | 'done'> = {},
  status = 200,
) {
  const account = accountOf(req)
  const withFactor = staffWithFactor(services.db)
  const people = listAccounts(services.db).map((one) => ({ ...one, hasFactor: withFactor.has(one.id) }))
  const page = (
    <PeoplePage
      desk={{ ...deskOf(req, services), address: '/staff/people' }}
      people={people}
      reader={account}
      defaultLocale={services.config.defaultLocale}
      {...after}
    />
  )
  sendPage(res, account.locale, page, status)
}

const longestName = 200

/** POST /staff/people, with the own password: the answer shows the first one of the new account, this once. */
export const createColleague =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const { fields } = uploadOf(req)
    const value = (name: string) => typedText(fields[name]?.[0])
    const typed = { name: value('name'), email: value('email'), role: value('role'), locale: value('locale') }
    const role = roles.find((known) => known === typed.role)
    const email = normaliseEmail(typed.email)
    const locale = isLocale(typed.locale) ? typed.locale : services.config.defaultLocale
    const errors: SummaryError[] = []
    const fail = (fieldId: string, key: 'name' | 'email' | 'role' | 'taken') =>
      errors.push({ fieldId, sentence: { key: `people.error.${key}` } })
    if (typed.name === '' || typed.name.length > longestName) fail('name', 'name')
    if (!z.email().safeParse(email).success) fail('email', 'email')
    if (!role) fail('role', 'role')
    const refused = await takePassword(req, res, services)
    if (refused) errors.push({ fieldId: 'current', sentence: refused.sentence })
    if (errors.length > 0 || !role) {
      return sendPeople(req, res, services, { typed, errors }, refused?.status ?? 422)
    }
    const [now, by] = [services.clock.now(), accountOf(req).id]
    const { kept, ...first } = await makeFirstPassword(now)
    const account = { email, name: typed.name, role, locale, ...kept }
    const result = await services.commit(() => addStaff(services.db, account, now, by))
    if (result === 'taken') {
      fail('email', 'taken')
      return sendPeople(req, res, services, { typed, errors }, 422)
    }
    const added = findAccount(services.db, email)
    if (added) logAccountChange(services.logger, 'added', added.id, by)
    sendPeople(req, res, services, { done: { what: 'password', name: typed.name, ...first } }, 201)
  }
