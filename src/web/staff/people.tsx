import type { Request, RequestHandler, Response } from 'express'
import { z } from 'zod'
import type { SummaryError } from '../../../views/components/error-summary.tsx'
import { PeoplePage, type PeoplePageProps } from '../../../views/staff/people-page.tsx'
import { addStaff } from '../../actions/add-staff.ts'
import { changeRole } from '../../actions/change-role.ts'
import { disableStaff } from '../../actions/disable-staff.ts'
import { endSessions } from '../../actions/end-sessions.ts'
import { removeSecondFactor } from '../../actions/remove-second-factor.ts'
import { setStaffPassword } from '../../actions/set-staff-password.ts'
import { isLocale } from '../../i18n/locales.ts'
import { Failure, notFound } from '../../lib/failures.ts'
import type { Services } from '../../services.ts'
import { isAdmin, listAccounts, normaliseEmail, type StaffAccount } from '../../staff/accounts.ts'
import { hashPassword, newPassword } from '../../staff/password.ts'
import { roles } from '../../staff/roles.ts'
import { staffWithFactor } from '../../staff/second-factor.ts'
import { sessionId } from '../../staff/sessions.ts'
import { typedText } from '../forms/typed-text.ts'
import { accountOf, sessionToken } from '../middleware/staff-session.ts'
import { uploadOf } from '../middleware/upload.ts'
import { sendPage } from '../page.ts'
import { deskOf } from './desk.ts'

/** Who works at the desk is the admins' business alone. */
export const adminsOnly: RequestHandler = (req, _res, next) =>
  next(isAdmin(accountOf(req)) ? undefined : new Failure(403, 'error.staff.forbidden'))

/** GET /staff/people */
export const showPeople =
  (services: Services): RequestHandler =>
  (req, res) =>
    sendPeople(req, res, services)

function sendPeople(
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
      readerId={account.id}
      defaultLocale={services.config.defaultLocale}
      {...after}
    />
  )
  sendPage(res, account.locale, page, status)
}

/** The account in the path; 404 where there is none that signs in. */
function colleagueOf(req: Request, { db }: Services): StaffAccount {
  const account = listAccounts(db).find(({ id }) => String(id) === req.params.person)
  if (!account) throw notFound()
  return account
}

const longestName = 200

/** POST /staff/people: the answer shows the first password, this once. */
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
    if (errors.length > 0 || !role) return sendPeople(req, res, services, { typed, errors }, 422)
    const password = newPassword()
    const account = { email, name: typed.name, role, locale, passwordHash: await hashPassword(password) }
    const by = accountOf(req).id
    const result = await services.commit(() => addStaff(services.db, account, services.clock.now(), by))
    if (result === 'taken') {
      fail('email', 'taken')
      return sendPeople(req, res, services, { typed, errors }, 422)
    }
    sendPeople(req, res, services, { done: { what: 'password', name: typed.name, password } }, 201)
  }

/** POST /staff/people/{id}/password: the old one is of no use any more, and the sessions end. */
export const createColleaguePassword =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const { email, name } = colleagueOf(req, services)
    const password = newPassword()
    const passwordHash = await hashPassword(password)
    const [now, by] = [services.clock.now(), accountOf(req).id]
    const change = () => setStaffPassword(services.db, email, passwordHash, now, by)
    if (!(await services.commit(change))) throw notFound()
    sendPeople(req, res, services, { done: { what: 'password', name, password } }, 201)
  }

/** POST /staff/people/{id}/role */
export const createRole =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const { email, name } = colleagueOf(req, services)
    const role = roles.find((known) => known === uploadOf(req).fields.role?.[0])
    if (!role) throw new Failure(422, 'people.error.role')
    const [now, by] = [services.clock.now(), accountOf(req).id]
    const result = await services.commit(() => changeRole(services.db, email, role, now, by))
    if (result === 'last_admin') {
      return sendPeople(req, res, services, { notice: 'people.error.lastAdmin' }, 409)
    }
    if (result === 'unknown') throw notFound()
    sendPeople(req, res, services, { done: { what: 'roleChanged', name } })
  }

/** POST /staff/people/{id}/disabling */
export const createDisabling =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const { email, name } = colleagueOf(req, services)
    const [now, by] = [services.clock.now(), accountOf(req).id]
    const result = await services.commit(() => disableStaff(services.db, email, now, by))
    if (result === 'last_admin') {
      return sendPeople(req, res, services, { notice: 'people.error.lastAdmin' }, 409)
    }
    if (result === 'unknown') throw notFound()
    sendPeople(req, res, services, { done: { what: 'disabled', name } })
  }

/** POST /staff/people/{id}/factor-removal: for who has lost the phone. The own one goes by password and code, in the settings. */
export const createFactorRemoval =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const { id, name } = colleagueOf(req, services)
    const [now, by] = [services.clock.now(), accountOf(req).id]
    if (id === by) throw new Failure(403, 'error.staff.forbidden')
    await services.commit(() => removeSecondFactor(services.db, id, now, by))
    sendPeople(req, res, services, { done: { what: 'factorRemoved', name } })
  }

/** POST /staff/people/{id}/signing-out: wherever they are signed in, this browser excepted where it is one's own account. */
export const createSigningOut =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const { id, name } = colleagueOf(req, services)
    const [now, by] = [services.clock.now(), accountOf(req).id]
    const allBut = id === by ? sessionId(sessionToken(req, services) ?? '') : null
    await services.commit(() => endSessions(services.db, id, { allBut }, now, by))
    sendPeople(req, res, services, { done: { what: 'sessionsEnded', name } })
  }
