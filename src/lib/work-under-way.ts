/** Pieces of work that are under way, and for how long. */
export type WorkUnderWay = ReturnType<typeof createWorkUnderWay>

export function createWorkUnderWay() {
  // In the order in which they began. Not the wall clock, which may jump.
  const begun = new Map<symbol, number>()
  return {
    /** The same work, counted until it ends in whatever way. */
    async during<Result>(work: Promise<Result>): Promise<Result> {
      const piece = Symbol()
      begun.set(piece, performance.now())
      try {
        return await work
      } finally {
        begun.delete(piece)
      }
    },

    /** How long the oldest has been under way; 0 when there is none. */
    oldestMs(): number {
      const [oldest] = begun.values()
      return oldest === undefined ? 0 : performance.now() - oldest
    },
  }
}
