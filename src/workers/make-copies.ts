import { access } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { beginSafeCopy, type CopyTask } from '../actions/begin-safe-copy.ts'
import { recordSafeCopy, type SafeCopyResult } from '../actions/record-safe-copy.ts'
import { whenNotBusy } from '../db/busy.ts'
import type { GroupCommit } from '../db/group-commit.ts'
import type { Db } from '../db/open.ts'
import type { ImageProcess } from '../evidence/image-process.ts'
import type { EvidenceStore } from '../evidence/store.ts'
import type { Clock } from '../lib/clock.ts'
import type { Logger } from '../lib/logger.ts'
import type { RightOfWay } from '../lib/right-of-way.ts'

export interface MakeCopiesDeps {
  readonly db: Db
  readonly evidence: Pick<EvidenceStore, 'pathOf' | 'keep' | 'incomingDirectory'>
  readonly images: Pick<ImageProcess, 'copy'>
  readonly clock: Clock
  readonly logger: Logger
  /** How it writes: with others who write now. Default: alone, again while the database is busy. */
  readonly commit?: GroupCommit
  /** Claimants who wait for an answer go before the next screenshot. */
  readonly rightOfWay?: Pick<RightOfWay, 'yield'>
  /** A screenshot became ready or failed: letters that wait for it may go. */
  onSettled?(): void
  /** Milliseconds between looks at the database. */
  readonly pollMs?: number
}

export interface CopyMaker {
  /** There may be a new screenshot: look now. */
  wake(): void
  /** Takes no new screenshot; resolves when the one under way is done. */
  stop(): Promise<void>
}

/** Makes the safe copies, oldest first, one at a time, until it is stopped. No failure ends it. */
export function startMakingCopies(deps: MakeCopiesDeps): CopyMaker {
  const { logger, clock, commit = whenNotBusy, pollMs = 5000 } = deps
  let alarm = new AbortController()
  let isStopping = false
  /** Passed over until the next look, so that one file that cannot be read does not hold up the rest. */
  const hindered = new Set<number>()

  async function run() {
    while (!isStopping) {
      alarm = new AbortController()
      await deps.rightOfWay?.yield()
      if (isStopping) break
      const hasMore = await makeOne()
      if (hasMore) continue
      hindered.clear()
      await sleep(pollMs, undefined, { signal: alarm.signal }).catch(() => undefined)
    }
  }

  /** True when it is worth looking again at once. */
  async function makeOne(): Promise<boolean> {
    try {
      const { task, isSettled } = await commit(() => beginSafeCopy(deps.db, clock.now(), [...hindered]))
      if (isSettled) tellSettled()
      if (!task) return false
      const begun = clock.now()
      const result = await makeSafeCopy(deps, task)
      if (await commit(() => recordSafeCopy(deps.db, task.screenshotId, result, clock.now()))) tellSettled()
      logger.info({ screenshot: task.screenshotId, copy: result.kind, ms: clock.now() - begun }, 'safe_copy')
      if (result.kind === 'hindered') hindered.add(task.screenshotId)
      return true
    } catch (error) {
      logger.error({ err: error }, 'safe_copy_failed')
      return false
    }
  }

  function tellSettled() {
    try {
      deps.onSettled?.()
    } catch (error) {
      logger.error({ err: error }, 'safe_copy_listener_failed')
    }
  }

  const running = run()
  return {
    wake: () => alarm.abort(),
    stop() {
      isStopping = true
      alarm.abort()
      return running
    },
  }
}

/** What stands in the way of a copy (a full disk, no image process) is no fault of the image. */
async function makeSafeCopy(deps: MakeCopiesDeps, task: CopyTask): Promise<SafeCopyResult> {
  const { evidence, images, logger } = deps
  const original = evidence.pathOf(task.sha256)
  try {
    if (!(await isThere(original))) return { kind: 'refused' }
    const copied = await images.copy(original, evidence.incomingDirectory)
    if (!copied.ok) return { kind: 'refused' }
    const { path, sha256, mediaType, bytes, likeness } = copied
    await evidence.keep(path, sha256, 'copies')
    return { kind: 'made', sha256, mediaType, bytes, likeness }
  } catch (error) {
    logger.warn({ err: error, screenshot: task.screenshotId }, 'safe_copy_hindered')
    return { kind: 'hindered' }
  }
}

const isThere = (path: string) =>
  access(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  )
