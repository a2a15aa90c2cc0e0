import { describe, expect, test } from 'vitest'
import { endStatuses, isEnd, isStatus, type Status, statuses } from '../../src/takedowns/statuses.ts'
import { type Action, actions, actionsFrom, nextStatus } from '../../src/takedowns/transitions.ts'

const follow = (...path: Action[]): Status | null =>
  path.reduce<Status | null>((status, action) => status && nextStatus(status, action), 'received')

const leadsTo = (from: Status): Status[] => actions.flatMap((action) => nextStatus(from, action) ?? [])

describe('a takedown', () => {
  test('goes from received to closed', () => {
    expect(follow('take_on', 'pause_page', 'decide', 'close')).toBe('closed')
  })

  test('waits for the claimant, and is in review again when they reply', () => {
    expect(follow('take_on', 'ask_claimant')).toBe('awaiting_claimant')
    expect(follow('take_on', 'ask_claimant', 'claimant_replied')).toBe('in_review')
  })

  test('can be decided while it waits, so that silence does not hold it open', () => {
    expect(follow('take_on', 'ask_claimant', 'decide')).toBe('decided')
  })

  test('cannot be decided before anybody took it on, nor closed before it is decided', () => {
    expect(follow('decide')).toBeNull()
    expect(follow('close')).toBeNull()
    expect(follow('take_on', 'close')).toBeNull()
  })

  test('can be withdrawn until it is closed', () => {
    expect(statuses.filter((status) => nextStatus(status, 'withdraw') === 'withdrawn')).toEqual([
      'received',
      'in_review',
      'awaiting_claimant',
      'decided',
    ])
  })

  test('is never deaf to its claimant, and no end is left by their words alone', () => {
    for (const status of statuses) expect(nextStatus(status, 'claimant_replied')).not.toBeNull()
    for (const end of endStatuses) expect(nextStatus(end, 'claimant_replied')).toBe(end)
  })

  test('can be reopened from each end, and from nowhere else', () => {
    for (const status of statuses)
      expect(nextStatus(status, 'reopen')).toBe(isEnd(status) ? 'in_review' : null)
  })

  test('is reopened when its page reappears after the decision', () => {
    expect(nextStatus('decided', 'page_reappeared')).toBe('in_review')
    expect(nextStatus('closed', 'page_reappeared')).toBe('in_review')
  })

  test('never returns to received, and can reach each status', () => {
    const later = statuses.filter((status) => status !== 'received')
    for (const status of later) expect(leadsTo(status)).not.toContain('received')
    expect(new Set(statuses.flatMap(leadsTo))).toEqual(new Set(statuses))
  })

  test('offers just the actions that are not refused', () => {
    for (const status of statuses) {
      const refused = actions.filter((action) => !actionsFrom(status).includes(action))
      for (const action of refused) expect(nextStatus(status, action)).toBeNull()
    }
    expect(actionsFrom('duplicate')).toEqual(['claimant_replied', 'need_no_answer', 'reopen'])
  })
})

test('a status in an address is one of the list', () => {
  expect(isStatus('in_review')).toBe(true)
  expect(isStatus('toString')).toBe(false)
})
