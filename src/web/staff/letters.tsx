import type { Request, RequestHandler, Response } from 'express'
import { withLetterFonts } from '../../../views/letters/letter-fonts.ts'
import { accessKeyDots, PreviewPage } from '../../../views/staff/preview-page.tsx'
import type { Target } from '../../actions/change-takedown.ts'
import { keepDraft } from '../../actions/keep-draft.ts'
import { pendAct, previewMark } from '../../actions/pend-act.ts'
import { type Rehearsal, rehearseAct } from '../../actions/rehearse-act.ts'
import { undoAct } from '../../actions/undo-act.ts'
import { whenNotBusy } from '../../db/busy.ts'
import { Failure, failureOrThrow, notFound } from '../../lib/failures.ts'
import { accessKeyPlaceholder } from '../../outbox/compose.ts'
import type { Services } from '../../services.ts'
import { type DraftFields, draftsOf } from '../../staff/drafts.ts'
import { chooseOriginal } from '../../takedowns/duplicates.ts'
import { pagesOf, type Takedown } from '../../takedowns/store.ts'
import {
  type CheckedOutgoing,
  checkOutgoing,
  isOutgoingForm,
  type OutgoingForm,
  typedFields,
} from '../forms/outgoing-form.ts'
import type { Fields } from '../forms/takedown-form.ts'
import { reportDirectives } from '../middleware/security-headers.ts'
import { accountOf } from '../middleware/staff-session.ts'
import { uploadOf } from '../middleware/upload.ts'
import { sendPage } from '../page.ts'
import { deskOf } from './desk.ts'
import { refusalNotice } from './refusal-notice.ts'
import { sendTakedown, takedownOf } from './show-takedown.tsx'

/**
 * POST .../messages, .../decision, .../reopening: what was typed is kept as a draft and, where it can be carried out,
 * leads to its preview. Nothing else happens yet.
 */
export const createPreview =
  (services: Services, form: OutgoingForm): RequestHandler =>
  async (req, res) => {
    const takedown = takedownOf(req, services)
    const { fields } = uploadOf(req)
    const kept = await keepTyped(req, services, form, typedFields(fields))
    if (!kept) return sendTakedown(req, res, services, { notice: 'outgoing.pending.refused' }, 409)
    const checked = check(services, takedown, form, fields)
    if (!checked.ok) return sendTakedown(req, res, services, { errors: checked.errors }, 422)
    const rehearsal = await rehearse(req, services, targetOf(takedown, fields, services), checked)
    if (!rehearsal.ok) {
      return sendTakedown(req, res, services, { notice: refusalNotice(rehearsal.refusal) }, 409)
    }
    res.redirect(303, previewPath(takedown, form))
  }

const previewPath = ({ reference }: Takedown, form: OutgoingForm) =>
  `/staff/takedowns/${reference}/preview/${form}`

const keepTyped = (req: Request, services: Services, form: OutgoingForm, fields: DraftFields) => {
  const owner = { takedownId: takedownOf(req, services).id, staffId: accountOf(req).id, form }
  return services.commit(() => keepDraft(services.db, owner, fields, services.clock.now()))
}

const targetOf = ({ reference }: Takedown, fields: Fields, { clock }: Services): Target => ({
  reference,
  version: Number(fields.version?.[0] ?? Number.NaN),
  now: clock.now(),
})

const check = (services: Services, takedown: Takedown, form: OutgoingForm, fields: Fields) =>
  checkOutgoing(form, fields, {
    pages: pagesOf(services.db, takedown.id),
    now: services.clock.now(),
    timeZone: services.config.calendar.timeZone,
    chooseOriginal: (typed) => chooseOriginal(services.db, takedown, typed),
  })

const rehearse = (
  req: Request,
  { db, office }: Services,
  target: Target,
  { outgoing }: Extract<CheckedOutgoing, { ok: true }>,
): Promise<Rehearsal> =>
  whenNotBusy(() => rehearseAct(db, office, target, outgoing, accountOf(req).id)).catch((error: unknown) => {
    // Such as a page that the form did not name.
    if (failureOrThrow(error).status === 409) return { ok: false, refusal: 'refused' }
    throw error
  })

// --- the preview ----------------------------------------------------------------------------------------------

/** GET .../preview/{form}: the draft as it would go out now. */
export const showPreview =
  (services: Services): RequestHandler =>
  (req, res) =>
    sendPreview(req, res, services, formOf(req))

function formOf(req: Request): OutgoingForm {
  const { form } = req.params
  if (!isOutgoingForm(form)) throw notFound()
  return form
}

type Draft =
  | { kind: 'none' | 'faulty' }
  | { kind: 'refused'; rehearsal: Extract<Rehearsal, { ok: false }> }
  | {
      kind: 'ready'
      fields: DraftFields
      checked: Extract<CheckedOutgoing, { ok: true }>
      rehearsal: Extract<Rehearsal, { ok: true }>
    }

