import { unavailable } from './failures.ts'

interface TurnsOptions {
  readonly atOnce: number
  readonly mostWaiting: number
  /** Work that takes longer gives its place up and goes on beside: so a few slow pieces do not hold up everybody else's. */
  readonly slowAfterMs?: number
}

/**
 * Costly work a few at a time: `atOnce` are under way, `mostWaiting` wait in the order in which they came, and whoever
 * comes then is told to come later (a 503 Failure).
 */
export function createTurns({ atOnce, mostWaiting, slowAfterMs }: TurnsOptions) {
  let taken = 0
  const waiting: (() => void)[] = []

  async function begin(): Promise<void> {
    if (taken < atOnce) {
      taken++
      return
    }
    if (waiting.length >= mostWaiting) throw unavailable(new Error('too many wait for their turn'))
    await new Promise<void>((resolve) => waiting.push(resolve))
  }

  /** The place goes to who waits longest. */
  function leave() {
    const next = waiting.shift()
    if (next) next()
    else taken--
  }

  return {
    /** Places taken. */
    taken: () => taken,
    async take<Result>(act: () => Promise<Result>): Promise<Result> {
      await begin()
      let hasPlace = true
      const giveUp = () => {
        if (hasPlace) leave()
        hasPlace = false
      }
      const timer = slowAfterMs === undefined ? undefined : setTimeout(giveUp, slowAfterMs)
      try {
        return await act()
      } finally {
        clearTimeout(timer)
        giveUp()
      }
    },
  }
}

export type Turns = ReturnType<typeof createTurns>
