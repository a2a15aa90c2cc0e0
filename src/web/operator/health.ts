import type { RequestHandler } from 'express'
import { Gauge, Registry } from 'prom-client'
import { outboxSummary } from '../../outbox/store.ts'
import type { Services } from '../../services.ts'
import { countByStatus } from '../../takedowns/queue.ts'

/** A letter that is due this long says that mail does not go out. */
const lettersLateSeconds = 3600

export const showHealth: RequestHandler = (_req, res) => {
  res.set('Cache-Control', 'no-store').json({ status: 'alive' })
}

/** 200 or 503 with the reasons: `{ ready, database, disk, mail: { oldestDueSeconds, failed, paused } }`. */
export const showReadiness =
  (services: Services): RequestHandler =>
  async (_req, res) => {
    const database = isWritable(services)
    const disk = await services.hasFreeSpace()
    const mail = database ? outboxSummary(services.db, services.clock.now()) : null
    const mailGoes = mail !== null && mail.paused === null && mail.oldestDueSeconds < lettersLateSeconds
    const ready = database && disk && mailGoes
    res
      .status(ready ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({
        ready,
        database: database ? 'ok' : 'not writable',
        disk: disk ? 'ok' : 'below the floor of free space',
        mail: mail && {
          oldestDueSeconds: mail.oldestDueSeconds,
          failed: mail.counts.failed,
          paused: mail.paused !== null,
        },
      })
  }

function isWritable({ db }: Services): boolean {
  try {
    db.$client.exec('BEGIN IMMEDIATE; ROLLBACK')
    return true
  } catch {
    return false
  }
}

/** Prometheus text; counts only, nothing about anybody. */
export function showMetrics(services: Services): RequestHandler {
  const registry = new Registry()
  const registers = [registry]
  const takedowns = new Gauge({
    name: 'takedowns',
    help: 'Takedowns by status',
    labelNames: ['status'],
    registers,
  })
  const letters = new Gauge({
    name: 'outbox_letters',
    help: 'Letters by state',
    labelNames: ['state'],
    registers,
  })
  const oldestDue = new Gauge({
    name: 'outbox_oldest_due_seconds',
    help: 'Age of the oldest letter that should have gone out',
    registers,
  })
  return async (_req, res) => {
    for (const [status, total] of countByStatus(services.db)) takedowns.set({ status }, total)
    const summary = outboxSummary(services.db, services.clock.now())
    for (const [state, total] of Object.entries(summary.counts)) letters.set({ state }, total)
    oldestDue.set(summary.oldestDueSeconds)
    res
      .set('Cache-Control', 'no-store')
      .type(registry.contentType)
      .send(await registry.metrics())
  }
}
