import { and, eq } from 'drizzle-orm'
import type { Db, Tx } from '../db/open.ts'
import { outgoingMessages } from '../db/schema.ts'
import { nextAttemptAt } from './backoff.ts'
import { pauseChannel, reopenChannel } from './channel-pause.ts'
import type { ClaimedLetter } from './claim.ts'
import type { Settlement } from './classify.ts'

type Lease = Pick<ClaimedLetter, 'id' | 'leaseToken' | 'attempts' | 'createdAt'>
type Row = Partial<typeof outgoingMessages.$inferInsert>

export interface Settled {
  /** False when the lease was lost meanwhile: whoever holds the letter now writes how it ends. */
  isOurs: boolean
  state: 'queued' | 'submitted' | 'failed' | 'uncertain'
  /** The channel was paused by this letter: the moment for the one alarm. */
  channelPaused: boolean
  channelReopened: boolean
}

/** Writes how an attempt ended, in one transaction. `random` in [0, 1) spreads the next attempt. */
export const settleLetter = (
  db: Db,
  lease: Lease,
  settlement: Settlement,
  now: number,
  random: number,
): Settled =>
  db.transaction(
    (tx) => {
      const row = outcomeOf(lease, settlement, now, random)
      const changed = tx
        .update(outgoingMessages)
        .set({ ...row, lastReply: settlement.reply, leaseUntil: null, leaseToken: null })
        .where(
          and(
            eq(outgoingMessages.id, lease.id),
            eq(outgoingMessages.state, 'submitting'),
            eq(outgoingMessages.leaseToken, lease.leaseToken),
          ),
        )
        .run()
      return { isOurs: changed.changes === 1, state: row.state, ...settleChannel(tx, settlement, now) }
    },
    { behavior: 'immediate' },
  )

function outcomeOf(lease: Lease, { kind }: Settlement, now: number, random: number) {
  if (kind === 'submitted') return { state: 'submitted', submittedAt: now } as const satisfies Row
  if (kind === 'failed') return { state: 'failed' } as const satisfies Row
  // Not the letter's fault: it waits for the channel, and the attempt does not count.
  if (kind === 'badCredentials')
    return {
      state: 'queued',
      nextAttemptAt: now,
      attempts: Math.max(0, lease.attempts - 1),
    } as const satisfies Row
  const again = nextAttemptAt(lease, now, random)
  if (again === null) return { state: 'failed' } as const satisfies Row
  const state = kind === 'uncertain' ? 'uncertain' : 'queued'
  return { state, nextAttemptAt: again } as const satisfies Row
}

/** Whoever got as far as the letter itself was let in. */
function settleChannel(tx: Tx, { kind, reply }: Settlement, now: number) {
  const wasLetIn = kind === 'submitted' || kind === 'failed' || kind === 'uncertain'
  return {
    channelPaused: kind === 'badCredentials' && pauseChannel(tx, reply, now),
    channelReopened: wasLetIn && reopenChannel(tx),
  }
}
