import { randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { canaryLetter } from '../../views/letters/to-office.ts'
import type { Db, Tx } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import { canaries, outgoingMessages } from '../db/schema.ts'
import { canaryKind, enqueueLetter } from '../outbox/store.ts'
import type { Office } from './office.ts'
import { type EvidenceFile, type Submission, submitTakedown } from './submit-takedown.ts'

/** A door through which requests come in. */
export type Door = 'form' | 'mail'

/** When a canary last went in at a door, and last came out at the other end; `fault`: the last one did not. */
export interface DoorState {
  readonly sentAt: number | null
  readonly seenAt: number | null
  readonly fault: string | null
}

const unknown: DoorState = { sentAt: null, seenAt: null, fault: null }

export function doorStates(tx: Tx): Record<Door, DoorState> {
  const rows = allDoors(tx).all()
  const of = (door: Door) => rows.find((row) => row.door === door) ?? unknown
  return { form: of('form'), mail: of('mail') }
}

export const doorsWithFault = (doors: Record<Door, DoorState>): Door[] =>
  (['form', 'mail'] as const).filter((door) => doors[door].fault !== null)

const allDoors = prepared((tx) => tx.select().from(canaries).prepare())

export function recordCanary(tx: Tx, door: Door, row: Partial<DoorState & { token: string | null }>): void {
  tx.insert(canaries)
    .values({ door, ...row })
    .onConflictDoUpdate({ target: canaries.door, set: row })
    .run()
}

/** Queues a letter from us to the info address: it must come back in at the mailbox. */
export function sendMailCanary(db: Db, office: Office, now: number): void {
  db.transaction(
    (tx) => {
      const token = randomBytes(12).toString('hex')
      const letter = canaryLetter(office.siteNames[office.defaultLocale], office.defaultLocale)
      enqueueLetter(tx, {
        takedownId: null,
        kind: canaryKind,
        dedupeKey: `${canaryKind}:${token}`,
        messageId: `<canary.${token}@${office.mailDomain}>`,
        rootMessageId: null,
        recipient: { name: '', address: office.infoAddress },
        replyTo: null,
        subject: letter.subject,
        text: letter.text,
        html: letter.html,
        attachedScreenshots: [],
        waitForCopiesUntil: null,
        now,
      })
      recordCanary(tx, 'mail', { token, sentAt: now })
    },
    { behavior: 'immediate' },
  )
}

/** A letter of ours came back in at the mailbox. True when it is a canary, which belongs into no list. */
export function mailCanaryCameBack(tx: Tx, messageId: string, now: number): boolean {
  const letter = tx
    .select({ kind: outgoingMessages.kind })
    .from(outgoingMessages)
    .where(eq(outgoingMessages.messageId, messageId))
    .get()
  if (letter?.kind !== canaryKind) return false
  recordCanary(tx, 'mail', { seenAt: now, fault: null })
  return true
}

class TakenBack extends Error {}

/**
 * Everything that a submission does, up to the last row, and then takes it back: what remains is that the form was seen to
 * work. Throws what the submission throws.
 */
export function rehearseSubmission(
  db: Db,
  office: Office,
  submission: Submission,
  files: readonly EvidenceFile[],
  now: number,
): void {
  try {
    db.transaction(() => {
      submitTakedown(db, office, submission, files, now)
      throw new TakenBack()
    })
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error
  }
  recordCanary(db, 'form', { seenAt: now, fault: null })
}
