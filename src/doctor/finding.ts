/** How bad it is: `fault` is broken now, `warning` will be or may be, `advice` could be better. */
export const levels = ['ok', 'advice', 'warning', 'fault'] as const
export type Level = (typeof levels)[number]

/** What the doctor found. It names no person, and no address of one. */
export interface Finding {
  /** The group, for people: database, evidence, outbox ... */
  readonly check: string
  readonly level: Level
  readonly what: string
  /** What the operator does about it; empty where nothing. */
  readonly do: string
}

/** Findings of one group. */
export const findingsOf = (check: string) => ({
  ok: (what: string): Finding => ({ check, level: 'ok', what, do: '' }),
  advice: (what: string, act: string): Finding => ({ check, level: 'advice', what, do: act }),
  warning: (what: string, act: string): Finding => ({ check, level: 'warning', what, do: act }),
  fault: (what: string, act: string): Finding => ({ check, level: 'fault', what, do: act }),
})