/** The reader's own draft, rehearsed on the takedown as it stands. */
async function rehearseDraft(req: Request, services: Services, form: OutgoingForm): Promise<Draft> {
  const takedown = takedownOf(req, services)
  const draft = draftsOf(services.db, takedown.id, accountOf(req).id)[form]
  if (!draft) return { kind: 'none' }
  const checked = check(services, takedown, form, draft.fields)
  if (!checked.ok) return { kind: 'faulty' }
  const { reference, version } = takedown
  const rehearsal = await rehearse(req, services, { reference, version, now: services.clock.now() }, checked)
  if (!rehearsal.ok) return { kind: 'refused', rehearsal }
  return { kind: 'ready', fields: draft.fields, checked, rehearsal }
}

async function sendPreview(
  req: Request,
  res: Response,
  services: Services,
  form: OutgoingForm,
  hasChanged = false,
) {
  const account = accountOf(req)
  const takedown = takedownOf(req, services)
  const draft = await rehearseDraft(req, services, form)
  if (draft.kind === 'refused') {
    return sendTakedown(req, res, services, { notice: refusalNotice(draft.rehearsal.refusal) }, 409)
  }
  if (draft.kind !== 'ready') return res.redirect(303, `/staff/takedowns/${takedown.reference}`)
  const { checked, rehearsal } = draft
  const address = previewPath(takedown, form)
  const mark = previewMark(checked.outgoing, rehearsal)
  // The page frames the letter, which has a policy of its own; nothing else may be framed anywhere.
  res.set('Content-Security-Policy', `${res.get('Content-Security-Policy') ?? ''};frame-src 'self'`)
  const page = (
    <PreviewPage
      desk={{ ...deskOf(req, services), address }}
      form={form}
      version={takedown.version}
      mark={mark}
      letter={rehearsal.letter && withoutKey(rehearsal.letter)}
      frameAddress={`${address}/letter?seen=${mark}`}
      after={rehearsal.after}
      message={'message' in checked.outgoing ? checked.outgoing.message.body : null}
      hasChanged={hasChanged}
    />
  )
  sendPage(res, account.locale, page, hasChanged ? 409 : 200)
}

/** Nobody at the desk sees where the key will stand as anything but dots; the key itself is not here at all. */
const withoutKey = <Letter extends Record<'subject' | 'text' | 'html', string>>(letter: Letter): Letter => ({
  ...letter,
  text: letter.text.replaceAll(accessKeyPlaceholder, accessKeyDots),
  html: letter.html.replaceAll(accessKeyPlaceholder, accessKeyDots),
})

const letterPolicy =
  "sandbox allow-same-origin;default-src 'none';style-src 'unsafe-inline';font-src 'self';base-uri 'none';form-action 'none';frame-ancestors 'self'"

/** GET .../preview/{form}/letter?seen=: the HTML letter for its frame, with the styles it has in a mail program. */
export const showPreviewedLetter =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const draft = await rehearseDraft(req, services, formOf(req))
    if (draft.kind !== 'ready' || !draft.rehearsal.letter) throw notFound()
    if (previewMark(draft.checked.outgoing, draft.rehearsal) !== req.query.seen) {
      throw new Failure(409, 'error.stale')
    }
    res
      .set({
        'Content-Security-Policy': `${letterPolicy};${reportDirectives(services.office.origin)}`,
        'X-Frame-Options': 'SAMEORIGIN',
        'Cache-Control': 'no-store',
      })
      .type('html')
      .send(withLetterFonts(withoutKey(draft.rehearsal.letter).html))
  }

// --- sending and undoing --------------------------------------------------------------------------------------

/** POST .../sending: what the preview showed waits for its moment; anything else is shown first. */
export const createSending =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const { fields } = uploadOf(req)
    const takedown = takedownOf(req, services)
    const form = fields.form?.[0]
    if (!isOutgoingForm(form)) throw notFound()
    const draft = draftsOf(services.db, takedown.id, accountOf(req).id)[form]
    const checked = draft ? check(services, takedown, form, draft.fields) : null
    if (!draft || !checked?.ok) return sendTakedown(req, res, services, { notice: 'staff.stale' }, 409)
    const { outgoing } = checked
    const sending = {
      outgoing,
      fields: draft.fields,
      seen: fields.seen?.[0] ?? '',
      staffId: accountOf(req).id,
    }
    const target = targetOf(takedown, fields, services)
    const pended = await services.commit(() => pendAct(services.db, services.office, target, sending))
    if (!pended.ok) {
      if (pended.refusal === 'unseen') return sendPreview(req, res, services, form, true)
      return sendTakedown(req, res, services, { notice: refusalNotice(pended.refusal) }, 409)
    }
    services.pendingActs.wake()
    res.redirect(303, `/staff/takedowns/${takedown.reference}`)
  }

/** POST .../undoing: whoever sees that it should not go out may stop it. */
export const createUndoing =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const { id, reference } = takedownOf(req, services)
    const isUndone = await services.commit(() => undoAct(services.db, id, services.clock.now()))
    if (!isUndone) return sendTakedown(req, res, services, { notice: 'outgoing.pending.gone' }, 409)
    res.redirect(303, `/staff/takedowns/${reference}`)
  }
