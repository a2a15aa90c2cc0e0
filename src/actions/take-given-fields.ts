import { eq } from 'drizzle-orm'
import type { Tx } from '../db/open.ts'
import { takedowns } from '../db/schema.ts'
import { type AskedField, askedAmong, type Given, readAsked } from '../takedowns/asked-fields.ts'
import { recordEvent } from '../takedowns/events.ts'
import type { Takedown } from '../takedowns/store.ts'
import { addReportedPage } from './add-reported-page.ts'

/**
 * Part of the act that adds a claimant's message: what was asked for replaces what stood there, which stays in the
 * event. What nobody asked for is left out. Answers what was taken, and what is still open as the column holds it.
 */
export function takeGivenFields(
  tx: Tx,
  takedown: Takedown,
  given: Given,
  hasFiles: boolean,
  now: number,
): { fields: AskedField[]; askedFields: string } {
  const asked = readAsked(takedown.askedFields)
  const fields = askedAmong([...Object.keys(given), ...(hasFiles ? ['screenshot'] : [])]).filter((field) =>
    asked.includes(field),
  )
  if (fields.length === 0) return { fields, askedFields: takedown.askedFields }
  const has = (field: AskedField) => fields.includes(field)
  const { name, phone, email, statement, page } = given
  const changed = {
    ...(has('name') && name !== undefined && { claimantName: name }),
    ...(has('phone') && phone && { phoneTyped: phone.typed, phoneE164: phone.e164 }),
    ...(has('email') && email !== undefined && { email }),
    ...(has('statement') && statement !== undefined && { statement }),
  }
  if (Object.keys(changed).length > 0) {
    tx.update(takedowns).set(changed).where(eq(takedowns.id, takedown.id)).run()
  }
  if (has('page') && page) addReportedPage(tx, takedown.id, page, now)
  const before = {
    ...(has('name') && { name: takedown.claimantName }),
    ...(has('phone') && { phone: takedown.phoneTyped }),
    ...(has('email') && { email: takedown.email }),
    ...(has('statement') && { statement: takedown.statement }),
  }
  recordEvent(tx, {
    takedownId: takedown.id,
    at: now,
    actor: { kind: 'claimant' },
    type: 'fields_given',
    detail: { fields, before },
  })
  return { fields, askedFields: JSON.stringify(asked.filter((field) => !has(field))) }
}
