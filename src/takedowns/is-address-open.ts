import { isEnd } from './statuses.ts'
import type { ReportedPage, Takedown } from './store.ts'

/**
 * Whether the address of a page may still be put right: in a takedown that came by mail, where people wrote words and
 * a program found the page in them. What was decided or done about a page was said of that address, and stays with it.
 */
export const isAddressOpen = (
  takedown: Pick<Takedown, 'source' | 'status'>,
  page: Pick<ReportedPage, 'outcome' | 'useState'>,
): boolean =>
  takedown.source === 'email' && !isEnd(takedown.status) && page.outcome === null && page.useState === 'live'
