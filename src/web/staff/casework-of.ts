import type { Request, Response } from 'express'
import { type Casework, historyParts } from '../../../views/staff/casework.ts'
import { mailOfTakedown } from '../../inbox/store.ts'
import type { Services } from '../../services.ts'
import { mayAct } from '../../staff/accounts.ts'
import { allNames, colleagues } from '../../staff/colleagues.ts'
import { duplicatesOf } from '../../takedowns/duplicates.ts'
import { looksOf, presentAmong } from '../../takedowns/looks.ts'
import { notesOf } from '../../takedowns/notes.ts'
import { relatedTo } from '../../takedowns/related.ts'
import { findById, type TakedownFile } from '../../takedowns/store.ts'
import { newFormKey } from '../forms/form-key.ts'
import { accountOf } from '../middleware/staff-session.ts'
import { shownMail } from './inbox.tsx'
import { noteLook } from './presence.ts'

/** What the page of this takedown shows for colleagues, for whom it is shown to; that it was opened is noted. */
export function caseworkOf(req: Request, res: Response, services: Services, file: TakedownFile): Casework {
  const { db, clock } = services
  const { takedown } = file
  const account = accountOf(req)
  const seen = looksOf(db, takedown.id)
  noteLook(req, res, services, takedown.id, seen)
  const print = (['plain', 'notes'] as const).find((kind) => kind === req.query.print) ?? null
  return {
    mayAct: mayAct(account) && print === null,
    colleagues: colleagues(db).filter(({ id }) => id !== takedown.assigneeId && id !== account.id),
    names: allNames(db),
    notes: notesOf(db, takedown.id),
    noteKey: newFormKey(),
    history: historyParts.find((part) => part === req.query.history) ?? 'all',
    print,
    present: presentAmong(seen, account.id, clock.now()),
    looks: seen.filter(({ staffId }) => staffId !== account.id),
    related: relatedTo(db, file),
    mails: mailOfTakedown(db, takedown.id).map((mail) => shownMail(services, mail)),
    original: originalReference(services, file),
    duplicates: duplicatesOf(db, takedown.id).map(({ reference }) => reference),
  }
}

const originalReference = ({ db }: Services, { takedown }: TakedownFile): string | null =>
  takedown.duplicateOfId === null ? null : (findById(db, takedown.duplicateOfId)?.reference ?? null)
