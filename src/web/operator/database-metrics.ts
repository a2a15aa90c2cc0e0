import { Counter, Gauge, type Registry } from 'prom-client'
import { doorStates } from '../../actions/canaries.ts'
import { countFolds, oldestUnreadSeconds } from '../../inbox/store.ts'
import { countLetters, outboxStanding } from '../../outbox/store.ts'
import type { Services } from '../../services.ts'
import { createDoorTally } from '../../takedowns/door-tally.ts'
import { countByStatus, oldestByStatus, overdue } from '../../takedowns/queue.ts'
import { keptFor } from './kept-for.ts'

/** Counts that read an index from end to end, some 20 ms at a million letters, are believed this long. */
const countsKeptMs = 30_000

/** What the database tells, as gauges; the function returned reads it anew and throws what the database throws. */
export function createDatabaseMetrics({ db, clock }: Services, registry: Registry): () => void {
  const gauges = createGauges(registry)
  const letters = keptFor(countsKeptMs, () => countLetters(db))
  const folds = keptFor(countsKeptMs, () => countFolds(db))
  const tally = createDoorTally(db)
  return () => {
    const now = clock.now()
    // A status that nothing has any more is told no longer.
    registry.resetMetrics()
    for (const [status, total] of countByStatus(db)) gauges.takedowns.set({ status }, total)
    for (const [status, at] of oldestByStatus(db)) gauges.oldest.set({ status }, secondsSince(at, now))
    const late = overdue(db, now)
    gauges.overdue.set(late.total)
    gauges.mostOverdue.set(late.since === null ? 0 : secondsSince(late.since, now))
    const doors = tally()
    for (const [door, total] of Object.entries(doors.sinceStart)) gauges.received.inc({ door }, total)
    if (doors.isWhole)
      for (const [door, total] of Object.entries(doors.all)) gauges.byDoor.set({ door }, total)
    for (const [state, total] of Object.entries(letters())) gauges.letters.set({ state }, total)
    const mail = outboxStanding(db, now)
    gauges.oldestDue.set(mail.oldestDueSeconds)
    gauges.failed.set(mail.failed)
    gauges.held.set(mail.held)
    gauges.paused.set(mail.paused === null ? 0 : 1)
    gauges.unread.set(oldestUnreadSeconds(db, now))
    for (const [fold, total] of Object.entries(folds())) gauges.incoming.set({ fold }, total)
    for (const [door, { seenAt, fault }] of Object.entries(doorStates(db))) {
      if (seenAt !== null) gauges.canary.set({ door }, seenAt / 1000)
      gauges.canaryFault.set({ door }, fault === null ? 0 : 1)
    }
  }
}

const secondsSince = (at: number, now: number) => Math.max(0, Math.floor((now - at) / 1000))

function createGauges(registry: Registry) {
  const gauge = (name: string, help: string, ...labelNames: string[]) =>
    new Gauge({ name, help, labelNames, registers: [registry] })
  return {
    takedowns: gauge('takedowns', 'Takedowns by status', 'status'),
    byDoor: gauge('takedowns_by_door', 'Takedowns by the door they came in at', 'door'),
    received: new Counter({
      name: 'takedowns_received_total',
      help: 'Takedowns received since the start',
      labelNames: ['door'],
      registers: [registry],
    }),
    oldest: gauge('takedowns_oldest_seconds', 'Age of the oldest open takedown of a status', 'status'),
    overdue: gauge('takedowns_overdue', 'Takedowns whose next step is overdue'),
    mostOverdue: gauge('takedowns_most_overdue_seconds', 'How long the most overdue step is overdue'),
    letters: gauge('outbox_letters', 'Letters by state', 'state'),
    oldestDue: gauge('outbox_oldest_due_seconds', 'Age of the oldest letter that should have gone out'),
    failed: gauge('outbox_failed_letters', 'Letters that a mail server refused for good'),
    held: gauge('outbox_held_letters', 'Letters that wait for staff since a restore'),
    paused: gauge('outbox_paused', '1 while the mail server refuses our sign-in'),
    unread: gauge('inbox_oldest_unread_seconds', 'Age of the oldest mail that is kept and not read'),
    incoming: gauge('inbox_mails', 'Mails by where they went', 'fold'),
    canary: gauge('canary_seen_timestamp_seconds', 'When a canary last came through', 'door'),
    canaryFault: gauge('canary_fault', '1 when the last canary did not come through', 'door'),
  }
}
