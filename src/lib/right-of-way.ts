/** People who wait for an answer go first; work that nobody waits for stands back, but not for ever. */
export interface RightOfWay {
  /** Somebody waits from now until the returned function is called. */
  take(): () => void
  /** How many wait now. */
  readonly waiting: () => number
  /** Resolves when nobody has been waiting for a moment, at the latest after the longest wait. */
  yield(): Promise<void>
}

/**
 * Three seconds: four letters a turn keep up with what the overall limit of submissions lets in, and a crowd gets up to
 * a tenth more answers than with one second.
 */
const longestWaitMs = 3000

/** Between two requests of one burst there is often nobody for a few milliseconds. */
const quietMs = 25

export function createRightOfWay({ mostWaitMs = longestWaitMs } = {}): RightOfWay {
  let people = 0
  let lastLeftAt = Number.NEGATIVE_INFINITY

  const isQuiet = () => people === 0 && performance.now() - lastLeftAt >= quietMs

  return {
    waiting: () => people,

    take() {
      let isHere = true
      people++
      return () => {
        if (!isHere) return
        isHere = false
        people--
        lastLeftAt = performance.now()
      }
    },

    async yield() {
      const begun = performance.now()
      while (!isQuiet() && performance.now() - begun < mostWaitMs) {
        await new Promise((resolve) => setTimeout(resolve, quietMs))
      }
    },
  }
}
