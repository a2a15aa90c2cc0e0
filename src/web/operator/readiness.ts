import { doorStates } from '../../actions/canaries.ts'
import { readIfPossible } from '../../db/busy.ts'
import { outboxStanding } from '../../outbox/store.ts'
import type { Services } from '../../services.ts'
import { newestEventAt } from '../../takedowns/queue.ts'
import { mailboxStanding } from './mailbox-standing.ts'
import { canKeepEvidence, canWrite, succeeds } from './probes.ts'

/** A letter that is due this long says that mail does not go out. */
const lettersLateSeconds = 3600
/** A mailbox that has not answered this long says that mail does not come in. */
const mailboxLateSeconds = 3600
/** A write of evidence that takes this long hangs: the largest file takes a card that is slow some seconds. */
const writeHangsMs = 10_000
/** The clock may stand behind what was written last by this much, as after a small correction. */
const clockBehindMs = 300_000

export const checkNames = ['database', 'disk', 'outbox', 'inbox', 'images', 'clock', 'evidence'] as const
export type CheckName = (typeof checkNames)[number]
/** `why` is null while all is well; beside `ok` it is advice. */
export interface Check {
  readonly ok: boolean
  readonly why: string | null
}

const fine: Check = { ok: true, why: null }
const unless = (why: string | null): Check => (why === null ? fine : { ok: false, why })
const unknown: Check = { ok: false, why: 'the database does not tell' }

/** Looks at everything that a takedown needs. Takes a second at most, and waits for no lock of the database. */
export async function readReadiness(services: Services) {
  const [isWritable, hasSpace, hasEvidence] = await Promise.all([
    canWrite(services),
    succeeds(services.disk.hasRoom()),
    canKeepEvidence(services),
  ])
  const told = isWritable ? readIfPossible(() => readTold(services)) : null
  const checks: Record<CheckName, Check> = {
    database: unless(told ? null : isWritable ? 'not readable' : 'not writable'),
    disk: hasSpace ? { ok: true, why: diskAdvice(services) } : unless(whyDiskTakesNothing(services)),
    outbox: told ? unless(whyMailDoesNotGo(told.mail)) : unknown,
    inbox: told ? unless(whyMailDoesNotCome(told.mailbox)) : unknown,
    images: unless(services.images.state().isFailing ? 'the image process does not start' : null),
    clock: told ? unless(whyClockIsWrong(told.newestAt, services.clock.now())) : unknown,
    evidence: unless(whyEvidenceIsNotKept(services, hasEvidence)),
  }
  return { ready: checkNames.every((name) => checks[name].ok), checks, told }
}

const whyDiskTakesNothing = ({ disk }: Services): string =>
  disk.state().level === 'short'
    ? 'below the floor of free space: the form answers 503'
    : 'the disk does not answer'

function whyEvidenceIsNotKept({ evidence }: Services, isWritable: boolean): string | null {
  if (evidence.oldestWriteMs() >= writeHangsMs) return 'a write to the evidence folder hangs'
  return isWritable ? null : 'the evidence folder is not writable'
}

/** Nothing fails yet, and somebody should look. */
const diskAdvice = ({ disk }: Services): string | null =>
  disk.state().level === 'low' ? 'little free space: below WARN_FREE_MB' : null

function readTold(services: Services) {
  const { db, clock } = services
  return {
    mail: outboxStanding(db, clock.now()),
    mailbox: mailboxStanding(services),
    doors: doorStates(db),
    newestAt: newestEventAt(db),
  }
}

type Told = ReturnType<typeof readTold>

function whyMailDoesNotGo({ paused, oldestDueSeconds }: Told['mail']): string | null {
  if (paused !== null) return 'the mail server refuses our sign-in'
  return oldestDueSeconds < lettersLateSeconds ? null : 'a letter has been due for more than an hour'
}

const whyMailDoesNotCome = (mailbox: Told['mailbox']): string | null =>
  mailbox === null || mailbox.unseenSeconds < mailboxLateSeconds
    ? null
    : 'the mailbox has not answered for more than an hour'

const whyClockIsWrong = (newestAt: number | null, now: number): string | null =>
  newestAt === null || newestAt <= now + clockBehindMs
    ? null
    : `the clock is ${Math.round((newestAt - now) / 1000)} s behind the newest record`
