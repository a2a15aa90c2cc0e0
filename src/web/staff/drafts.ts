import type { Request, RequestHandler } from 'express'
import { insertReply } from '../../actions/insert-reply.ts'
import { keepDraft } from '../../actions/keep-draft.ts'
import { Failure } from '../../lib/failures.ts'
import type { Services } from '../../services.ts'
import { type DraftForm, draftForms } from '../../staff/drafts.ts'
import type { Takedown } from '../../takedowns/store.ts'
import { typedFields } from '../forms/outgoing-form.ts'
import { accountOf } from '../middleware/staff-session.ts'
import { uploadOf } from '../middleware/upload.ts'
import { sendTakedown, takedownOf } from './show-takedown.tsx'

/**
 * POST .../drafts: keeps what was typed in the form that the field `form` names, or with the intent `discard` drops
 * it, or with `insert` puts the reply that `reply` names under the letter. Scripts ask for JSON and get 204; the
 * buttons lead back to the page.
 */
export const createDraft =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const { fields } = uploadOf(req)
    const takedown = takedownOf(req, services)
    const form = draftForms.find((known) => known === fields.form?.[0])
    if (!form) throw new Failure(422, 'error.malformed')
    const kept = await services.commit(() => keep(req, services, takedown, form))
    if (req.accepts(['html', 'json']) === 'json') return res.status(kept ? 204 : 409).end()
    if (!kept) return sendTakedown(req, res, services, { notice: 'outgoing.pending.refused' }, 409)
    res.redirect(303, `/staff/takedowns/${takedown.reference}#form-${form}`)
  }

function keep(req: Request, { db, office, clock }: Services, takedown: Takedown, form: DraftForm): boolean {
  const { fields } = uploadOf(req)
  const staffId = accountOf(req).id
  const typed = typedFields(fields)
  const intent = fields.intent?.[0]
  if (intent === 'insert' && form === 'letter') {
    // The library has no form of the letter to send along.
    const insertion = { replyId: Number(fields.reply?.[0]), staffId, typed: 'body' in typed ? typed : null }
    return insertReply(db, office, takedown, insertion, clock.now())
  }
  const owner = { takedownId: takedown.id, staffId, form }
  return keepDraft(db, owner, intent === 'discard' ? {} : typed, clock.now())
}
