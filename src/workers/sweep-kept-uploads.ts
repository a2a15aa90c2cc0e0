import { forgetKeptUploads } from '../actions/forget-kept-uploads.ts'
import { whenNotBusy } from '../db/busy.ts'
import type { Db } from '../db/open.ts'
import type { EvidenceStore } from '../evidence/store.ts'
import { strayFiles } from '../evidence/strays.ts'
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

/** Files that no row names, of forms that were never sent above all, go to quarantine after a day; nothing is deleted. */
export function startSweepingKeptUploads(deps: SweepDeps): { stop(): void } {
  const sweep = () =>
    sweepOnce(deps).catch((error: unknown) => deps.logger.error({ err: error }, 'sweep_failed'))
  const timer = setInterval(sweep, everyMs)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}

export async function sweepOnce({ db, evidence, clock, logger }: SweepDeps): Promise<void> {
  const before = clock.now() - dayMs
  await whenNotBusy(() => forgetKeptUploads(db, before))
  let files = 0
  for await (const path of strayFiles(db, evidence, before)) {
    await evidence.quarantine(path)
    files++
  }
  if (files > 0) logger.info({ files }, 'strays_swept')
}
