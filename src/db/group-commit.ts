import type { Db } from './open.ts'

/** Runs an act in the next shared transaction; resolves with its result once that is on disk. */
export type GroupCommit = <Result>(act: () => Result) => Promise<Result>

interface Member {
  act(): void
  done(): void
  fail(error: unknown): void
}

/** Why an act failed, or null. Boxed, because anything may be thrown. */
type Failed = { error: unknown } | null

/** From so many others a further act is likely soon (PostgreSQL: commit_siblings, commit_delay). */
const crowd = 4
/**
 * How long is waited for company: a share of what a commit costs beside its acts, which company saves, and the more, the
 * more are likely to come. Measured at 8 and 32 at once, on a quick disk and a slow one: longer waits cost 8 a third.
 */
const gather = { mostMs: 40, othersPerCost: 6 }

/**
 * Acts that come within one turn of the event loop share one transaction and so one sync of the disk, which takes
 * longer than all their writing. Each is a savepoint: one that throws changes nothing and costs the others nothing.
 * While `othersOnTheirWay` tells that more acts are likely to follow, the first waits for them a moment.
 * When the whole cannot begin, go on or commit, every act fails with that error and nothing of any was written.
 */
export function createGroupCommit(
  db: Pick<Db, '$client'>,
  { othersOnTheirWay = () => 0 }: { othersOnTheirWay?: () => number } = {},
): GroupCommit {
  let waiting: Member[] = []
  /** What the last commits cost, milliseconds each, beside the acts in them. */
  let usualCostMs = 0
  const inSavepoint = db.$client.transaction((act: () => void) => act())

  function attempt({ act }: Member): Failed {
    try {
      inSavepoint(act)
      return null
    } catch (error) {
      // A disk that is full or failing makes SQLite roll everything back by itself: the others are gone as well.
      if (!db.$client.inTransaction) throw error
      return { error }
    }
  }

  const attemptAll = db.$client.transaction((members: Member[]) => {
    const begun = performance.now()
    const failures = members.map(attempt)
    return { failures, actsMs: performance.now() - begun }
  })

  function commit() {
    const members = waiting
    waiting = []
    const begun = performance.now()
    try {
      const { failures, actsMs } = attemptAll.immediate(members)
      usualCostMs += (performance.now() - begun - actsMs - usualCostMs) / 8
      for (const [index, member] of members.entries()) {
        const failed = failures[index]
        if (failed) member.fail(failed.error)
        else member.done()
      }
    } catch (error) {
      for (const member of members) member.fail(error)
    }
  }

  const gatherFor = (others: number) => Math.min(gather.mostMs, (usualCostMs * others) / gather.othersPerCost)

  return (act) =>
    new Promise((resolve, reject) => {
      let tell = () => {}
      waiting.push({
        act() {
          const result = act()
          tell = () => resolve(result)
        },
        done: () => tell(),
        fail: reject,
      })
      if (waiting.length > 1) return
      const others = othersOnTheirWay()
      if (others >= crowd) setTimeout(commit, gatherFor(others))
      else setImmediate(commit)
    })
}
