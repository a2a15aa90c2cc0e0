import { royalties } from '../db/schema.ts'

/** Money for past use, beside the decision. The schema's column holds the one list of states. */
export const royaltyStates = royalties.state.enumValues
export type RoyaltyState = (typeof royaltyStates)[number]

/** State -> what can follow; a state that stands can be corrected (amount, note). What is paid is paid. */
const moves: Readonly<Record<RoyaltyState, readonly RoyaltyState[]>> = {
  not_raised: ['not_raised', 'raised', 'offered'],
  raised: ['raised', 'offered', 'agreed', 'declined'],
  offered: ['offered', 'agreed', 'declined'],
  agreed: ['agreed', 'offered', 'paid', 'declined'],
  paid: ['paid'],
  declined: ['declined', 'raised', 'offered'],
}

export const royaltyMoves = (from: RoyaltyState): readonly RoyaltyState[] => moves[from]

export const mayMoveRoyalty = (from: RoyaltyState, to: RoyaltyState): boolean => moves[from].includes(to)

/** These say how much. */
export const needsAmount = (state: RoyaltyState): boolean =>
  state === 'offered' || state === 'agreed' || state === 'paid'
