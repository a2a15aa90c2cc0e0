import { reportedPages } from '../db/schema.ts'

/** Whether our page still uses the material. The schema's column holds the one list of them. */
export const useStates = reportedPages.useState.enumValues
export type UseState = (typeof useStates)[number]

/** What can happen to the use of the material on one page. */
export const useActs = [
  'pause',
  'restore',
  'stop',
  'verify_gone',
  'license',
  'keep',
  'not_find',
  'reappear',
] as const
export type UseAct = (typeof useActs)[number]

/**
 * Act -> the states it may start from, and the one it leads to; what is not here is refused.
 * Only what was stopped can be verified gone, and only what was off the page can reappear on it.
 */
const useTransitions: Readonly<Record<UseAct, { from: readonly UseState[]; to: UseState }>> = {
  pause: { from: ['live', 'licensed', 'kept', 'not_found', 'reappeared'], to: 'paused' },
  restore: { from: ['paused', 'stopped', 'verified_gone'], to: 'live' },
  stop: { from: ['live', 'paused', 'licensed', 'kept', 'not_found', 'reappeared'], to: 'stopped' },
  verify_gone: { from: ['stopped'], to: 'verified_gone' },
  license: {
    from: ['live', 'paused', 'stopped', 'verified_gone', 'kept', 'not_found', 'reappeared'],
    to: 'licensed',
  },
  keep: {
    from: ['live', 'paused', 'stopped', 'verified_gone', 'licensed', 'not_found', 'reappeared'],
    to: 'kept',
  },
  not_find: { from: ['live', 'paused', 'kept', 'reappeared'], to: 'not_found' },
  reappear: { from: ['paused', 'stopped', 'verified_gone'], to: 'reappeared' },
}

/** The use state after `act`, or null where the act is refused. */
export function nextUseState(useState: UseState, act: UseAct): UseState | null {
  const { from, to } = useTransitions[act]
  return from.includes(useState) ? to : null
}
