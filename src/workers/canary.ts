import { type Door, doorStates, recordCanary, sendMailCanary } from '../actions/canaries.ts'
import type { Office } from '../actions/office.ts'
import { whenNotBusy } from '../db/busy.ts'
import type { Db } from '../db/open.ts'
import { canaryHeader } from '../lib/canary-header.ts'
import type { Clock } from '../lib/clock.ts'
import type { Logger } from '../lib/logger.ts'
import { onePixelPng } from '../lib/one-pixel-png.ts'

export interface CanaryDeps {
  readonly db: Db
  readonly office: Office
  readonly clock: Clock
  readonly logger: Logger
  /** Where the server listens. */
  readonly listening: string
  /** What makes a submission a canary: known to this process alone. */
  readonly secret: string
  /** Between two canaries of a door. */
  readonly everyMs: number
  /** Letters go out and the mailbox is read. */
  readonly hasMail: boolean
  onQueued(): void
  readonly firstLookMs?: number
}

const lookMs = 60_000
/** A letter that is not back after that is a fault. */
const mailPatienceMs = 3_600_000

/** Sends canaries through both doors, and notes the ones that did not arrive. No failure ends it. */
export function startCanaries(deps: CanaryDeps): { stop(): void } {
  const look = () =>
    lookAtDoors(deps).catch((error: unknown) => deps.logger.error({ err: error }, 'canary_failed'))
  const first = setTimeout(look, deps.firstLookMs ?? lookMs)
  const timer = setInterval(look, lookMs)
  first.unref()
  timer.unref()
  return {
    stop() {
      clearTimeout(first)
      clearInterval(timer)
    },
  }
}

/** Sends what is due, and says which canary is missing. */
export async function lookAtDoors(deps: CanaryDeps): Promise<void> {
  const { db, clock, everyMs, hasMail } = deps
  const now = clock.now()
  const doors = doorStates(db)
  // Either way: after the clock was set back, the last one lies years ahead.
  const isDue = (door: Door) => Math.abs(now - (doors[door].sentAt ?? Number.NEGATIVE_INFINITY)) >= everyMs
  const { sentAt, seenAt, fault } = doors.mail
  if (
    hasMail &&
    fault === null &&
    sentAt !== null &&
    (seenAt ?? 0) < sentAt &&
    now - sentAt > mailPatienceMs
  ) {
    await note(deps, 'mail', 'not_back')
  }
  if (hasMail && isDue('mail')) {
    await whenNotBusy(() => sendMailCanary(db, deps.office, now))
    deps.onQueued()
  }
  if (isDue('form')) await tryForm(deps, now)
}

/** Through HTTP, as a browser does it. */
async function tryForm(deps: CanaryDeps, now: number): Promise<void> {
  const { db, office, listening, secret } = deps
  await whenNotBusy(() => recordCanary(db, 'form', { sentAt: now }))
  const form = new FormData()
  form.append('name', 'canary')
  form.append('phone', '000-0000000')
  form.append('page', `https://${office.siteHosts[0]}/canary`)
  form.append('screenshot', new Blob([new Uint8Array(onePixelPng())], { type: 'image/png' }), 'canary.png')
  const fault = await fetch(`${listening}/${office.defaultLocale}/takedowns`, {
    method: 'POST',
    body: form,
    headers: { origin: office.origin, [canaryHeader]: secret, accept: 'application/json' },
    redirect: 'manual',
    signal: AbortSignal.timeout(30_000),
  }).then(
    ({ status }) => (status === 204 ? null : `status_${status}`),
    () => 'no_answer',
  )
  if (fault !== null) await note(deps, 'form', fault)
}

async function note({ db, logger }: CanaryDeps, door: Door, fault: string): Promise<void> {
  logger.error({ door, fault }, 'canary_lost')
  await whenNotBusy(() => recordCanary(db, door, { fault }))
}
