/** Before a mail that was cut off once, twice, ... is begun again; after the last of them it is stepped over. */
const pausesMs = [10_000, 30_000, 120_000]

export type CutOffMail = ReturnType<typeof createCutOffMail>

/**
 * Mails whose reading was under way when the process before this one ended: a power cut, or the mail's own doing, which
 * nobody can tell apart. So each comes after all other mail and after a pause that grows: only where the program lives
 * on that long and ends with this mail in hand again and again has the mail ended it.
 */
export function createCutOffMail(
  begun: readonly { id: number; attempts: number }[],
  pauses: readonly number[] = pausesMs,
) {
  const startedAt = performance.now()
  const left = new Map(begun.map(({ id, attempts }) => [id, pauses[attempts - 1] ?? 0]))
  return {
    /** All of them. */
    ids: () => [...left.keys()],
    /** Those whose pause is not over. */
    waiting: () => [...left].filter(([, pause]) => performance.now() - startedAt < pause).map(([id]) => id),
    /** It is in hand now, and then a mail like any other. */
    release: (id: number): void => void left.delete(id),
  }
}
