import type { RequestHandler, Router } from 'express'
import type { Services } from '../../services.ts'
import { actingStaff } from '../middleware/staff-session.ts'
import { createNote, createSpam } from './case-acts.ts'
import { createPreview } from './letters.tsx'
import { showPresence } from './presence.ts'

/** Acts on one takedown that stay in the building. */
export function mountCaseRoutes(desk: Router, services: Services, words: RequestHandler): void {
  desk.post('/takedowns/:reference/notes', actingStaff, words, createNote(services))
  desk.post('/takedowns/:reference/spam', actingStaff, words, createSpam(services))
  desk.post('/takedowns/:reference/duplicate', actingStaff, words, createPreview(services, 'duplicate'))
  desk.get('/takedowns/:reference/presence', showPresence(services))
  for (const act of ['notes', 'spam', 'duplicate']) {
    desk.get(`/takedowns/:reference/${act}`, (req, res) =>
      res.redirect(303, `${req.baseUrl}${req.path}`.replace(/\/[^/]+\/?$/, '')),
    )
  }
}
