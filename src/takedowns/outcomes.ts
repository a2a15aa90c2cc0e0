import { reportedPages } from '../db/schema.ts'
import type { UseAct, UseState } from './use-states.ts'

/** What a decision gives one page. The schema's columns hold the one list of outcomes, and of grounds for `kept`. */
export const outcomes = reportedPages.outcome.enumValues
export type Outcome = (typeof outcomes)[number]

export const keptGrounds = reportedPages.keptGround.enumValues
export type KeptGround = (typeof keptGrounds)[number]

const effects: Readonly<Record<Outcome, { act: UseAct; useState: UseState; needsCarryingOut: boolean }>> = {
  removed: { act: 'stop', useState: 'stopped', needsCarryingOut: true },
  replaced: { act: 'stop', useState: 'stopped', needsCarryingOut: true },
  // Carried out once the claimant has accepted the terms: until then nobody may say that there is a licence.
  licensed: { act: 'license', useState: 'licensed', needsCarryingOut: true },
  // The material stays with the claimant's consent. That is not recorded as a licence, which has terms.
  credited: { act: 'keep', useState: 'kept', needsCarryingOut: true },
  kept: { act: 'keep', useState: 'kept', needsCarryingOut: false },
  not_found: { act: 'not_find', useState: 'not_found', needsCarryingOut: false },
}

/** What of a page tells whether its decision is carried out. */
export interface DecidedUse {
  readonly outcome: Outcome | null
  readonly useState: UseState
  readonly acceptedAt: number | null
}

/**
 * Nothing is left to do on this page: it has an outcome, and what it says is so. The use state alone does not tell:
 * after a reopening a page may be `kept` and newly decided to be removed.
 */
export function isSettled({ outcome, useState, acceptedAt }: DecidedUse): boolean {
  if (outcome === null || (needsAcceptance(outcome) && acceptedAt === null)) return false
  const reached = effects[outcome].useState
  return useState === reached || (reached === 'stopped' && useState === 'verified_gone')
}

/** `licensed` and `credited` are carried out by the claimant's acceptance, never by staff alone. */
export const needsAcceptance = (outcome: Outcome): boolean => outcome === 'licensed' || outcome === 'credited'

/** The act on the page's use that carries `outcome` out. */
export const outcomeUseAct = (outcome: Outcome): UseAct => effects[outcome].act

/**
 * The use state that `outcome` brings, or null while it is decided but not yet carried out: the page's use state
 * then stays what it is, for letters say only what happened. `kept` and `not_found` leave nothing to carry out.
 */
export function outcomeUseState(outcome: Outcome, carriedOut: boolean): UseState | null {
  const effect = effects[outcome]
  return carriedOut || !effect.needsCarryingOut ? effect.useState : null
}
