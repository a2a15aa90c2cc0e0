/** Milliseconds since the epoch, UTC. The clock is an argument everywhere, so that tests own the time. */
export interface Clock {
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }
