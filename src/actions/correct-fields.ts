import { eq } from 'drizzle-orm'
import type { Db, Tx } from '../db/open.ts'
import { reportedPages, takedowns } from '../db/schema.ts'
import type { Locale } from '../i18n/locales.ts'
import { type Given, readAsked } from '../takedowns/asked-fields.ts'
import { type PageChange, recordEvent } from '../takedowns/events.ts'
import { isAddressOpen } from '../takedowns/is-address-open.ts'
import { pendingActOf } from '../takedowns/pending-acts.ts'
import { isEnd } from '../takedowns/statuses.ts'
import { findByReference, pagesOf, type Takedown } from '../takedowns/store.ts'
import { addReportedPage } from './add-reported-page.ts'
import type { Change, Refusal, Target } from './change-takedown.ts'

type Address = NonNullable<Given['page']>
export type CorrectedPage = Address & { readonly pageId: number }

/** What a mail said of its writer, as staff put it right; the first four as they are to stand. */
export interface Corrected {
  readonly name: string
  readonly phone: { readonly typed: string; readonly e164: string | null }
  readonly email: string | null
  readonly locale: Locale
  /** Pages that were named and not understood as reported; one that is reported already stays as it is. */
  readonly addedPages: readonly Address[]
  /** Another page than the one that was understood; only where nothing is decided or done about it yet. */
  readonly correctedPages: readonly CorrectedPage[]
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
      const refusal = refusalOfPages(tx, takedown, corrected)
      if (refusal) return { ok: false, refusal }
      const before = whatStoodBefore(takedown, corrected)
      const pages = [
        ...changeAddresses(tx, takedown.id, corrected.correctedPages),
        ...addPages(tx, takedown.id, corrected.addedPages, now),
      ]
      const fields = [...Object.keys(before), ...(pages.length > 0 ? ['page'] : [])]
      if (fields.length === 0) return { ok: true, takedown, value: undefined }
      recordEvent(tx, {
        takedownId: takedown.id,
        at: now,
        actor: { kind: 'staff', id: staffId },
        type: 'fields_corrected',
        detail: { fields, before, pages },
      })
      return { ok: true, takedown: update(tx, takedown, corrected, now), value: undefined }
    },
    { behavior: 'immediate' },
  )
}

function refusalOfPages(tx: Tx, takedown: Takedown, corrected: Corrected): Refusal | null {
  const { addedPages, correctedPages } = corrected
  if (addedPages.length + correctedPages.length === 0) return null
  // A page that came after an end would wait for a decision that nobody makes.
  if (isEnd(takedown.status)) return 'refused'
  // What somebody is about to send says of each page what was decided.
  if (pendingActOf(tx, takedown.id)) return 'pending'
  const pages = pagesOf(tx, takedown.id)
  const mayCorrect = correctedPages.every(({ pageId, canonicalUrl }) =>
    pages.every((page) =>
      page.id === pageId ? isAddressOpen(takedown, page) : page.canonicalUrl !== canonicalUrl,
    ),
  )
  return mayCorrect ? null : 'refused'
}

const whatStoodBefore = (takedown: Takedown, corrected: Corrected) => ({
  ...(corrected.name !== takedown.claimantName && { name: takedown.claimantName }),
  ...(corrected.phone.typed !== takedown.phoneTyped && { phone: takedown.phoneTyped }),
  ...(corrected.email !== takedown.email && { email: takedown.email }),
  ...(corrected.locale !== takedown.locale && { locale: takedown.locale }),
})

function changeAddresses(tx: Tx, takedownId: number, corrected: readonly CorrectedPage[]): PageChange[] {
  const pages = pagesOf(tx, takedownId)
  return corrected.flatMap(({ pageId, reportedUrl, canonicalUrl }) => {
    const page = pages.find(({ id }) => id === pageId)
    if (!page) return []
    tx.update(reportedPages).set({ reportedUrl, canonicalUrl }).where(eq(reportedPages.id, pageId)).run()
    return [{ pageId, before: { reportedUrl: page.reportedUrl, canonicalUrl: page.canonicalUrl } }]
  })
}

function addPages(tx: Tx, takedownId: number, added: readonly Address[], now: number): PageChange[] {
  const known = new Set(pagesOf(tx, takedownId).map(({ id }) => id))
  for (const page of added) addReportedPage(tx, takedownId, page, now)
  return pagesOf(tx, takedownId)
    .filter(({ id }) => !known.has(id))
    .map(({ id }) => ({ pageId: id, before: null }))
}

function update(tx: Tx, takedown: Takedown, corrected: Corrected, now: number): Takedown {
  const given: readonly unknown[] = [
    corrected.name !== '' && 'name',
    corrected.phone.typed !== '' && 'phone',
    corrected.addedPages.length > 0 && 'page',
  ]
  const asked = readAsked(takedown.askedFields).filter((field) => !given.includes(field))
  return tx
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
}
