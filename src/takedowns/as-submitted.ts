import type { Db } from '../db/open.ts'
import { type PageChange, readEvents } from './events.ts'
import { pagesOf, type ReportedPage, type Takedown } from './store.ts'

/**
 * The takedown as it came in: what the claimant gave later, when asked, and what staff put right,
 * taken back, and without the pages added then.
 * A receipt says what was received at its moment, whatever is known by now.
 */
export function asSubmitted(db: Db, takedown: Takedown): { takedown: Takedown; pages: ReportedPage[] } {
  let first = takedown
  let pages = pagesOf(db, takedown.id)
  // From the newest back, so that the oldest value wins.
  for (const event of readEvents(db, takedown.id).toReversed()) {
    if (event.type === 'submitted') pages = pages.slice(0, event.detail.pages)
    if (event.type !== 'fields_given' && event.type !== 'fields_corrected') continue
    const { name, phone, email, statement } = event.detail.before
    if (event.type === 'fields_corrected') pages = withAddressesBefore(pages, event.detail.pages ?? [])
    first = {
      ...first,
      ...(typeof name === 'string' && { claimantName: name }),
      ...(typeof phone === 'string' && { phoneTyped: phone }),
      ...(email !== undefined && { email }),
      ...(statement !== undefined && { statement }),
    }
  }
  return { takedown: first, pages }
}

const withAddressesBefore = (pages: ReportedPage[], changes: readonly PageChange[]): ReportedPage[] =>
  pages.map((page) => ({ ...page, ...changes.find(({ pageId }) => pageId === page.id)?.before }))
