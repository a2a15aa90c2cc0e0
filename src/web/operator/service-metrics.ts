import { stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { Gauge, type Registry } from 'prom-client'
import { busyRetries, writeStanding } from '../../db/busy.ts'
import { version } from '../../lib/version.ts'
import type { Services } from '../../services.ts'
import { mailboxStanding } from './mailbox-standing.ts'
import { succeeds } from './probes.ts'
import { checkNames, readReadiness } from './readiness.ts'

/** What this process knows without its database; the function returned looks again and never throws for a sick disk. */
export function createServiceMetrics(services: Services, registry: Registry): () => Promise<void> {
  const { config, evidence, images, uploadSlots } = services
  const gauge = (name: string, help: string, ...labelNames: string[]) =>
    new Gauge({ name, help, labelNames, registers: [registry] })
  const ready = gauge('ready_check', '1 for each check of /readyz that is well', 'check')
  const free = gauge('disk_free_bytes', 'Free on the volume of DATA_DIR')
  const log = gauge('database_log_bytes', 'Size of the write-ahead log of the database')
  const pictures = {
    underWay: gauge('image_checks_under_way', 'Pictures being looked at or waiting for it'),
    lost: gauge('image_process_lost', 'Times that a picture ended the process that looks at it'),
  }
  const uploads = gauge('uploads_under_way', 'Uploads that hold a place')
  const busy = gauge('database_busy_retries', 'Writes tried again because the database was busy')
  const refused = gauge('database_write_failures', 'Writes that the disk of the database did not take')
  const oldestWrite = gauge(
    'evidence_write_seconds',
    'How long the oldest write of evidence has been under way',
  )
  const unseen = gauge('mailbox_unseen_seconds', 'Since the mailbox last answered')
  const fixed = {
    floor: gauge('disk_floor_bytes', 'Below this much free space no takedown is taken'),
    places: gauge('upload_places', 'Uploads at once, over which the answer is 503'),
    build: gauge('build_info', 'Always 1; which program this is', 'version', 'node'),
  }
  fixed.floor.set(config.limits.minFreeBytes)
  fixed.places.set(config.limits.maxUploadsAtOnce)
  fixed.build.set({ version, node: process.version }, 1)

  return async () => {
    const { checks, told } = await readReadiness(services)
    for (const check of checkNames) ready.set({ check }, checks[check].ok ? 1 : 0)
    await succeeds(statfs(config.dataDir).then(({ bavail, bsize }) => free.set(bavail * bsize)))
    await succeeds(stat(join(config.dataDir, 'takedowns.sqlite-wal')).then(({ size }) => log.set(size)))
    const { underWay, lost } = images.state()
    pictures.underWay.set(underWay)
    pictures.lost.set(lost)
    uploads.set(uploadSlots.size())
    busy.set(busyRetries())
    refused.set(writeStanding().failures)
    oldestWrite.set(evidence.oldestWriteMs() / 1000)
    const mailbox = told ? mailboxStanding(services) : null
    if (mailbox) unseen.set(mailbox.unseenSeconds)
  }
}
