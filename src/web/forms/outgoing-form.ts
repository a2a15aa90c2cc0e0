import type { SummaryError } from '../../../views/components/error-summary.tsx'
import type { TakedownPageProps } from '../../../views/staff/takedown-page.tsx'
import type { OutgoingAct } from '../../actions/outgoing-act.ts'
import type { PlainKey } from '../../i18n/messages.ts'
import type { DraftFields, Drafts } from '../../staff/drafts.ts'
import { askedAmong } from '../../takedowns/asked-fields.ts'
import type { chooseOriginal } from '../../takedowns/duplicates.ts'
import type { ReportedPage } from '../../takedowns/store.ts'
import { checkDecisions, readTypedDecisions } from './decision-form.ts'
import { newFormKey } from './form-key.ts'
import { localDay } from './local-day.ts'
import type { Fields } from './takedown-form.ts'
import { longestText, typedText } from './typed-text.ts'

/** The forms of acts that leave the building. */
export const outgoingForms = ['letter', 'decision', 'reopening', 'duplicate'] as const
export type OutgoingForm = (typeof outgoingForms)[number]

export const isOutgoingForm = (value: unknown): value is OutgoingForm =>
  outgoingForms.some((form) => form === value)

export type CheckedOutgoing =
  | { ok: true; outgoing: OutgoingAct }
  | { ok: false; errors: readonly SummaryError[] }

export interface Surroundings {
  readonly pages: readonly ReportedPage[]
  readonly now: number
  readonly timeZone: string
  /** What a typed reference names as the original of this takedown. */
  readonly chooseOriginal: (typed: string) => ReturnType<typeof chooseOriginal>
}

/** The form as an act, or what is wrong with it. */
export function checkOutgoing(form: OutgoingForm, fields: Fields, around: Surroundings): CheckedOutgoing {
  switch (form) {
    case 'letter':
      return checkLetter(fields)
    case 'decision':
      return checkDecision(fields, around)
    case 'reopening':
      return checkReopening(fields, around.now)
    case 'duplicate':
      return checkDuplicate(fields, around)
  }
}

function checkLetter(fields: Fields): CheckedOutgoing {
  const body = typedText(fields.body?.[0])
  const errors = textErrors(body, 'body', 'staff.error.message')
  if (errors.length > 0) return { ok: false, errors }
  // The version in the form makes a second click stale; the key needs only to be new.
  const message = { key: newFormKey(), body }
  const asked = askedAmong(fields.ask ?? [])
  return fields.question?.[0] === 'yes' || asked.length > 0
    ? { ok: true, outgoing: { act: 'question', message: { ...message, asked } } }
    : { ok: true, outgoing: { act: 'letter', message } }
}

function checkDecision(fields: Fields, { pages, now, timeZone }: Surroundings): CheckedOutgoing {
  const momentOf = (day: string) => momentOfDay(day, now, timeZone)
  const checked = checkDecisions(readTypedDecisions(fields, pages), now, momentOf)
  return checked.ok ? { ok: true, outgoing: { act: 'decision', decisions: checked.value } } : checked
}

function checkReopening(fields: Fields, now: number): CheckedOutgoing {
  const reason = typedText(fields.reason?.[0])
  const errors = textErrors(reason, 'reason', 'staff.error.reason')
  return errors.length > 0
    ? { ok: false, errors }
    : { ok: true, outgoing: { act: 'reopening', reason, from: now } }
}

function checkDuplicate(fields: Fields, around: Surroundings): CheckedOutgoing {
  const chosen = around.chooseOriginal(fields.of?.[0] ?? '')
  return chosen.ok
    ? { ok: true, outgoing: { act: 'duplicate', ofId: chosen.original.id } }
    : { ok: false, errors: [{ fieldId: 'of', sentence: { key: `case.duplicate.${chosen.fault}` } }] }
}

function textErrors(text: string, fieldId: string, whenMissing: PlainKey): SummaryError[] {
  if (text === '') return [{ fieldId, sentence: { key: whenMissing } }]
  return text.length > longestText ? [{ fieldId, sentence: { key: 'staff.error.tooLong' } }] : []
}

/** A year typed wrongly would stand in the claimant's letter as a fact. */
const oldestActMs = 10 * 366 * 24 * 3_600_000

/** Noon of a local day given as YYYY-MM-DD; now, when it is today; null where it is no day of the last ten years. */
function momentOfDay(day: string, now: number, timeZone: string): number | null {
  if (day === localDay(now, timeZone)) return now
  const noon = new Date(`${day}T12:00:00Z`)
  // Date takes 30 February for 2 March.
  const isDay = !Number.isNaN(noon.getTime()) && noon.toISOString().slice(0, 10) === day
  return isDay && noon.getTime() > now - oldestActMs ? noon.getTime() : null
}

// --- drafts ---------------------------------------------------------------------------------------------------

/** What of a form is the machinery's and not typed. */
const notTyped = ['version', 'form', 'intent', 'reply', 'seen', 'submission']

export const typedFields = (fields: Fields): DraftFields =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => !notTyped.includes(name))
      .map(([name, values]) => [name, [...values]]),
  )

/** What the forms of the page show in place of what is recorded. */
export function typedIn(
  drafts: Drafts,
  pages: readonly ReportedPage[],
): NonNullable<TakedownPageProps['typed']> {
  const { letter, decision, reopening } = drafts
  return {
    ...(letter && {
      body: letter.fields.body?.[0] ?? '',
      isQuestion: letter.fields.question?.[0] === 'yes',
    }),
    ...(decision && { decisions: readTypedDecisions(decision.fields, pages) }),
    ...(reopening && { reason: reopening.fields.reason?.[0] ?? '' }),
  }
}
