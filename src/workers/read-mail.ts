import { rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileMail, type MailToFile } from '../actions/file-mail.ts'
import type { Office } from '../actions/office.ts'
import { carryOutChoice, chosenActOf, dueChoices } from '../actions/settle-mail.ts'
import { whenNotBusy } from '../db/busy.ts'
import type { GroupCommit } from '../db/group-commit.ts'
import type { Db } from '../db/open.ts'
import { type AcceptedFile, acceptUpload } from '../evidence/accept-file.ts'
import type { ImageProcess } from '../evidence/image-process.ts'
import type { EvidenceStore } from '../evidence/store.ts'
import { withSignatures } from '../inbox/authenticity.ts'
import type { FoundMail } from '../inbox/found.ts'
import { beginReading, begunMails, type IncomingMail, nextUnread, takeBackReading } from '../inbox/store.ts'
import type { Clock } from '../lib/clock.ts'
import type { Logger } from '../lib/logger.ts'
import type { RightOfWay } from '../lib/right-of-way.ts'
import type { DkimChecker } from './check-dkim.ts'
import { type CutOffMail, createCutOffMail } from './cut-off-mail.ts'
import { type MailReader, ReadingEnded, type WrittenFile } from './mail-reader.ts'

export interface ReadMailDeps {
  readonly db: Db
  readonly office: Office
  readonly clock: Clock
  readonly logger: Logger
  readonly reader: Pick<MailReader, 'read'>
  readonly evidence: Pick<EvidenceStore, 'pathOf' | 'keepSynced'>
  readonly images: Pick<ImageProcess, 'check'>
  readonly rightOfWay?: Pick<RightOfWay, 'yield'>
  /** How it writes: with others who write now. Default: alone, again while the database is busy. */
  readonly commit?: GroupCommit
  /** Absent where the DNS is not to be asked about strangers' domains. */
  readonly checkDkim?: DkimChecker | undefined
  /** A letter may have become due. */
  onLetters?(): void
  readonly pollMs?: number
  /** Milliseconds before a mail is begun again whose reading was cut off once, twice, ... */
  readonly pausesMs?: readonly number[]
}

export interface MailReading {
  /** There may be new mail: look now. */
  wake(): void
  stop(): Promise<void>
}

/** One whose reading did not end so often is a poisoned mail, and stepped over. */
const mostAttempts = 4
/** A picture within the words that is smaller than this on a side is a logo or a tracking dot, not a screenshot. */
const smallestSide = 120
const mostFiles = 20

/** Reads kept mail, oldest first, and carries out what staff chose for it, until it is stopped. No failure ends it. */
export function startReadingMail(deps: ReadMailDeps): MailReading {
  const { logger, pollMs = 5000 } = deps
  let alarm = new AbortController()
  let isStopping = false
  /** Passed over until the next look: a disk or a database that refuses now must not hold up the rest. */
  const hindered = new Set<number>()

  async function run() {
    let cutOff: CutOffMail | undefined
    while (!isStopping) {
      alarm = new AbortController()
      hindered.clear()
      try {
        cutOff ??= createCutOffMail(begunMails(deps.db), deps.pausesMs)
        while (!isStopping && (await readNext(deps, hindered, cutOff))) await deps.rightOfWay?.yield()
        await carryOutDue(deps, () => isStopping)
      } catch (error) {
        logger.error({ err: error }, 'mail_reading_failed')
      }
      if (!isStopping) await sleep(pollMs, undefined, { signal: alarm.signal }).catch(() => undefined)
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

/** Reads and files the oldest kept mail, or else one that was cut off before; false when there is none. */
async function readNext(deps: ReadMailDeps, hindered: Set<number>, cutOff: CutOffMail): Promise<boolean> {
  const { db, logger, commit = whenNotBusy } = deps
  const mail =
    nextUnread(db, [...hindered, ...cutOff.ids()]) ?? nextUnread(db, [...hindered, ...cutOff.waiting()])
  if (!mail) return false
  cutOff.release(mail.id)
  try {
    const attempts = await commit(() => beginReading(db, mail.id))
    const read: MailToFile =
      attempts > mostAttempts ? { ok: false, reason: 'ended' } : await readWhole(deps, mail)
    const filed = await commit(() => fileMail(db, deps.office, mail.id, read, deps.clock.now()))
    logger.info({ incoming: mail.id, standing: filed.standing }, 'mail_filed')
    if (filed.hasLetters) deps.onLetters?.()
  } catch (error) {
    hindered.add(mail.id)
    logger.error({ err: error, incoming: mail.id }, 'mail_not_filed')
    // A disk or a database that refuses is no fault of the mail's.
    if (!(error instanceof ReadingEnded)) await whenNotBusy(() => takeBackReading(db, mail.id))
  }
  return true
}

/** What staff chose and nobody undid in time, one by one until it is stopped. */
async function carryOutDue(deps: ReadMailDeps, isStopping: () => boolean): Promise<void> {
  const { db, logger, clock, office } = deps
  for (const mail of dueChoices(db, clock.now())) {
    if (isStopping()) return
    try {
      const read = chosenActOf(mail)?.act === 'not_ours' ? null : await readWhole(deps, mail)
      const filed = await whenNotBusy(() => carryOutChoice(db, office, mail.id, read, clock.now()))
      logger.info({ incoming: mail.id, standing: filed.standing }, 'mail_settled')
      if (filed.hasLetters) deps.onLetters?.()
    } catch (error) {
      logger.error({ err: error, incoming: mail.id }, 'mail_not_settled')
    }
  }
}

/** The mail understood, and what of its files is evidence on disk: by the same checks as the form's. */
async function readWhole(deps: ReadMailDeps, mail: IncomingMail): Promise<MailToFile> {
  const read = await deps.reader.read(deps.evidence.pathOf(mail.sha256))
  if (!read.ok) return read
  const files: AcceptedFile[] = []
  for (const written of read.files) {
    const isInline = read.found.files[written.part]?.isInline === true
    const file = files.length < mostFiles ? await accept(deps, written, isInline) : null
    if (file) files.push(file)
    await rm(written.path, { force: true })
  }
  return { ok: true, found: await withDkim(deps, mail, read.found), files }
}

async function withDkim(deps: ReadMailDeps, mail: IncomingMail, found: FoundMail): Promise<FoundMail> {
  if (!deps.checkDkim || found.authenticity.label !== 'unknown') return found
  const signatures = await deps.checkDkim(deps.evidence.pathOf(mail.sha256))
  return { ...found, authenticity: withSignatures(found.authenticity, signatures, found.sender.address) }
}

async function accept(
  deps: ReadMailDeps,
  written: WrittenFile,
  isInline: boolean,
): Promise<AcceptedFile | null> {
  const accepted = await acceptUpload(
    { ...written, fault: null, synced: Promise.resolve(), onMoved: () => undefined },
    deps,
  )
  if (!accepted.ok) return null
  const { width, height } = accepted.file
  const isSmall = isInline && width !== null && height !== null && Math.min(width, height) < smallestSide
  return isSmall ? null : accepted.file
}
