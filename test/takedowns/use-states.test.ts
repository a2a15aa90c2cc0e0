import { describe, expect, test } from 'vitest'
import { outcomes, outcomeUseAct, outcomeUseState } from '../../src/takedowns/outcomes.ts'
import {
  nextUseState,
  type UseAct,
  type UseState,
  useActs,
  useStates,
} from '../../src/takedowns/use-states.ts'

const follow = (...path: UseAct[]): UseState | null =>
  path.reduce<UseState | null>((state, act) => state && nextUseState(state, act), 'live')

describe('the use of the material on a page', () => {
  test('goes from live to verified gone, paused first or not', () => {
    expect(follow('pause', 'stop', 'verify_gone')).toBe('verified_gone')
    expect(follow('stop', 'verify_gone')).toBe('verified_gone')
  })

  test('is verified gone only after it was stopped', () => {
    expect(useStates.filter((state) => nextUseState(state, 'verify_gone') !== null)).toEqual(['stopped'])
  })

  test('reappears only where it was taken off, and can be stopped again', () => {
    expect(useStates.filter((state) => nextUseState(state, 'reappear') !== null)).toEqual([
      'paused',
      'stopped',
      'verified_gone',
    ])
    expect(follow('stop', 'verify_gone', 'reappear', 'stop')).toBe('stopped')
  })

  test('can be paused by one click wherever the material is or may be on the page', () => {
    for (const state of ['live', 'licensed', 'kept', 'not_found', 'reappeared'] as const) {
      expect(nextUseState(state, 'pause')).toBe('paused')
    }
  })

  test('changes by every act that is not refused', () => {
    for (const state of useStates) {
      for (const act of useActs) expect(nextUseState(state, act)).not.toBe(state)
    }
    expect(new Set(useStates.flatMap((state) => useActs.map((act) => nextUseState(state, act))))).toEqual(
      new Set([...useStates, null]),
    )
  })
})

describe('an outcome', () => {
  test('that needs work on the page changes nothing until it is carried out', () => {
    for (const outcome of ['removed', 'replaced', 'licensed', 'credited'] as const) {
      expect(outcomeUseState(outcome, false)).toBeNull()
    }
    expect(outcomeUseState('removed', true)).toBe('stopped')
    expect(outcomeUseState('replaced', true)).toBe('stopped')
    expect(outcomeUseState('licensed', true)).toBe('licensed')
    expect(outcomeUseState('credited', true)).toBe('kept')
  })

  test('that leaves nothing to do holds at once', () => {
    expect(outcomeUseState('kept', false)).toBe('kept')
    expect(outcomeUseState('not_found', false)).toBe('not_found')
  })

  test('can be carried out on a page that is live, by the act that leads to its use state', () => {
    for (const outcome of outcomes) {
      expect(nextUseState('live', outcomeUseAct(outcome))).toBe(outcomeUseState(outcome, true))
    }
  })
})
