import { setTimeout as sleep } from 'node:timers/promises'
import { indexForSearch } from '../actions/index-for-search.ts'
import { whenNotBusy } from '../db/busy.ts'
import type { GroupCommit } from '../db/group-commit.ts'
import type { Db } from '../db/open.ts'
import type { Logger } from '../lib/logger.ts'
import type { RightOfWay } from '../lib/right-of-way.ts'

export interface IndexSearchDeps {
  readonly db: Db
  readonly logger: Logger
  /** How it writes: with others who write now. Default: alone, again while the database is busy. */
  readonly commit?: GroupCommit
  /** People who wait for an answer go before the next few takedowns. */
  readonly rightOfWay: Pick<RightOfWay, 'yield' | 'waiting'>
  /** Milliseconds between looks at the database. */
  readonly pollMs?: number
}

export interface SearchIndexer {
  stop(): Promise<void>
}

/** Few enough that nobody notices the pause in which they are written; fewer still while people wait. */
const mostAtOnce = 25
const mostInACrowd = 3

/** Keeps the search in step with the takedowns; after a restart it goes on where it was. */
export function startIndexingSearch({
  db,
  logger,
  rightOfWay,
  commit = whenNotBusy,
  pollMs = 1000,
}: IndexSearchDeps): SearchIndexer {
  const alarm = new AbortController()

  async function run() {
    while (!alarm.signal.aborted) {
      await rightOfWay.yield()
      if (alarm.signal.aborted) return
      const isUpToDate = await indexSome()
      await sleep(isUpToDate ? pollMs : 0, undefined, { signal: alarm.signal, ref: false }).catch(
        () => undefined,
      )
    }
  }

  async function indexSome(): Promise<boolean> {
    const atOnce = rightOfWay.waiting() > 0 ? mostInACrowd : mostAtOnce
    try {
      return (await commit(() => indexForSearch(db, atOnce))) < atOnce
    } catch (error) {
      logger.error({ err: error }, 'search_not_indexed')
      return true
    }
  }

  const done = run()
  return {
    async stop() {
      alarm.abort()
      await done
    },
  }
}
