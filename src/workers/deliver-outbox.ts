import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { whenNotBusy } from '../db/busy.ts'
import type { GroupCommit } from '../db/group-commit.ts'
import type { Db } from '../db/open.ts'
import { takedowns } from '../db/schema.ts'
import type { EvidenceStore } from '../evidence/store.ts'
import type { Clock } from '../lib/clock.ts'
import type { Logger } from '../lib/logger.ts'
import type { RightOfWay } from '../lib/right-of-way.ts'
import type { Channel } from '../outbox/channel.ts'
import { channelState } from '../outbox/channel-pause.ts'
import { type ClaimedLetter, claimDueLetters, nextDueAt } from '../outbox/claim.ts'
import type { Settlement } from '../outbox/classify.ts'
import { type ComposeDeps, composeLetter, LetterUnsendable } from '../outbox/compose.ts'
import { copiesFor } from '../outbox/copies.ts'
import { settleLetter } from '../outbox/settle.ts'

export interface DeliveryDeps extends ComposeDeps {
  db: Db
  clock: Clock
  logger: Logger
  channel: Channel
  evidence: Pick<EvidenceStore, 'openVerified'>
  /** How it writes: with others who write now. Default: alone, again while the database is busy. */
  commit?: GroupCommit
  /** Claimants who wait for an answer go before the next letters. */
  rightOfWay?: Pick<RightOfWay, 'yield'>
  random?: () => number
  /** Letters under way at once; default 4. */
  atOnce?: number
  /** Milliseconds; longer than the channel's longest attempt. */
  leaseMs?: number
  /** Milliseconds between looks at the database when nothing is known to be due. */
  pollMs?: number
  /** Milliseconds that letters under way get to finish when the worker stops. */
  stopWithinMs?: number
}

export interface OutboxDelivery {
  /** A letter may have become due: look now. */
  wake(): void
  /** Takes no new letter; resolves when those under way have ended or were cut off and settled. */
  stop(): Promise<void>
}

/** Sends what is due until it is stopped. No failure ends it: not a letter's, not the server's, not the database's. */
export function startDeliveringOutbox(deps: DeliveryDeps): OutboxDelivery {
  const { db, clock, logger, channel, evidence, commit = whenNotBusy } = deps
  const { random = Math.random, atOnce = 4, leaseMs = 240_000, pollMs = 5_000, stopWithinMs = 20_000 } = deps
  const underWay = new Map<number, Promise<void>>()
  const cutOff = new AbortController()
  let alarm = new AbortController()
  let isStopping = false

  const wake = () => alarm.abort()

  async function run(): Promise<void> {
    while (!isStopping) {
      alarm = new AbortController()
      await deps.rightOfWay?.yield()
      if (isStopping) break
      const idleMs = await lookForLetters()
      await sleep(idleMs, undefined, { signal: alarm.signal }).catch(() => undefined)
    }
  }

  /** Milliseconds until the next look. */
  async function lookForLetters(): Promise<number> {
    try {
      const now = clock.now()
      for (const letter of await commit(() => claim(now))) start(letter)
      const next = nextDueAt(db, now)
      return next === null ? pollMs : Math.max(10, Math.min(pollMs, next - now))
    } catch (error) {
      logger.error({ err: error }, 'outbox_unreadable')
      return pollMs
    }
  }

  function claim(now: number): ClaimedLetter[] {
    // After a pause one letter at a time finds out whether the server takes us again.
    const places = channelState(db, now)
    const most = { open: atOnce, probing: 1, paused: 0 }[places]
    const free = most - underWay.size
    return free > 0 ? claimDueLetters(db, now, leaseMs, free, [...underWay.keys()]) : []
  }

  function start(letter: ClaimedLetter): void {
    const done = deliver(letter)
      .catch((error) => logger.error({ err: error, letter: letter.id }, 'letter_not_settled'))
      .finally(() => {
        underWay.delete(letter.id)
        wake()
      })
    underWay.set(letter.id, done)
  }

  async function deliver(letter: ClaimedLetter): Promise<void> {
    const settlement = await attempt(letter)
    const settled = await settle(letter, settlement)
    const { id, takedownId, kind, attempts } = letter
    const told = { letter: id, takedown: takedownId, kind, attempt: attempts, code: codeOf(settlement) }
    if (settled.channelPaused) logger.error(told, 'mail_channel_paused')
    if (settled.channelReopened) logger.info({}, 'mail_channel_reopened')
    if (!settled.isOurs) logger.warn(told, 'letter_lease_lost')
    else if (settled.state === 'submitted') logger.info(told, 'letter_submitted')
    else logger.warn(told, `letter_${settled.state}`)
  }

  async function attempt(letter: ClaimedLetter): Promise<Settlement> {
    try {
      const copies = await copiesFor(db, letter, readCopy)
      const composed = await composeLetter(letter, referenceOf(letter), copies, deps)
      return await channel.send(composed, cutOff.signal)
    } catch (error) {
      logger.error({ err: error, letter: letter.id }, 'letter_not_composed')
      if (error instanceof LetterUnsendable) return { kind: 'failed', reply: error.message }
      return { kind: 'retry', reply: 'the letter could not be put together' }
    }
  }

  /** The letter may have gone: only the lease would tell, so it is written down as long as we live. */
  async function settle(letter: ClaimedLetter, settlement: Settlement) {
    for (let wait = 100; ; wait = Math.min(2 * wait, pollMs)) {
      try {
        return await commit(() => settleLetter(db, letter, settlement, clock.now(), random()))
      } catch (error) {
        if (cutOff.signal.aborted) throw error
        logger.error({ err: error, letter: letter.id }, 'letter_settlement_waits')
      }
      await sleep(wait)
    }
  }

  async function readCopy(sha256: string): Promise<Buffer | null> {
    const copy = await evidence.openVerified(sha256, 'copies')
    if (!copy.ok) logger.error({ fault: copy.fault }, 'safe_copy_unreadable')
    return copy.ok ? buffer(copy.stream()) : null
  }

  const referenceOf = (letter: ClaimedLetter): string | null => {
    if (letter.takedownId === null) return null
    const columns = { reference: takedowns.reference }
    return (
      db.select(columns).from(takedowns).where(eq(takedowns.id, letter.takedownId)).get()?.reference ?? null
    )
  }

  const running = run()
  return {
    wake,
    async stop() {
      isStopping = true
      wake()
      await running
      const timer = setTimeout(() => cutOff.abort(), stopWithinMs)
      await Promise.all(underWay.values())
      clearTimeout(timer)
    },
  }
}

/** Of the server's words only the number goes to the log: the words may name an address. */
const codeOf = ({ reply }: Settlement): string => /^(\d{3}|E[A-Z]+)\b/.exec(reply)?.[0] ?? ''
