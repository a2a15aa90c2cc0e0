import type { RequestHandler } from 'express'
import { Gauge, Registry } from 'prom-client'
import { doorStates } from '../../actions/canaries.ts'
import { countFolds, oldestUnreadSeconds } from '../../inbox/store.ts'
import { outboxSummary } from '../../outbox/store.ts'
import type { Services } from '../../services.ts'
import { countByStatus } from '../../takedowns/queue.ts'

const diskWords = {
  ok: 'ok',
  low: 'little free space: below WARN_FREE_MB',
  short: 'below the floor of free space: the form answers 503',
} as const

/** A letter that is due this long says that mail does not go out. */
const lettersLateSeconds = 3600
/** A mailbox that has not answered this long says that mail does not come in. */
const mailboxLateSeconds = 3600

export const showHealth: RequestHandler = (_req, res) => {
  res.set('Cache-Control', 'no-store').json({ status: 'alive' })
}

/**
 * 200 or 503 with the reasons: `{ ready, database, disk, inbox, doors, mail: { oldestDueSeconds, failed, paused } }`.
 * `doors` says when a canary last went in and came out at each way in, in milliseconds since the epoch.
 */
export const showReadiness =
  (services: Services): RequestHandler =>
  async (_req, res) => {
    const database = isWritable(services)
    const disk = (await services.disk.hasRoom()) ? services.disk.state().level : 'short'
    const mail = database ? outboxSummary(services.db, services.clock.now()) : null
    const mailGoes = mail !== null && mail.paused === null && mail.oldestDueSeconds < lettersLateSeconds
    const mailbox = database ? mailboxOf(services) : null
    const doors = database ? doorStates(services.db) : null
    const mailComes = mailbox === null || mailbox.unseenSeconds < mailboxLateSeconds
    const ready = database && disk !== 'short' && mailGoes && mailComes
    res
      .status(ready ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({
        ready,
        database: database ? 'ok' : 'not writable',
        disk: diskWords[disk],
        inbox: mailbox,
        doors,
        mail: mail && {
          oldestDueSeconds: mail.oldestDueSeconds,
          failed: mail.counts.failed,
          paused: mail.paused !== null,
        },
      })
  }

/** Null where no mailbox is read. A mailbox that has not answered since the start counts from there. */
function mailboxOf({ inbox, db, clock }: Services) {
  if (!inbox) return null
  const { fault, seenAt, since } = inbox.state()
  const now = clock.now()
  return {
    fault,
    unseenSeconds: Math.max(0, Math.floor((now - (seenAt ?? since)) / 1000)),
    oldestUnreadSeconds: oldestUnreadSeconds(db, now),
  }
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
  const unread = new Gauge({
    name: 'inbox_oldest_unread_seconds',
    help: 'Age of the oldest mail that is kept and not read',
    registers,
  })
  const incoming = new Gauge({
    name: 'inbox_mails',
    help: 'Mails by where they went',
    labelNames: ['fold'],
    registers,
  })
  const mailboxUnseen = new Gauge({
    name: 'mailbox_unseen_seconds',
    help: 'Since the mailbox last answered',
    registers,
  })
  const canary = new Gauge({
    name: 'canary_seen_timestamp_seconds',
    help: 'When a canary last came through',
    labelNames: ['door'],
    registers,
  })
  return async (_req, res) => {
    const { db, clock } = services
    unread.set(oldestUnreadSeconds(db, clock.now()))
    for (const [fold, total] of Object.entries(countFolds(db))) incoming.set({ fold }, total)
    const mailbox = mailboxOf(services)
    if (mailbox) mailboxUnseen.set(mailbox.unseenSeconds)
    for (const [door, { seenAt }] of Object.entries(doorStates(db))) {
      if (seenAt !== null) canary.set({ door }, seenAt / 1000)
    }
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
