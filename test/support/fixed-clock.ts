import type { Clock } from '../../src/lib/clock.ts'

/** A clock that a test moves. It starts on Monday 2 November 2026, 10:00 in Jerusalem. */
export function fixedClock(
  start = Date.UTC(2026, 10, 2, 8),
): Clock & { pass(ms: number): void; set(at: number): void } {
  let now = start
  return {
    now: () => now,
    pass: (ms) => {
      now += ms
    },
    set: (at) => {
      now = at
    },
  }
}
