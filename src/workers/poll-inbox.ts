import { setTimeout as sleep } from 'node:timers/promises'
import { keepArrivingMail } from '../actions/keep-mail.ts'
import { whenNotBusy } from '../db/busy.ts'
import type { Db } from '../db/open.ts'
import type { EvidenceStore } from '../evidence/store.ts'
import {
  type Listed,
  type MailboxAddress,
  type OpenMailbox,
  openMailbox,
  SignInRefused,
} from '../inbox/imap.ts'
import { type Cursor, cursorOf, keptUids, moveCursor } from '../inbox/store.ts'
import type { Clock } from '../lib/clock.ts'
import type { Logger } from '../lib/logger.ts'

export interface PollInboxDeps {
  readonly db: Db
  readonly evidence: Pick<EvidenceStore, 'newUploadPath' | 'whileWriting' | 'keepSynced'>
  readonly clock: Clock
  readonly logger: Logger
  readonly address: MailboxAddress
  /** Between looks, where the server does not tell of new mail by itself. */
  readonly pollMs: number
  /** New mail is kept. */
  onKept?(): void
  /** Milliseconds before the first new try after a failure; it doubles. */
  readonly firstRetryMs?: number
}

/** How the mailbox stands: since when something is wrong, and what. */
export interface InboxState {
  readonly fault: 'sign_in' | 'unreachable' | null
  /** When the mailbox was last seen whole; null before the first time since the start. */
  readonly seenAt: number | null
  readonly since: number
}

export interface InboxPoller {
  state(): InboxState
  stop(): Promise<void>
}

const dayMs = 86_400_000
/** Mail of the first look: older mail is of the time before this service, and `inbox import` brings it in. */
const firstLookMs = 7 * dayMs
const longestRetryMs = 300_000
/** Wrong credentials do not mend themselves; tries in a row lock accounts. */
const signInRetryMs = 900_000

/** Keeps all mail of the mailbox, from where it stopped, until it is stopped. No failure ends it. */
export function startPollingInbox(deps: PollInboxDeps): InboxPoller {
  const { clock, logger, firstRetryMs = 2000 } = deps
  const ending = new AbortController()
  let state: InboxState = { fault: null, seenAt: null, since: clock.now() }
  let retryMs = firstRetryMs

  async function run() {
    while (!ending.signal.aborted) {
      let waitMs = 0
      try {
        await session()
      } catch (error) {
        const fault = error instanceof SignInRefused ? 'sign_in' : 'unreachable'
        if (state.fault !== fault) logger.error({ err: error, fault }, 'mailbox_lost')
        state = { ...state, fault }
        waitMs = fault === 'sign_in' ? signInRetryMs : retryMs * (0.75 + Math.random() / 2)
        retryMs = Math.min(longestRetryMs, retryMs * 2)
      }
      await sleep(waitMs, undefined, { signal: ending.signal }).catch(() => undefined)
    }
  }

  async function session() {
    const mailbox = await openMailbox(deps.address)
    try {
      while (!ending.signal.aborted) {
        const isWhole = await takeNewMail(deps, mailbox, ending.signal)
        if (state.fault !== null) logger.info('mailbox_back')
        state = { ...state, fault: null, seenAt: clock.now() }
        if (isWhole) retryMs = firstRetryMs
        if (ending.signal.aborted) return
        await mailbox.waitForMail(deps.pollMs, ending.signal)
      }
    } finally {
      await mailbox.close()
    }
  }

  const running = run()
  return {
    state: () => state,
    async stop() {
      ending.abort()
      await running
    },
  }
}

/**
 * Keeps what is new since the cursor, and once a day everything that is there and not kept yet. A mailbox that was rebuilt
 * is gone through anew; what is kept already is known by its bytes. False when a message could not be fetched: it is
 * tried again with the next look, and holds up no other.
 */
export async function takeNewMail(
  deps: PollInboxDeps,
  mailbox: OpenMailbox,
  signal?: AbortSignal,
): Promise<boolean> {
  const { db, clock, logger, address } = deps
  const now = clock.now()
  const known = cursorOf(db, address.name)
  const isSame = known?.uidValidity === mailbox.uidValidity
  const readsFrom = known?.readsFrom ?? now - firstLookMs
  const seenUid = isSame ? known.lastUid : mailbox.uidNext - 1
  const isReconciling = !isSame || isToReconcile(known, now)
  // A day more, because the server compares days in its own time zone.
  const older = isReconciling ? await mailbox.uidsFrom(1, readsFrom - dayMs) : []
  const newer = await mailbox.uidsFrom(seenUid + 1, null)
  const uids = [...new Set([...older, ...newer])]
  const kept = keptUids(db, address.name, mailbox.uidValidity, uids)
  const listed = await mailbox.list(uids.filter((uid) => !kept.has(uid)))
  const missed: number[] = []
  for (const message of listed) {
    if (signal?.aborted) return false
    // What is new since the last look is of this service's time, whatever its date says, or our clock when it began.
    if (message.uid <= seenUid && (message.takenInAt ?? now) < readsFrom) continue
    try {
      await keep(deps, mailbox, message)
    } catch (error) {
      if (!mailbox.isUsable()) throw error
      logger.error({ err: error, uid: message.uid }, 'mail_not_fetched')
      missed.push(message.uid)
    }
  }
  const lastUid = Math.max(seenUid, ...newer)
  await whenNotBusy(() =>
    moveCursor(
      db,
      address.name,
      {
        uidValidity: mailbox.uidValidity,
        lastUid: missed.length > 0 ? Math.min(...missed) - 1 : lastUid,
        readsFrom,
        reconciledAt: isReconciling && missed.length === 0 ? now : (known?.reconciledAt ?? null),
      },
      now,
    ),
  )
  return missed.length === 0
}

/** Once a day; after the clock was set back, the last time lies years ahead. */
const isToReconcile = ({ reconciledAt }: Cursor, now: number): boolean =>
  reconciledAt === null || Math.abs(now - reconciledAt) >= dayMs

async function keep(deps: PollInboxDeps, mailbox: OpenMailbox, message: Listed): Promise<void> {
  const { db, evidence, clock, logger, address, onKept } = deps
  const raw = await mailbox.raw(message)
  // Somebody moved or deleted it since it was listed.
  if (!raw) return
  const now = clock.now()
  const place = { mailbox: address.name, uidValidity: mailbox.uidValidity, uid: message.uid }
  const { isNew } = await keepArrivingMail(
    db,
    evidence,
    { raw, door: 'imap', takenInAt: message.takenInAt ?? now, place },
    now,
  )
  if (isNew) {
    logger.info({ uid: message.uid }, 'mail_kept')
    onKept?.()
  }
}
