/**
 * Milliseconds. Nothing here is planned further ahead than an hour and its jitter: a moment beyond this was
 * written before the clock jumped back, and counts as come.
 */
export const farAheadMs = 2 * 60 * 60_000
