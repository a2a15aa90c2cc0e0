import { stat } from 'node:fs/promises'
import { forgetKeptUploads } from '../actions/forget-kept-uploads.ts'
import { whenNotBusy } from '../db/busy.ts'
import type { Db } from '../db/open.ts'
import type { EvidenceStore } from '../evidence/store.ts'
import type { Clock } from '../lib/clock.ts'
import type { Logger } from '../lib/logger.ts'

const dayMs = 24 * 3_600_000
const everyMs = 3_600_000

export interface SweepDeps {
  readonly db: Db
  readonly evidence: Pick<EvidenceStore, 'pathOf' | 'quarantine'>
  readonly clock: Clock
  readonly logger: Logger
}

/** Files of forms that were never sent go to quarantine after a day; nothing is deleted. */
export function startSweepingKeptUploads(deps: SweepDeps): { stop(): void } {
  const sweep = () =>
    sweepOnce(deps).catch((error: unknown) => deps.logger.error({ err: error }, 'sweep_failed'))
  const timer = setInterval(sweep, everyMs)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}

export async function sweepOnce({ db, evidence, clock, logger }: SweepDeps): Promise<void> {
  const before = clock.now() - dayMs
  const strays = await whenNotBusy(() => forgetKeptUploads(db, before))
  for (const sha256 of strays) {
    const path = evidence.pathOf(sha256)
    // The same content may just have been uploaded again, its row not yet written: then the file is young.
    const file = await stat(path).catch(() => null)
    if (file && file.mtimeMs < Date.now() - dayMs) await evidence.quarantine(path)
  }
  if (strays.length > 0) logger.info({ files: strays.length }, 'unsent_uploads_swept')
}
