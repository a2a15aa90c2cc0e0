import { setTimeout as sleep } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import MailComposer from 'nodemailer/lib/mail-composer'
import type Mail from 'nodemailer/lib/mailer'
import { inOnePiece, keepArrivingMail } from '../../src/actions/keep-mail.ts'
import { incomingMessages } from '../../src/db/schema.ts'
import { findIncoming, type IncomingMail, type RawMail } from '../../src/inbox/store.ts'
import type { AppClient } from './test-app.ts'

export const claimantAddress = 'claimant@example.org'

/** A mail as a person's program writes it; `change` replaces parts. */
export const mailOf = (change: Mail.Options = {}): Promise<Buffer> =>
  new MailComposer({
    from: { name: 'Example Claimant', address: claimantAddress },
    to: 'info@ashams.com',
    subject: 'My photograph',
    text: 'You use my photograph on https://ashams.com/articles/1 without asking.',
    newline: 'win',
    ...change,
  })
    .compile()
    .build()

/** Brings a mail in and waits until it is where it belongs. */
export async function receive(
  app: AppClient,
  raw: Uint8Array,
  change: Partial<Pick<RawMail, 'door' | 'takenInAt'>> = {},
): Promise<IncomingMail> {
  const { db, evidence, clock, mailReading } = app.services
  const { door = 'pipe', takenInAt = clock.now() } = change
  const arriving = { raw: inOnePiece(raw), door, takenInAt, place: null }
  const { sha256 } = await keepArrivingMail(db, evidence, arriving, clock.now())
  mailReading.wake()
  return settled(app, sha256)
}

/** The row of these bytes once it was read. */
export async function settled(app: AppClient, sha256: string): Promise<IncomingMail> {
  const { db } = app.services
  for (let waited = 0; waited < 20_000; waited += 10) {
    const row = db.select().from(incomingMessages).where(eq(incomingMessages.sha256, sha256)).get()
    if (row && row.standing !== 'kept') return findIncoming(db, row.id) ?? row
    await sleep(10)
  }
  throw new Error('the mail was not read in 20 s')
}
