import { expect, test } from 'vitest'
import { nextAttemptAt } from '../../src/outbox/backoff.ts'
import { noon } from './rig.ts'

const minute = 60_000
const hour = 60 * minute

test('the waits grow from one minute to an hour and stay there', () => {
  const waits = [1, 2, 3, 4, 5, 60].map((attempts) => {
    const at = nextAttemptAt({ attempts, createdAt: noon }, noon, 0)
    return at === null ? null : (at - noon) / minute
  })
  expect(waits).toEqual([1, 5, 15, 60, 60, 60])
})

test('jitter adds up to a tenth and never takes away', () => {
  const at = nextAttemptAt({ attempts: 4, createdAt: noon }, noon, 0.999)
  expect(at).toBeGreaterThan(noon + hour)
  expect(at).toBeLessThanOrEqual(noon + hour + 6 * minute)
})

test('P2: a server that is down for three days is tried for three days, then the letter fails', () => {
  let now = noon
  let attempts = 0
  for (;;) {
    attempts += 1
    const next = nextAttemptAt({ attempts, createdAt: noon }, now, 0)
    if (next === null) break
    now = next
  }
  expect(now - noon).toBeGreaterThanOrEqual(72 * hour)
  expect(now - noon).toBeLessThan(74 * hour)
})

test('P18: a clock that jumped twelve days ahead does not end a letter on its first try', () => {
  expect(nextAttemptAt({ attempts: 1, createdAt: noon }, noon + 288 * hour, 0)).not.toBeNull()
})

test('P18: a clock that jumped six years back does not keep a letter for six years', () => {
  const longAgo = noon - 6 * 365 * 24 * hour
  expect(nextAttemptAt({ attempts: 150, createdAt: noon }, longAgo, 0)).toBeNull()
})
