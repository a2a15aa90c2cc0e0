import type { RequestHandler, Router } from 'express'
import type { Services } from '../../services.ts'
import { actingStaff } from '../middleware/staff-session.ts'
import {
  createChoice,
  createUndoneChoice,
  downloadPart,
  downloadRaw,
  showInbox,
  showIncoming,
} from './inbox.tsx'

/** Mail that came in. */
export function mountInboxRoutes(desk: Router, services: Services, words: RequestHandler): void {
  desk.get('/inbox', showInbox(services))
  desk.get('/inbox/:mail', showIncoming(services))
  desk.get('/inbox/:mail/raw', actingStaff, downloadRaw(services))
  desk.get('/inbox/:mail/files/:part', actingStaff, downloadPart(services))
  desk.post('/inbox/:mail/choice', actingStaff, words, createChoice(services))
  desk.post('/inbox/:mail/undoing', actingStaff, words, createUndoneChoice(services))
  desk.get(['/inbox/:mail/choice', '/inbox/:mail/undoing'], (req, res) =>
    res.redirect(303, `/staff/inbox/${req.params.mail}`),
  )
}
