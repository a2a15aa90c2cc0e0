import type { Request, RequestHandler } from 'express'
import { addNote } from '../../actions/add-note.ts'
import { markSpam } from '../../actions/mark-spam.ts'
import type { PlainKey } from '../../i18n/messages.ts'
import type { Services } from '../../services.ts'
import { newFormKey } from '../forms/form-key.ts'
import { longestText, typedText } from '../forms/typed-text.ts'
import { accountOf } from '../middleware/staff-session.ts'
import { uploadOf } from '../middleware/upload.ts'
import { staffAct } from './acts.ts'
import { sendTakedown, takedownOf } from './show-takedown.tsx'

/** POST .../notes: for staff only. Never stale: what a colleague wants to say is not lost to what another did. */
export const createNote =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const { db, clock } = services
    const takedown = takedownOf(req, services)
    const { fields } = uploadOf(req)
    const note = typedText(fields.note?.[0])
    const fault = faultOf(note)
    if (fault) {
      const errors = [{ fieldId: 'note', sentence: { key: fault } }]
      return sendTakedown(req, res, services, { errors, typed: { note } }, 422)
    }
    const key = noteKeyOf(req, fields.submission?.[0])
    const { id: staffId } = accountOf(req)
    await services.commit(() => addNote(db, takedown.id, { key, body: note, staffId }, clock.now()))
    res.redirect(303, `/staff/takedowns/${takedown.reference}#history`)
  }

/** A key of somebody else's form is not this person's. */
const noteKeyOf = (req: Request, key = ''): string =>
  `${accountOf(req).id}:${key === '' ? newFormKey() : key.slice(0, 100)}`

function faultOf(note: string): PlainKey | null {
  if (note === '') return 'case.note.missing'
  return note.length > longestText ? 'staff.error.tooLong' : null
}

/** POST .../spam */
export const createSpam = (services: Services) =>
  staffAct(services, ({ target, account }) => ({
    act: () => markSpam(services.db, target, account.id),
  }))
