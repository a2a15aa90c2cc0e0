import type { FormError } from '../../../views/public/form-model.ts'
import { type AskedField, type Given, readAsked } from '../../takedowns/asked-fields.ts'
import {
  checkEmail,
  checkName,
  checkPages,
  checkPhone,
  checkStatement,
  type Fields,
} from './takedown-form.ts'

/** What was typed into the fields that were asked for, by field. */
export type AskedTyped = Partial<Record<AskedField, string>>

export type AskedFault = Omit<FormError, 'field'> & { field: `asked-${AskedField}` }

/** Only what was asked for and is not empty. */
export function readAskedForm(fields: Fields, askedFields: string): AskedTyped {
  const typed: AskedTyped = {}
  for (const field of readAsked(askedFields)) {
    const value = fields[`asked-${field}`]?.[0]
    if (value !== undefined && value.trim() !== '') typed[field] = value
  }
  return typed
}

/** By the same rules as the form. */
export function checkAsked(
  typed: AskedTyped,
  site: { hosts: readonly string[]; name: string },
): { given: Given; errors: AskedFault[] } {
  const errors: FormError[] = []
  const phone = typed.phone === undefined ? null : checkPhone(typed.phone, errors)
  const page = typed.page === undefined ? undefined : checkPages([typed.page], site, errors)[0]
  const email = typed.email === undefined ? null : checkEmail(typed.email, errors)
  const statement = typed.statement === undefined ? null : checkStatement(typed.statement, errors)
  const given = {
    ...(typed.name !== undefined && { name: checkName(typed.name, errors) }),
    ...(phone && { phone }),
    ...(page && { page: { reportedUrl: page.reportedUrl, canonicalUrl: page.canonicalUrl } }),
    ...(email !== null && { email }),
    ...(statement !== null && { statement }),
  }
  return {
    given,
    errors: errors.flatMap(({ field, key, params }) =>
      field === 'capacity' ? [] : [{ field: `asked-${field}` as const, key, ...(params && { params }) }],
    ),
  }
}
