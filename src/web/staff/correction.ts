import type { RequestHandler } from 'express'
import { correctFields } from '../../actions/correct-fields.ts'
import { isLocale } from '../../i18n/locales.ts'
import { isOneAddress } from '../../outbox/address.ts'
import type { Services } from '../../services.ts'
import { readPageAddresses } from '../../takedowns/page-address.ts'
import { readPhone } from '../../takedowns/phone.ts'
import { typedText } from '../forms/typed-text.ts'
import { staffAct } from './acts.ts'

/** POST /staff/takedowns/{reference}/correction: what was understood of a mail, put right. */
export const createCorrection = (services: Services): RequestHandler =>
  staffAct(services, ({ fields, target, account }) => {
    const name = typedText(fields.name?.[0]).slice(0, 500)
    const typedPhone = typedText(fields.phone?.[0])
    const email = typedText(fields.email?.[0]).toLowerCase()
    const locale = fields.locale?.[0]
    const phone = typedPhone === '' ? { ok: true as const, typed: '', e164: null } : readPhone(typedPhone)
    const { pages, faults } = readPageAddresses(fields.page ?? [], services.config.site.hosts)
    const errors = [
      ...(phone.ok
        ? []
        : [{ fieldId: 'correct-phone', sentence: { key: 'form.error.phone.notAPhone' as const } }]),
      ...(email === '' || isOneAddress(email)
        ? []
        : [{ fieldId: 'correct-email', sentence: { key: 'staff.mail.badAddress' as const } }]),
      ...(faults.length === 0
        ? []
        : [{ fieldId: 'correct-page', sentence: { key: 'form.error.page.notAnAddress' as const } }]),
    ]
    if (errors.length > 0 || !phone.ok || !isLocale(locale)) return { errors }
    const corrected = {
      name,
      phone: { typed: phone.typed, e164: phone.e164 },
      email: email === '' ? null : email,
      locale,
      addedPages: pages,
    }
    return { act: () => correctFields(services.db, target, corrected, account.id) }
  })
