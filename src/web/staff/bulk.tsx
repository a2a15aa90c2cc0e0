import type { Request, RequestHandler, Response } from 'express'
import {
  type BulkOutcome,
  BulkPreviewPage,
  BulkUndonePage,
  BulkWaitingPage,
} from '../../../views/staff/bulk-page.tsx'
import { accessKeyDots } from '../../../views/staff/preview-page.tsx'
import { pendAct, previewMark } from '../../actions/pend-act.ts'
import { rehearseAct } from '../../actions/rehearse-act.ts'
import { undoAct } from '../../actions/undo-act.ts'
import { whenNotBusy } from '../../db/busy.ts'
import { failureOrThrow } from '../../lib/failures.ts'
import { accessKeyPlaceholder } from '../../outbox/compose.ts'
import type { Services } from '../../services.ts'
import { allNames } from '../../staff/colleagues.ts'
import { queueViewText, readQueueView } from '../../takedowns/queue-view.ts'
import { findByReference } from '../../takedowns/store.ts'
import { type BulkAct, type BulkRow, type CheckedBulk, checkBulk, readBulkRows } from '../forms/bulk-form.ts'
import type { Fields } from '../forms/takedown-form.ts'
import { accountOf } from '../middleware/staff-session.ts'
import { uploadOf } from '../middleware/upload.ts'
import { sendPage } from '../page.ts'
import { deskOf } from './desk.ts'
import { sendQueue } from './show-queue.tsx'

type Bulk = Extract<CheckedBulk, { ok: true }>

/** POST /staff/bulk: what would happen to each of the ticked rows. Nothing happens yet. */
export const createBulkPreview =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const { fields } = uploadOf(req)
    const bulk = checkBulk(services.db, fields)
    if (!bulk.ok) return refuse(req, res, services, fields, bulk.fault)
    await sendPreview(req, res, services, bulk, backTo(fields), 200)
  }

const backTo = (fields: Fields): string =>
  queueViewText(readQueueView(Object.fromEntries(new URLSearchParams(fields.view?.[0] ?? ''))))

const refuse = (
  req: Request,
  res: Response,
  services: Services,
  fields: Fields,
  fault: Extract<CheckedBulk, { ok: false }>['fault'],
) =>
  sendQueue(req, res, services, Object.fromEntries(new URLSearchParams(backTo(fields))), {
    bulkFault: fault,
    status: 422,
  })

async function sendPreview(
  req: Request,
  res: Response,
  services: Services,
  bulk: Bulk,
  back: string,
  status: number,
) {
  const outcomes = []
  for (const row of bulk.rows) outcomes.push(await rehearse(services, bulk.act, row, accountOf(req).id))
  const page = (
    <BulkPreviewPage
      desk={{ ...deskOf(req, services), address: `/staff/takedowns?${back}` }}
      outcomes={outcomes.filter((outcome) => outcome !== null)}
      fields={bulk.fields}
      object={objectOf(services, bulk)}
      backTo={back}
    />
  )
  sendPage(res, accountOf(req).locale, page, status)
}

const objectOf = ({ db }: Services, { act, fields }: Bulk): string =>
  act.act === 'assignment' ? (allNames(db).get(act.to) ?? '') : (fields.of ?? '')

/** Null where there is no such takedown. */
async function rehearse(
  { db, office, clock }: Services,
  act: BulkAct,
  { reference, version }: BulkRow,
  staffId: number,
): Promise<BulkOutcome | null> {
  const takedown = findByReference(db, reference)
  if (!takedown) return null
  const { claimantName, locale } = takedown
  const shown = { reference, version, claimantName, locale }
  const target = { reference, version, now: clock.now() }
  const rehearsal = await whenNotBusy(() => rehearseAct(db, office, target, act, staffId)).catch(
    (error: unknown) => {
      if (failureOrThrow(error).status === 409) return { ok: false, refusal: 'refused' } as const
      throw error
    },
  )
  if (!rehearsal.ok) {
    const refusal = rehearsal.refusal === 'unknown' ? 'refused' : rehearsal.refusal
    return { ...shown, refusal, mark: '', letter: null }
  }
  const { letter } = rehearsal
  return {
    ...shown,
    refusal: null,
    mark: previewMark(act, rehearsal),
    letter: letter && {
      subject: letter.subject,
      text: letter.text.replaceAll(accessKeyPlaceholder, accessKeyDots),
    },
  }
}

/** POST /staff/bulk/sending: what the preview showed waits for its moment; what has changed since is left as it is. */
export const createBulkSending =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const { fields } = uploadOf(req)
    const bulk = checkBulk(services.db, fields)
    if (!bulk.ok) return refuse(req, res, services, fields, bulk.fault)
    const outcomes: BulkOutcome[] = []
    for (const row of bulk.rows) {
      const outcome = await pend(req, services, bulk.act, row, fields[`seen-${row.reference}`]?.[0] ?? '')
      if (outcome) outcomes.push(outcome)
    }
    services.pendingActs.wake()
    const back = backTo(fields)
    const desk = { ...deskOf(req, services), address: `/staff/takedowns?${back}` }
    sendPage(res, accountOf(req).locale, <BulkWaitingPage desk={desk} outcomes={outcomes} backTo={back} />)
  }

async function pend(
  req: Request,
  services: Services,
  act: BulkAct,
  row: BulkRow,
  seen: string,
): Promise<BulkOutcome | null> {
  const { db, office, clock, commit } = services
  const takedown = findByReference(db, row.reference)
  if (!takedown) return null
  const { claimantName, locale } = takedown
  const sending = { outgoing: act, fields: {}, seen, staffId: accountOf(req).id }
  const target = { ...row, now: clock.now() }
  const pended = await commit(() => pendAct(db, office, target, sending)).catch((error: unknown) => {
    if (failureOrThrow(error).status === 409) return { ok: false, refusal: 'refused' } as const
    throw error
  })
  const refusal = pended.ok ? null : refusalOf(pended.refusal)
  return { ...row, claimantName, locale, refusal, mark: '', letter: null }
}

const refusalOf = (
  refusal: Exclude<ReturnType<typeof pendAct>, { ok: true }>['refusal'],
): NonNullable<BulkOutcome['refusal']> => {
  if (refusal === 'unseen') return 'stale'
  return refusal === 'unknown' ? 'refused' : refusal
}

/** POST /staff/bulk/undoing: whatever of them still waits will not happen. */
export const createBulkUndoing =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const { db, clock, commit } = services
    const { fields } = uploadOf(req)
    const undone = []
    for (const { reference } of readBulkRows(fields)) {
      const id = findByReference(db, reference)?.id
      if (id === undefined) continue
      undone.push({ reference, isUndone: await commit(() => undoAct(db, id, clock.now())) })
    }
    const back = backTo(fields)
    const desk = { ...deskOf(req, services), address: `/staff/takedowns?${back}` }
    sendPage(res, accountOf(req).locale, <BulkUndonePage desk={desk} undone={undone} backTo={back} />)
  }
