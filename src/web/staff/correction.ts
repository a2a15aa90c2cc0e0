import type { RequestHandler } from 'express'
import { correctFields } from '../../actions/correct-fields.ts'
import type { Services } from '../../services.ts'
import { pagesOf } from '../../takedowns/store.ts'
import { checkCorrection, readTypedCorrection } from '../forms/correction-form.ts'
import { staffAct } from './acts.ts'
import { takedownOf } from './show-takedown.tsx'

/** POST /staff/takedowns/{reference}/correction: what was understood of a mail, put right. */
export const createCorrection = (services: Services): RequestHandler =>
  staffAct(services, ({ req, fields, target, account }) => {
    const { hosts, names } = services.config.site
    const takedown = takedownOf(req, services)
    const pages = pagesOf(services.db, takedown.id)
    const correction = readTypedCorrection(fields, pages)
    const checked = checkCorrection(correction, takedown, pages, { hosts, name: names[account.locale] })
    const typed = { correction }
    if (!checked.ok) return { errors: checked.errors, typed }
    return { act: () => correctFields(services.db, target, checked.value, account.id), typed }
  })
