import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Office } from './actions/office.ts'
import { seedReplies } from './actions/seed-replies.ts'
import type { Config } from './config.ts'
import { whenNotBusy } from './db/busy.ts'
import { createGroupCommit, type GroupCommit } from './db/group-commit.ts'
import type { Db } from './db/open.ts'
import { createImageProcess } from './evidence/image-process.ts'
import { openEvidenceStore } from './evidence/store.ts'
import { mailboxAddress } from './inbox/imap.ts'
import type { Clock } from './lib/clock.ts'
import type { DiskSpace } from './lib/disk-space.ts'
import type { Logger } from './lib/logger.ts'
import { createRightOfWay } from './lib/right-of-way.ts'
import { loadOrCreateSecret } from './lib/secret-file.ts'
import { createTurns } from './lib/turns.ts'
import { releaseLeases } from './outbox/claim.ts'
import { createEmlChannel } from './outbox/eml.ts'
import { createSmtpChannel } from './outbox/smtp.ts'
import { loadOrCreateReceiptKey } from './takedowns/receipt-key.ts'
import { accessKeyOfTakedown } from './takedowns/store.ts'
import { openLimits } from './web/limits.ts'
import { createUploadSlots } from './web/middleware/upload-slots.ts'
import { startCanaries } from './workers/canary.ts'
import { startCarryingOutActs } from './workers/carry-out-acts.ts'
import { createDkimChecker } from './workers/check-dkim.ts'
import { startDeliveringOutbox } from './workers/deliver-outbox.ts'
import { startIndexingSearch } from './workers/index-search.ts'
import { createMailReader } from './workers/mail-reader.ts'
import { startMakingCopies } from './workers/make-copies.ts'
import { startPollingInbox } from './workers/poll-inbox.ts'
import { startReadingMail } from './workers/read-mail.ts'
import { startSendingDigests } from './workers/send-digest.ts'
import { startSweepingKeptUploads } from './workers/sweep-kept-uploads.ts'
import { startWatchingDisk } from './workers/watch-disk.ts'

/** The one wiring place. */
export type Services = Awaited<ReturnType<typeof createServices>>

export interface Surroundings {
  readonly db: Db
  readonly disk: DiskSpace
  readonly clock: Clock
  readonly logger: Logger
  /** The public origin: BASE_URL, or where the server was found to listen. */
  readonly origin: string
  /** Where the server listens. */
  readonly listening: string
}

