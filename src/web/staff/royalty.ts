import type { RequestHandler } from 'express'
import { changeRoyalty } from '../../actions/change-royalty.ts'
import type { Services } from '../../services.ts'
import { checkRoyalty, readTypedRoyalty } from '../forms/royalty-form.ts'
import { staffAct } from './acts.ts'

/** POST .../royalty: money for past use. Who may act may also see money. */
export const createRoyaltyChange = (services: Services): RequestHandler =>
  staffAct(services, ({ target, account, fields }) => {
    const typed = { royalty: readTypedRoyalty(fields) }
    const checked = checkRoyalty(typed.royalty)
    if (!checked.ok) return { errors: checked.errors, typed }
    return { act: () => changeRoyalty(services.db, target, checked.value, account.id), typed }
  })
