import type { RequestHandler, Router } from 'express'
import type { Services } from '../../services.ts'
import { actingStaff } from '../middleware/staff-session.ts'
import {
  createNewReply,
  createReplyText,
  createRetirement,
  showNewReply,
  showReplies,
  showReply,
} from './replies.tsx'

/** The library of replies: everybody reads it, editors and admins write in it. */
export function mountReplyRoutes(desk: Router, services: Services, words: RequestHandler): void {
  desk.get('/replies', showReplies(services))
  desk.get('/replies/new', actingStaff, showNewReply(services))
  desk.get('/replies/:reply', showReply(services))
  desk.post('/replies', actingStaff, words, createNewReply(services))
  desk.post('/replies/:reply', actingStaff, words, createReplyText(services))
  desk.get('/replies/:reply/retirement', (req, res) =>
    res.redirect(303, `/staff/replies/${Number(req.params.reply)}`),
  )
  desk.post('/replies/:reply/retirement', actingStaff, words, createRetirement(services))
}
