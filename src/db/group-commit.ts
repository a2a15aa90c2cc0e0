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
/** A commit holds up everything else, so it is waited for longer where the disk is slow. */
const gatherMs = { least: 5, most: 40, perMsOfCommit: 4 }

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
  /** Of the last ones, milliseconds each. */
  let usualCommitMs = 0
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

  const attemptAll = db.$client.transaction((members: Member[]) => members.map(attempt))

  function commit() {
    const members = waiting
    waiting = []
    const begun = performance.now()
    try {
      const failures = attemptAll.immediate(members)
      for (const [index, member] of members.entries()) {
        const failed = failures[index]
        if (failed) member.fail(failed.error)
        else member.done()
      }
    } catch (error) {
      for (const member of members) member.fail(error)
    }
    usualCommitMs += (performance.now() - begun - usualCommitMs) / 8
  }

  const gatherFor = () =>
    Math.min(gatherMs.most, Math.max(gatherMs.least, gatherMs.perMsOfCommit * usualCommitMs))

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
      if (othersOnTheirWay() >= crowd) setTimeout(commit, gatherFor())
      else setImmediate(commit)
    })
}
