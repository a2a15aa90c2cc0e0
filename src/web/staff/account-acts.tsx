import type { Request, RequestHandler, Response } from 'express'
import {
  type AccountAct,
  AccountActPage,
  type AccountActPageProps,
} from '../../../views/staff/account-act-page.tsx'
import { changeRole } from '../../actions/change-role.ts'
import { disableStaff } from '../../actions/disable-staff.ts'
import { endSessions } from '../../actions/end-sessions.ts'
import { removeSecondFactor } from '../../actions/remove-second-factor.ts'
import { setStaffPassword } from '../../actions/set-staff-password.ts'
import { Failure, notFound } from '../../lib/failures.ts'
import type { Services } from '../../services.ts'
import { listAccounts, type StaffAccount } from '../../staff/accounts.ts'
import { makeFirstPassword } from '../../staff/first-password.ts'
import { roles } from '../../staff/roles.ts'
import { sessionId } from '../../staff/sessions.ts'
import { accountOf, sessionToken } from '../middleware/staff-session.ts'
import { uploadOf } from '../middleware/upload.ts'
import { sendPage } from '../page.ts'
import { logAccountChange } from '../security-log.ts'
import { deskOf } from './desk.ts'
import { takePassword } from './guesses.ts'
import { sendPeople } from './people.tsx'

/** GET /staff/people/{id}/{act}: what it does, and the question for the reader's own password. */
export const showAccountAct =
  (services: Services, act: AccountAct): RequestHandler =>
  (req, res) =>
    sendAccountAct(req, res, services, { act })

function sendAccountAct(
  req: Request,
  res: Response,
  services: Services,
  form: Pick<AccountActPageProps, 'act' | 'chosenRole' | 'errors'>,
  status = 200,
) {
  const reader = accountOf(req)
  const person = colleagueOf(req, services)
  const desk = { ...deskOf(req, services), address: `/staff/people/${person.id}/${form.act}` }
  const page = <AccountActPage desk={desk} person={person} reader={reader} {...form} />
  sendPage(res, reader.locale, page, status)
}

/**
 * POST the same: the act, for who gives the own password with it. A session that was left open or taken lets nobody in
 * and locks nobody out.
 */
export const createAccountAct = (services: Services, act: AccountAct): RequestHandler => {
  const carryOut = handlers[act](services)
  return async (req, res, next) => {
    const refused = await takePassword(req, res, services)
    if (!refused) return carryOut(req, res, next)
    const errors = [{ fieldId: 'current', sentence: refused.sentence }]
    const chosenRole = uploadOf(req).fields.role?.[0]
    sendAccountAct(req, res, services, { act, chosenRole, errors }, refused.status)
  }
}

/** The account in the path; 404 where there is none that signs in. */
function colleagueOf(req: Request, { db }: Services): StaffAccount {
  const account = listAccounts(db).find(({ id }) => String(id) === req.params.person)
  if (!account) throw notFound()
  return account
}

/** POST .../password: the old one is of no use any more, and the sessions end. */
const createColleaguePassword =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const { id, email, name } = colleagueOf(req, services)
    const [now, by] = [services.clock.now(), accountOf(req).id]
    const { kept, ...first } = await makeFirstPassword(now)
    const change = () => setStaffPassword(services.db, email, kept, now, by)
    if (!(await services.commit(change))) throw notFound()
    logAccountChange(services.logger, 'password_changed', id, by)
    sendPeople(req, res, services, { done: { what: 'password', name, ...first } }, 201)
  }

/** There is always somebody who can let others in. */
const refuseForLastAdmin = (req: Request, res: Response, services: Services) =>
  sendPeople(req, res, services, { notice: 'people.error.lastAdmin' }, 409)

/** POST .../role */
const createRole =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const { id, email, name } = colleagueOf(req, services)
    const role = roles.find((known) => known === uploadOf(req).fields.role?.[0])
    if (!role) throw new Failure(422, 'people.error.role')
    const [now, by] = [services.clock.now(), accountOf(req).id]
    const result = await services.commit(() => changeRole(services.db, email, role, now, by))
    if (result === 'last_admin') return refuseForLastAdmin(req, res, services)
    if (result === 'unknown') throw notFound()
    logAccountChange(services.logger, 'role_changed', id, by)
    sendPeople(req, res, services, { done: { what: 'roleChanged', name } })
  }

/** POST .../disabling */
const createDisabling =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const { id, email, name } = colleagueOf(req, services)
    const [now, by] = [services.clock.now(), accountOf(req).id]
    const result = await services.commit(() => disableStaff(services.db, email, now, by))
    if (result === 'last_admin') return refuseForLastAdmin(req, res, services)
    if (result === 'unknown') throw notFound()
    logAccountChange(services.logger, 'disabled', id, by)
    sendPeople(req, res, services, { done: { what: 'disabled', name } })
  }

/** POST .../factor-removal: for who has lost the phone. The own one goes by password and code, in the settings. */
const createFactorRemoval =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const { id, name } = colleagueOf(req, services)
    const [now, by] = [services.clock.now(), accountOf(req).id]
    if (id === by) throw new Failure(403, 'error.staff.forbidden')
    const isRemoved = await services.commit(() => removeSecondFactor(services.db, id, now, by))
    if (isRemoved) logAccountChange(services.logger, 'second_factor_removed', id, by)
    sendPeople(req, res, services, { done: { what: 'factorRemoved', name } })
  }

/** POST .../signing-out: wherever they are signed in, this browser excepted where it is one's own account. */
const createSigningOut =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const { id, name } = colleagueOf(req, services)
    const [now, by] = [services.clock.now(), accountOf(req).id]
    const allBut = id === by ? sessionId(sessionToken(req, services) ?? '') : null
    const isEnded = await services.commit(() => endSessions(services.db, id, { allBut }, now, by))
    if (isEnded) logAccountChange(services.logger, 'sessions_ended', id, by)
    sendPeople(req, res, services, { done: { what: 'sessionsEnded', name } })
  }

const handlers: Record<AccountAct, (services: Services) => RequestHandler> = {
  role: createRole,
  password: createColleaguePassword,
  'factor-removal': createFactorRemoval,
  'signing-out': createSigningOut,
  disabling: createDisabling,
}
