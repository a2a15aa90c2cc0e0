import type { Office } from '../actions/office.ts'
import { digestsDue, sendDigest } from '../actions/send-digest.ts'
import { whenNotBusy } from '../db/busy.ts'
import type { Db } from '../db/open.ts'
import type { Clock } from '../lib/clock.ts'
import type { Logger } from '../lib/logger.ts'

const everyMs = 60_000

export interface DigestDeps {
  readonly db: Db
  readonly office: Office
  readonly clock: Clock
  readonly logger: Logger
  /** A letter is in the outbox. */
  readonly onQueued: () => void
}

/** Looks every minute whose hour has come. */
export function startSendingDigests(deps: DigestDeps): { stop(): void } {
  const look = () =>
    sendDigestsOnce(deps).catch((error: unknown) => deps.logger.error({ err: error }, 'digest_failed'))
  const timer = setInterval(look, everyMs)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}

/** One person's fault keeps nobody else's digest back. */
export async function sendDigestsOnce({ db, office, clock, logger, onQueued }: DigestDeps): Promise<void> {
  let queued = 0
  for (const staffId of digestsDue(db, office, clock.now())) {
    try {
      const result = await whenNotBusy(() => sendDigest(db, office, staffId, clock.now()))
      if (result === 'queued') queued++
    } catch (error) {
      logger.error({ err: error, staffId }, 'digest_failed')
    }
  }
  if (queued === 0) return
  logger.info({ digests: queued }, 'digests_queued')
  onQueued()
}
