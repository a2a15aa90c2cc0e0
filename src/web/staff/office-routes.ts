import type { RequestHandler, Router } from 'express'
import { accountActs } from '../../../views/staff/account-act-page.tsx'
import type { Services } from '../../services.ts'
import { createAccountAct, showAccountAct } from './account-acts.tsx'
import { createSessionEnding } from './end-sessions.ts'
import { createOwnPassword, showOwnPassword } from './own-password.tsx'
import { adminsOnly, createColleague, showPeople } from './people.tsx'
import { exportReport, showReports } from './reports.tsx'
import {
  createRecoveryCodes,
  createSecondFactor,
  createSecondFactorRemoval,
  showSecondFactor,
} from './second-factor.tsx'
import { createSettings, showSettings } from './settings.tsx'

/** The office itself: who works here, and how each of them likes to. */
export function mountOfficeRoutes(desk: Router, services: Services, words: RequestHandler): void {
  const lead =
    (to: string): RequestHandler =>
    (_req, res) =>
      res.redirect(303, to)

  desk.get('/settings', showSettings(services))
  desk.post('/settings', words, createSettings(services))
  desk.get('/settings/password', showOwnPassword(services))
  desk.post('/settings/password', words, createOwnPassword(services))

  desk.get('/settings/sessions/ending', lead('/staff/settings'))
  desk.post('/settings/sessions/ending', words, createSessionEnding(services))

  desk.get('/settings/second-factor', showSecondFactor(services))
  desk.post('/settings/second-factor', words, createSecondFactor(services))
  for (const [act, handler] of [
    ['recovery-codes', createRecoveryCodes],
    ['removal', createSecondFactorRemoval],
  ] as const) {
    desk.get(`/settings/second-factor/${act}`, lead('/staff/settings'))
    desk.post(`/settings/second-factor/${act}`, words, handler(services))
  }

  desk.get('/reports', showReports(services))
  desk.get('/reports.csv', exportReport(services))

  desk.get('/people', adminsOnly, showPeople(services))
  desk.post('/people', adminsOnly, words, createColleague(services))
  for (const act of accountActs) {
    desk.get(`/people/:person/${act}`, adminsOnly, showAccountAct(services, act))
    desk.post(`/people/:person/${act}`, adminsOnly, words, createAccountAct(services, act))
  }
}
