import { join } from 'node:path'
import { openDatabase } from '../../src/db/open.ts'
import { openEvidenceStore } from '../../src/evidence/store.ts'
import { systemClock } from '../../src/lib/clock.ts'
import { createLogger } from '../../src/lib/logger.ts'
import { releaseLeases } from '../../src/outbox/claim.ts'
import { createSmtpChannel } from '../../src/outbox/smtp.ts'
import { startDeliveringOutbox } from '../../src/workers/deliver-outbox.ts'

/** Delivers the outbox of a folder to a mail server until it is killed: `delivering-child.ts <folder> <smtp url>`. */
const [folder = '', smtpUrl = ''] = process.argv.slice(2)
const db = openDatabase(join(folder, 'takedowns.sqlite'))
releaseLeases(db, systemClock.now())
startDeliveringOutbox({
  db,
  clock: systemClock,
  logger: createLogger('silent'),
  channel: createSmtpChannel(smtpUrl),
  sender: { name: 'Publisher', address: 'info@publisher.example' },
  ownAddresses: [],
  accessKeyFor: () => null,
  evidence: await openEvidenceStore(join(folder, 'evidence')),
})
