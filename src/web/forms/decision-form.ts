import type { SummaryError } from '../../../views/components/error-summary.tsx'
import type { TypedDecision } from '../../../views/staff/decision-form.tsx'
import type { TypedTerms } from '../../../views/staff/licence-fields.tsx'
import type { PageDecision } from '../../actions/decide-takedown.ts'
import { needsAcceptance } from '../../takedowns/offers.ts'
import { keptGrounds, type Outcome, outcomes } from '../../takedowns/outcomes.ts'
import type { ReportedPage } from '../../takedowns/store.ts'
import { checkTerms, readTypedTerms } from './licence-form.ts'
import type { Fields } from './takedown-form.ts'
import { longestText, typedText } from './typed-text.ts'

export function readTypedDecisions(fields: Fields, pages: readonly ReportedPage[]): TypedDecision[] {
  return pages.map(({ id }) => {
    const value = (name: string) => fields[`${name}-${id}`]?.[0]?.trim() ?? ''
    return {
      pageId: id,
      outcome: value('outcome'),
      ground: value('ground'),
      reason: typedText(value('reason')),
      doneOn: value('done'),
      terms: readTypedTerms(fields, id),
    }
  })
}

export type CheckedDecisions = { ok: true; value: PageDecision[] } | { ok: false; errors: SummaryError[] }

/** `dayStart` gives the moment of a local day, or null where the text is none. */
export function checkDecisions(
  typed: readonly TypedDecision[],
  now: number,
  dayStart: (day: string) => number | null,
): CheckedDecisions {
  const errors: SummaryError[] = []
  const value = typed.flatMap((decision, index): PageDecision[] => {
    const fail = (field: string, name: 'outcome' | 'ground' | 'terms' | 'date' | 'tooLong') => {
      const sentence = { key: `staff.error.${name}`, params: { number: index + 1 } } as const
      errors.push({ fieldId: `${field}-${decision.pageId}`, sentence })
    }
    const outcome = outcomes.find((known) => known === decision.outcome)
    if (!outcome) {
      fail('outcome', 'outcome')
      return []
    }
    const keptGround = keptGrounds.find((known) => known === decision.ground) ?? null
    if (outcome === 'kept' && keptGround === null) fail('ground', 'ground')
    const terms = decision.terms ? termsOf(decision.terms, decision.pageId, outcome, index + 1, errors) : null
    if (needsAcceptance(outcome) && decision.reason === '' && !terms) fail('reason', 'terms')
    if (decision.reason.length > longestText) fail('reason', 'tooLong')
    const carriedOutAt = decision.doneOn === '' ? null : dayStart(decision.doneOn)
    if (isCarriedOut(outcome) && decision.doneOn !== '' && (carriedOutAt === null || carriedOutAt > now)) {
      fail('done', 'date')
    }
    const reason = decision.reason === '' ? null : decision.reason
    return [{ pageId: decision.pageId, outcome, keptGround, reason, carriedOutAt, terms }]
  })
  return errors.length > 0 ? { ok: false, errors } : { ok: true, value }
}

const isCarriedOut = (outcome: Outcome) => outcome === 'removed' || outcome === 'replaced'

function termsOf(
  typed: TypedTerms,
  pageId: number,
  outcome: Outcome,
  number: number,
  errors: SummaryError[],
) {
  return checkTerms(typed, outcome, (field, fault) => {
    errors.push({
      fieldId: `${field}-${pageId}`,
      sentence: { key: `terms.error.${fault}`, params: { number } },
    })
  })
}
