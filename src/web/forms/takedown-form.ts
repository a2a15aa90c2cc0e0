import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { FormError, FormValues } from '../../../views/public/form-model.ts'
import type { Submission } from '../../actions/submit-takedown.ts'
import { stripBidiControls } from '../../lib/bidi.ts'
import { type AddressFault, readPageAddresses } from '../../takedowns/page-address.ts'
import { readPhone } from '../../takedowns/phone.ts'
import { newFormKey } from './form-key.ts'
import { isBlank, longestText, typedText, withoutControls } from './typed-text.ts'

export type Fields = Readonly<Record<string, readonly string[]>>

/** The form as it came in, before anything is checked; every page of the answer can show it again. */
export interface TypedForm {
  readonly values: FormValues
  readonly submission: string
  /** When the form was served, by our own clock; null where it does not say. */
  readonly started: number | null
  /** Hashes of files accepted in an earlier try whose boxes are still ticked. */
  readonly kept: readonly string[]
  readonly honeypot: string
  readonly intent: string
}

/** What the claimant says, checked; the rest of a Submission is ours to add. */
export type Claim = Pick<Submission, 'name' | 'phone' | 'email' | 'statement' | 'capacity' | 'pages'>
export type CheckedForm = { ok: true; value: Claim } | { ok: false; errors: FormError[] }

/** With the other fields and the kept files this stays within what `multerLimits` lets in. */
export const mostPages = 16
const longestName = 300
const mostSubmissionKey = 200

const first = (fields: Fields, name: string) => fields[name]?.[0] ?? ''

export function readTypedForm(fields: Fields): TypedForm {
  const started = Number(first(fields, 'started'))
  const key = first(fields, 'submission').trim()
  return {
    values: {
      name: first(fields, 'name'),
      phone: first(fields, 'phone'),
      pages: [...(fields.page ?? [])],
      email: first(fields, 'email'),
      statement: first(fields, 'statement'),
      capacity: first(fields, 'capacity'),
    },
    submission: key === '' ? newFormKey() : boundedKey(key),
    started: Number.isSafeInteger(started) && started > 0 ? started : null,
    kept: fields.kept ?? [],
    honeypot: first(fields, 'website'),
    intent: first(fields, 'intent'),
  }
}

/** A client's own key of any length names one submission; what is kept of it is bounded. */
const boundedKey = (key: string) =>
  key.length <= mostSubmissionKey ? key : createHash('sha256').update(key).digest('hex')

export const emptyValues = (page: string): FormValues => ({
  name: '',
  phone: '',
  pages: [page],
  email: '',
  statement: '',
  capacity: '',
})

/** Checks what was typed; the files are checked elsewhere. Errors stand in the order of the form. */
export function checkTypedForm(
  values: FormValues,
  site: { hosts: readonly string[]; name: string },
): CheckedForm {
  const errors: FormError[] = []
  const name = checkName(values.name, errors)
  const phone = checkPhone(values.phone, errors)
  const pages = checkPages(values.pages, site, errors)
  const email = checkEmail(values.email, errors)
  const statement = checkStatement(values.statement, errors)
  const capacity = checkCapacity(values.capacity, errors)
  if (errors.length > 0 || phone === null) return { ok: false, errors }
  return { ok: true, value: { name, phone, pages, email, statement, capacity } }
}

const capacities = ['owner', 'representative', 'other'] as const

function checkCapacity(typed: string, errors: FormError[]): Claim['capacity'] {
  const capacity = capacities.find((known) => known === typed) ?? null
  if (capacity === null && typed !== '')
    errors.push({ field: 'capacity', key: 'form.error.capacity.unknown' })
  return capacity
}

export function checkName(typed: string, errors: FormError[]): string {
  const name = withoutControls(typed)
    .replace(/[\r\n\t\u0085\u2028\u2029]+/g, ' ')
    .trim()
  if (isBlank(name)) errors.push({ field: 'name', key: 'form.error.name.missing' })
  else if (name.length > longestName) errors.push({ field: 'name', key: 'form.error.name.tooLong' })
  return name
}

export function checkPhone(typed: string, errors: FormError[]): Claim['phone'] | null {
  const phone = readPhone(typed)
  if (phone.ok) return { typed: phone.typed, e164: phone.e164 }
  const fault = phone.fault === 'empty' ? 'missing' : phone.fault
  errors.push({ field: 'phone', key: `form.error.phone.${fault}` })
  return null
}

export function checkPages(
  typed: readonly string[],
  site: { hosts: readonly string[]; name: string },
  errors: FormError[],
): Claim['pages'] {
  const { pages, faults } = readPageAddresses(typed, site.hosts)
  for (const fault of faults.slice(0, mostPages)) errors.push(pageError(fault, site))
  if (pages.length === 0 && faults.length === 0) {
    errors.push({ field: 'page', index: 0, key: 'form.error.page.missing' })
  }
  if (pages.length > mostPages) {
    errors.push({ field: 'page', index: 0, key: 'form.error.page.tooMany', params: { max: mostPages } })
  }
  return pages
}

export function pageError(fault: AddressFault, site: { name: string }): FormError {
  const at = { field: 'page', index: fault.index } as const
  if (fault.fault === 'otherSite') {
    return { ...at, key: 'form.error.page.otherSite', params: { host: fault.host ?? '', site: site.name } }
  }
  return { ...at, key: `form.error.page.${fault.fault}` }
}

export function checkEmail(typed: string, errors: FormError[]): string | null {
  const email = stripBidiControls(typed).trim()
  if (email === '') return null
  if (email.length > 254 || !z.email().safeParse(email).success) {
    errors.push({ field: 'email', key: 'form.error.email.notAnAddress' })
  }
  return email
}

export function checkStatement(typed: string, errors: FormError[]): string | null {
  const statement = typedText(typed)
  if (statement.length > longestText) errors.push({ field: 'statement', key: 'form.error.statement.tooLong' })
  return statement === '' ? null : statement
}
