import type { Outcome } from './outcomes.ts'

/** Outcomes under which the material stays by agreement: carried out by the claimant's acceptance, never by staff alone. */
export const needsAcceptance = (outcome: Outcome): boolean => outcome === 'licensed' || outcome === 'credited'

/** Terms that the claimant has been offered and has not accepted yet; the outcome that they would carry out, or null. */
export const offeredOutcome = (page: {
  outcome: Outcome | null
  acceptedAt: number | null
}): Outcome | null =>
  page.outcome !== null && needsAcceptance(page.outcome) && page.acceptedAt === null ? page.outcome : null

export const isOffered = (page: { outcome: Outcome | null; acceptedAt: number | null }): boolean =>
  offeredOutcome(page) !== null
