import { randomUUID } from 'node:crypto'
import type { Request } from 'express'
import { type Casework, historyParts } from '../../../views/staff/casework.ts'
import type { Services } from '../../services.ts'
import { mayAct } from '../../staff/accounts.ts'
import { allNames, colleagues } from '../../staff/colleagues.ts'
import { notesOf } from '../../takedowns/notes.ts'
import type { Takedown } from '../../takedowns/store.ts'
import { accountOf } from '../middleware/staff-session.ts'

/** What the page of this takedown shows for colleagues, for whom it is shown to. */
export function caseworkOf(req: Request, { db }: Services, takedown: Takedown): Casework {
  const account = accountOf(req)
  return {
    mayAct: mayAct(account),
    colleagues: colleagues(db).filter(({ id }) => id !== takedown.assigneeId && id !== account.id),
    names: allNames(db),
    notes: notesOf(db, takedown.id),
    noteKey: randomUUID(),
    history: historyParts.find((part) => part === req.query.history) ?? 'all',
  }
}
