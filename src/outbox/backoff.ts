const minute = 60_000
const hour = 60 * minute

/** Milliseconds to wait after the first, second, third and fourth attempt; after that, the last one again and again. */
const waits = [minute, 5 * minute, 15 * minute, hour] as const
const giveUpAfterMs = 72 * hour
/**
 * Age alone does not end a letter: after a clock that jumped ahead, or after three days switched off, it would
 * fail on its first try. Nor does the number of attempts depend on a clock that may stand in the past.
 */
const leastAttempts = 24
const mostAttempts = 150
/** Up to a tenth more, so that a hundred letters do not come back in one second. */
const jitter = 0.1

/**
 * When to try again after attempt number `attempts` (1 = the first) did not succeed, in milliseconds since the
 * epoch; null: give up. `random` is in [0, 1).
 */
export function nextAttemptAt(
  letter: { attempts: number; createdAt: number },
  now: number,
  random: number,
): number | null {
  const isOld = now - letter.createdAt >= giveUpAfterMs && letter.attempts >= leastAttempts
  if (isOld || letter.attempts >= mostAttempts) return null
  const wait = waits[Math.max(0, letter.attempts - 1)] ?? hour
  return now + Math.round(wait * (1 + jitter * random))
}
