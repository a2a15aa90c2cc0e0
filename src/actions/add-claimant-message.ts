import { eq } from 'drizzle-orm'
import { claimantWroteLetter } from '../../views/letters/to-office.ts'
import type { Db, Tx } from '../db/open.ts'
import { messages } from '../db/schema.ts'
import type { Given } from '../takedowns/asked-fields.ts'
import { afterWaiting } from '../takedowns/clocks.ts'
import { recordEvent } from '../takedowns/events.ts'
import { keyRemover } from '../takedowns/key-remover.ts'
import type { Takedown } from '../takedowns/store.ts'
import { type Change, changeTakedown } from './change-takedown.ts'
import { letterOffice } from './letter-takedown.ts'
import { type Office, staffUrl } from './office.ts'
import { postToOffice } from './post-letter.ts'
import { copiesWaitMs, type EvidenceFile, insertFiles } from './submit-takedown.ts'
import { takeGivenFields } from './take-given-fields.ts'

export interface ClaimantMessage {
  readonly key: string
  readonly body: string
  /** What a mail repeated below its own words. */
  readonly quoted?: string | null
  readonly files: readonly EvidenceFile[]
  readonly isByMail?: boolean
  /** Of what the office asked for. */
  readonly given?: Given
}

/**
 * The claimant adds words or files on the status page or by mail; never refused, whatever the status. The same key twice
 * adds nothing. What waited for the claimant goes on.
 */
export function addClaimantMessage(
  db: Db,
  office: Office,
  reference: string,
  message: ClaimantMessage,
  now: number,
): Change | { ok: true; repeated: true } {
  const { key, files, isByMail = false } = message
  const known = db.select({ id: messages.id }).from(messages).where(eq(messages.submissionKey, key)).get()
  if (known) return { ok: true, repeated: true }
  return changeTakedown(db, { reference, version: null, now }, 'claimant_replied', (tx, takedown) => {
    const { body, quoted, given } = withoutKeys(tx, takedown, message)
    const { id: messageId } = tx
      .insert(messages)
      .values({ takedownId: takedown.id, author: 'claimant', body, quoted, at: now, submissionKey: key })
      .returning({ id: messages.id })
      .get()
    const shots = insertFiles(tx, takedown.id, files, now, messageId)
    recordEvent(tx, {
      takedownId: takedown.id,
      at: now,
      actor: { kind: 'claimant' },
      type: 'message_added',
      detail: { messageId, files: files.length },
    })
    const { fields, askedFields } = takeGivenFields(tx, takedown, given, files.length > 0, now)
    const locale = office.defaultLocale
    postToOffice(tx, office, {
      takedown,
      kind: 'claimant-wrote',
      cause: `message-${messageId}`,
      letter: claimantWroteLetter(
        { reference, body, files: shots, given: fields, isByMail },
        { ...letterOffice(office, locale), staffUrl: staffUrl(office, reference) },
        locale,
      ),
      screenshots: shots.filter((shot) => shot.copyState === 'pending').map((shot) => shot.id),
      waitForCopiesUntil: now + copiesWaitMs,
      now,
    })
    return { row: { ...afterWaiting(takedown, now, office.calendar), askedFields }, value: undefined }
  })
}

/** Whoever answers our letter, or copies from the status page, may bring the key to it along. */
function withoutKeys(tx: Tx, takedown: Takedown, { body, quoted = null, given = {} }: ClaimantMessage) {
  const removeKeys = keyRemover(tx, takedown, [body, quoted, given.statement ?? null])
  const { name, statement } = given
  return {
    body: removeKeys(body),
    quoted: quoted === null ? null : removeKeys(quoted),
    given: {
      ...given,
      ...(name !== undefined && { name: removeKeys(name) }),
      ...(statement !== undefined && { statement: removeKeys(statement) }),
    },
  }
}
