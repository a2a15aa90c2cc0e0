import { setImmediate as othersTurn, setTimeout as sleep } from 'node:timers/promises'
import { carryOutAct } from '../actions/carry-out-act.ts'
import type { Office } from '../actions/office.ts'
import { whenNotBusy } from '../db/busy.ts'
import type { Db } from '../db/open.ts'
import type { Clock } from '../lib/clock.ts'
import type { Logger } from '../lib/logger.ts'
import { dueActs, nextCarryOutAt } from '../takedowns/pending-acts.ts'

export interface CarryOutDeps {
  readonly db: Db
  readonly office: Office
  readonly clock: Clock
  readonly logger: Logger
  /** A letter may have become due. */
  onCarriedOut?(): void
  /** Milliseconds between looks at the database when nothing is known to be due. */
  readonly pollMs?: number
}

export interface ActsCarriedOut {
  /** There is a new act: look when it is due. */
  wake(): void
  /** Takes no further act; resolves when the one under way is done. */
  stop(): Promise<void>
}

/** Carries out the acts that nobody has undone, also those of before a restart, until it is stopped. No failure ends it. */
export function startCarryingOutActs(deps: CarryOutDeps): ActsCarriedOut {
  const { db, clock, logger, pollMs = 5000 } = deps
  let alarm = new AbortController()
  let isStopping = false

  async function run() {
    while (!isStopping) {
      alarm = new AbortController()
      const idleMs = await look()
      await sleep(idleMs, undefined, { signal: alarm.signal }).catch(() => undefined)
    }
  }

  /** Milliseconds until the next look. */
  async function look(): Promise<number> {
    try {
      const allDone = await carryOutDue(deps, () => isStopping)
      const next = nextCarryOutAt(db)
      if (next === null || !allDone) return pollMs
      return Math.max(10, Math.min(pollMs, next - clock.now()))
    } catch (error) {
      logger.error({ err: error }, 'pending_acts_unreadable')
      return pollMs
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

/**
 * Carries out what is due now, one by one with everybody else's turn between, until it is stopped. False when one could
 * not be: it waits for the next look, and holds up no other.
 */
export async function carryOutDue(deps: CarryOutDeps, isStopping = () => false): Promise<boolean> {
  const { db, office, clock, logger } = deps
  const now = clock.now()
  let allDone = true
  for (const id of dueActs(db, now)) {
    await othersTurn()
    if (isStopping()) return false
    try {
      const result = await whenNotBusy(() => carryOutAct(db, office, id, now))
      if (result === 'carried_out') deps.onCarriedOut?.()
      if (result === 'taken_back') logger.warn({ pendingAct: id }, 'act_taken_back')
    } catch (error) {
      allDone = false
      logger.error({ err: error, pendingAct: id }, 'act_not_carried_out')
    }
  }
  return allDone
}
