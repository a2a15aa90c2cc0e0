import { unavailable } from './failures.ts'

/**
 * Costly work a few at a time: `atOnce` are under way, `mostWaiting` wait in the order in which they came, and whoever
 * comes then is told to come later (a 503 Failure).
 */
export function createTurns({ atOnce, mostWaiting }: { atOnce: number; mostWaiting: number }) {
  let underWay = 0
  const waiting: (() => void)[] = []

  async function begin(): Promise<void> {
    if (underWay < atOnce) {
      underWay++
      return
    }
    if (waiting.length >= mostWaiting) throw unavailable(new Error('too many wait for their turn'))
    await new Promise<void>((resolve) => waiting.push(resolve))
  }

  /** The place goes to who waits longest. */
  function leave() {
    const next = waiting.shift()
    if (next) next()
    else underWay--
  }

  return {
    underWay: () => underWay,
    async take<Result>(act: () => Promise<Result>): Promise<Result> {
      await begin()
      try {
        return await act()
      } finally {
        leave()
      }
    },
  }
}

export type Turns = ReturnType<typeof createTurns>
