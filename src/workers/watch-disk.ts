import type { DiskSpace } from '../lib/disk-space.ts'
import type { Logger } from '../lib/logger.ts'

const everyMs = 2000
const megabyte = 1024 * 1024

export interface WatchDeps {
  readonly disk: Pick<DiskSpace, 'tend' | 'state'>
  readonly logger: Logger
}

/** Looks at the disk, tends its reserve, and says once when something changed. */
export function startWatchingDisk({ disk, logger }: WatchDeps): { stop(): Promise<void> } {
  let said = { level: 'ok', isReserveHeld: false }
  let looking: Promise<void> = Promise.resolve()
  let isLooking = false

  async function look(): Promise<void> {
    isLooking = true
    try {
      const { level, freeBytes, isReserveHeld } = await disk.tend()
      const told = { level, freeMb: Math.floor(freeBytes / megabyte), isReserveHeld }
      if (said.isReserveHeld && !isReserveHeld) logger.error(told, 'disk_reserve_given_up')
      if (!said.isReserveHeld && isReserveHeld) logger.info(told, 'disk_reserve_held')
      if (level !== said.level) logger[level === 'ok' ? 'info' : 'warn'](told, `disk_${level}`)
      said = { level, isReserveHeld }
    } catch (error) {
      logger.error({ err: error }, 'disk_unreadable')
    } finally {
      isLooking = false
    }
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
