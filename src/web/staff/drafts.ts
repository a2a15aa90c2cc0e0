import type { RequestHandler } from 'express'
import { keepDraft } from '../../actions/keep-draft.ts'
import { Failure } from '../../lib/failures.ts'
import type { Services } from '../../services.ts'
import { draftForms } from '../../staff/drafts.ts'
import { typedFields } from '../forms/outgoing-form.ts'
import { accountOf } from '../middleware/staff-session.ts'
import { uploadOf } from '../middleware/upload.ts'
import { sendTakedown, takedownOf } from './show-takedown.tsx'

/**
 * POST .../drafts: keeps what was typed in the form that the field `form` names, or with the intent `discard` drops
 * it. Scripts ask for JSON and get 204; the button leads back to the page.
 */
export const createDraft =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const { fields } = uploadOf(req)
    const { id, reference } = takedownOf(req, services)
    const form = draftForms.find((known) => known === fields.form?.[0])
    if (!form) throw new Failure(422, 'error.malformed')
    const owner = { takedownId: id, staffId: accountOf(req).id, form }
    const typed = fields.intent?.[0] === 'discard' ? {} : typedFields(fields)
    const kept = await services.commit(() => keepDraft(services.db, owner, typed, services.clock.now()))
    if (req.accepts(['html', 'json']) === 'json') return res.status(kept ? 204 : 409).end()
    if (!kept) return sendTakedown(req, res, services, { notice: 'outgoing.pending.refused' }, 409)
    res.redirect(303, `/staff/takedowns/${reference}#form-${form}`)
  }
