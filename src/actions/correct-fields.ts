import { eq } from 'drizzle-orm'
import type { Db } from '../db/open.ts'
import { takedowns } from '../db/schema.ts'
import type { Locale } from '../i18n/locales.ts'
import { type Given, readAsked } from '../takedowns/asked-fields.ts'
import { recordEvent } from '../takedowns/events.ts'
import { pendingActOf } from '../takedowns/pending-acts.ts'
import { isEnd } from '../takedowns/statuses.ts'
import { findByReference } from '../takedowns/store.ts'
import { addReportedPage } from './add-reported-page.ts'
import type { Change, Target } from './change-takedown.ts'

/** What a mail said of its writer, as staff put it right; the first four as they are to stand. */
export interface Corrected {
  readonly name: string
  readonly phone: { readonly typed: string; readonly e164: string | null }
  readonly email: string | null
  readonly locale: Locale
  /** Pages that were named and not understood as reported; one that is reported already stays as it is. */
  readonly addedPages: readonly NonNullable<Given['page']>[]
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
      // A page that came after an end would wait for a decision that nobody makes.
      if (corrected.addedPages.length > 0 && isEnd(takedown.status)) return { ok: false, refusal: 'refused' }
      // What somebody is about to send says of each page what was decided.
      if (corrected.addedPages.length > 0 && pendingActOf(tx, takedown.id))
        return { ok: false, refusal: 'pending' }
      const added = corrected.addedPages.filter((page) => addReportedPage(tx, takedown.id, page, now))
      const fields = [...Object.keys(before), ...(added.length > 0 ? ['page'] : [])]
      if (fields.length === 0) return { ok: true, takedown, value: undefined }
      const given: readonly unknown[] = [
        corrected.name !== '' && 'name',
        corrected.phone.typed !== '' && 'phone',
        corrected.addedPages.length > 0 && 'page',
      ]
      const asked = readAsked(takedown.askedFields).filter((field) => !given.includes(field))
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
