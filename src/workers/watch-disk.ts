import type { DiskSpace } from '../lib/disk-space.ts'
import type { Logger } from '../lib/logger.ts'

const everyMs = 2000
/** As long as the disk does not answer. */
const remindAfterMs = 10 * 60_000
const megabyte = 1024 * 1024

export interface WatchDeps {
  readonly disk: Pick<DiskSpace, 'tend' | 'state'>
  readonly logger: Logger
}

/** Looks at the disk, tends its reserve, and says once when something changed. */
export function startWatchingDisk({ disk, logger }: WatchDeps): { stop(): Promise<void> } {
  let said = { level: 'ok', isReserveHeld: false }
  /** When it was last said that the disk does not answer; null while it does. Not the wall clock, which may jump. */
  let saidUnreadableAt: number | null = null
  let looking: Promise<void> = Promise.resolve()
  let isLooking = false

  async function look(): Promise<void> {
    isLooking = true
    try {
      const { level, freeBytes, isReserveHeld } = await disk.tend()
      // A word of its own: `level` is the line's.
      const told = { space: level, freeMb: Math.floor(freeBytes / megabyte), isReserveHeld }
      if (saidUnreadableAt !== null) logger.info(told, 'disk_readable')
      saidUnreadableAt = null
      if (said.isReserveHeld && !isReserveHeld) logger.error(told, 'disk_reserve_given_up')
      if (!said.isReserveHeld && isReserveHeld) logger.info(told, 'disk_reserve_held')
      if (level !== said.level) logger[level === 'ok' ? 'info' : 'warn'](told, `disk_${level}`)
      said = { level, isReserveHeld }
    } catch (error) {
      sayUnreadable(error)
    } finally {
      isLooking = false
    }
  }

  function sayUnreadable(error: unknown): void {
    const now = performance.now()
    if (saidUnreadableAt !== null && now - saidUnreadableAt < remindAfterMs) return
    saidUnreadableAt = now
    logger.error({ err: error }, 'disk_unreadable')
  }

  const begin = () => {
    if (!isLooking) looking = look()
  }
  begin()
  const timer = setInterval(begin, everyMs)
  timer.unref()
  return {
    async stop() {
      clearInterval(timer)
      await looking
    },
  }
}
