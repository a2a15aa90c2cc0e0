import { eq } from 'drizzle-orm'
import type { Db } from '../db/open.ts'
import { takedowns } from '../db/schema.ts'
import type { Locale } from '../i18n/locales.ts'
import { readAsked } from '../takedowns/asked-fields.ts'
import { recordEvent } from '../takedowns/events.ts'
import { findByReference } from '../takedowns/store.ts'
import type { Change, Target } from './change-takedown.ts'

/** What a mail said of its writer, as staff put it right; all four as they are to stand. */
export interface Corrected {
  readonly name: string
  readonly phone: { readonly typed: string; readonly e164: string | null }
  readonly email: string | null
  readonly locale: Locale
}

/**
 * Staff put right what was understood of a mail, in any status; what stood there before stays in the event. What is given
 * now is not asked for any more. A takedown of the form holds its writer's own words, and is refused.
 */
export function correctFields(
  db: Db,
  { reference, version, now }: Target,
  corrected: Corrected,
  staffId: number,
): Change {
  return db.transaction(
    (tx): Change => {
      const takedown = findByReference(tx, reference)
      if (!takedown) return { ok: false, refusal: 'unknown' }
      if (version !== takedown.version) return { ok: false, refusal: 'stale' }
      if (takedown.source !== 'email') return { ok: false, refusal: 'refused' }
      const before = {
        ...(corrected.name !== takedown.claimantName && { name: takedown.claimantName }),
        ...(corrected.phone.typed !== takedown.phoneTyped && { phone: takedown.phoneTyped }),
        ...(corrected.email !== takedown.email && { email: takedown.email }),
        ...(corrected.locale !== takedown.locale && { locale: takedown.locale }),
      }
      const fields = Object.keys(before)
      if (fields.length === 0) return { ok: true, takedown, value: undefined }
      const given = { name: corrected.name !== '', phone: corrected.phone.typed !== '' }
      const asked = readAsked(takedown.askedFields).filter(
        (field) => !((field === 'name' && given.name) || (field === 'phone' && given.phone)),
      )
      recordEvent(tx, {
        takedownId: takedown.id,
        at: now,
        actor: { kind: 'staff', id: staffId },
        type: 'fields_corrected',
        detail: { fields, before },
      })
      const changed = tx
        .update(takedowns)
        .set({
          claimantName: corrected.name,
          phoneTyped: corrected.phone.typed,
          phoneE164: corrected.phone.e164,
          email: corrected.email,
          locale: corrected.locale,
          askedFields: JSON.stringify(asked),
          lastEventAt: now,
          version: takedown.version + 1,
        })
        .where(eq(takedowns.id, takedown.id))
        .returning()
        .get()
      return { ok: true, takedown: changed, value: undefined }
    },
    { behavior: 'immediate' },
  )
}