export async function createServices(config: Config, surroundings: Surroundings) {
  const { db, disk, clock, logger, origin, listening } = surroundings
  const diskWatch = startWatchingDisk({ disk, logger })
  const keys = join(config.dataDir, 'keys')
  const office = officeOf(config, origin, loadOrCreateSecret(join(keys, 'access.key'), 32))
  const evidence = await openEvidenceStore(join(config.dataDir, 'evidence'))
  const checkProcess = createImageProcess({ role: 'check' })
  const copyProcess = createImageProcess({ role: 'copy' })
  const channel = config.smtpUrl
    ? createSmtpChannel(config.smtpUrl)
    : createEmlChannel(join(config.dataDir, 'mail'))
  const rightOfWay = createRightOfWay()
  const groupCommit = createGroupCommit(db, { othersOnTheirWay: () => rightOfWay.waiting() - 1 })
  /** How requests and workers write: with others who write now, again while the database is busy, else a 503 Failure. */
  const commit: GroupCommit = (act) => whenNotBusy(() => groupCommit(act))
  // This process holds the lock, so whoever held these leases is dead.
  releaseLeases(db, clock.now())
  seedReplies(db, config.defaultLocale, clock.now())
  const outbox = startDeliveringOutbox({
    db,
    clock,
    logger,
    channel,
    evidence,
    rightOfWay,
    commit,
    sender: { name: config.site.names[config.defaultLocale], address: config.mailFrom },
    ownAddresses: [config.site.infoAddress, config.mailFrom],
    accessKeyFor: (takedownId) => accessKeyOfTakedown(db, office.accessSecret, takedownId),
  })
  const pendingActs = startCarryingOutActs({ db, office, clock, logger, onCarriedOut: () => outbox.wake() })
  const copies = startMakingCopies({
    db,
    evidence,
    images: copyProcess,
    rightOfWay,
    commit,
    clock,
    logger,
    onSettled: () => outbox.wake(),
  })
  const mailReader = createMailReader(
    {
      siteHosts: config.site.hosts,
      origin,
      mailDomain: office.mailDomain,
      authHost: config.inbox.authHost,
      defaultLocale: config.defaultLocale,
    },
    { directory: evidence.incomingDirectory, maxFileBytes: config.limits.maxUploadBytes },
  )
  const mailReading = startReadingMail({
    db,
    office,
    clock,
    logger,
    reader: mailReader,
    evidence,
    images: checkProcess,
    rightOfWay,
    commit,
    checkDkim: config.inbox.checksDkim ? createDkimChecker() : undefined,
    onLetters() {
      outbox.wake()
      copies.wake()
    },
  })
  const inbox = config.imapUrl
    ? startPollingInbox({
        db,
        evidence,
        clock,
        logger,
        address: mailboxAddress(config.imapUrl),
        pollMs: config.inbox.pollSeconds * 1000,
        onKept: () => mailReading.wake(),
      })
    : null
  const search = startIndexingSearch({ db, logger, rightOfWay, commit })
  const sweep = startSweepingKeptUploads({ db, evidence, clock, logger })
  const digests = startSendingDigests({ db, office, clock, logger, onQueued: () => outbox.wake() })
  const canarySecret = randomBytes(32).toString('hex')
  const canaries =
    config.inbox.canaryHours === 0
      ? null
      : startCanaries({
          db,
          office,
          clock,
          logger,
          listening,
          secret: canarySecret,
          everyMs: config.inbox.canaryHours * 3_600_000,
          hasMail: config.smtpUrl !== null && config.imapUrl !== null,
          onQueued: () => outbox.wake(),
        })
  const limits = openLimits(join(config.dataDir, 'limits.sqlite'), {
    submissions: config.limits.submissionsPerHour,
    submissionsOverall: config.limits.submissionsPerHourOverall,
  })
  return {
    config,
    db,
    commit,
    clock,
    logger,
    office,
    evidence,
    images: checkProcess,
    uploadSlots: createUploadSlots(config.limits.maxUploadsAtOnce),
    reportTurns: createTurns({ atOnce: 1, mostWaiting: 20 }),
    limits,
    rightOfWay,
    channel,
    outbox,
    pendingActs,
    canarySecret,
    mailReader,
    mailReading,
    inbox,
    copies,
    receiptKey: loadOrCreateReceiptKey(keys),
    /** Seals what the second factors hang on. */
    factorKey: loadOrCreateSecret(join(keys, 'second-factor.key'), 32),
    clientSecret: loadOrCreateSecret(join(keys, 'clients.key'), 32),
    disk,
    /** Takes no further mail, in or out; what is under way finishes first. */
    async stopMail() {
      await Promise.all([inbox?.stop(), mailReading.stop(), outbox.stop()])
    },
    /** In reverse of the order above; what is under way finishes first. */
    async stop() {
      canaries?.stop()
      sweep.stop()
      await search.stop()
      await inbox?.stop()
      await mailReading.stop()
      await mailReader.stop()
      digests.stop()
      await Promise.all([copies.stop(), pendingActs.stop(), outbox.stop()])
      await Promise.all([checkProcess.stop(), copyProcess.stop()])
      await evidence.close()
      await diskWatch.stop()
      limits.close()
    },
  }
}

const officeOf = (config: Config, origin: string, accessSecret: Uint8Array): Office => ({
  origin,
  siteNames: config.site.names,
  siteHosts: config.site.hosts,
  mailDomain: config.mailFrom.split('@')[1] ?? 'localhost',
  infoAddress: config.site.infoAddress,
  mailFrom: config.mailFrom,
  hasPlusAddresses: config.inbox.plusAddresses,
  defaultLocale: config.defaultLocale,
  calendar: config.calendar,
  firstLookWorkingDays: config.firstLookWorkingDays,
  decisionWorkingDays: config.decisionWorkingDays,
  carryOutWorkingDays: config.carryOutWorkingDays,
  accessSecret,
})
