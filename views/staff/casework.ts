import type { Colleague } from '../../src/staff/colleagues.ts'
import type { Look } from '../../src/takedowns/looks.ts'
import type { Note } from '../../src/takedowns/notes.ts'
import type { RelatedTakedowns } from '../../src/takedowns/related.ts'
import type { ShownMail } from './incoming-mail.tsx'

/** Which part of the timeline is shown. */
export const historyParts = ['all', 'claimant', 'inside'] as const
export type HistoryPart = (typeof historyParts)[number]

/** What the page of one takedown shows for colleagues, besides the takedown itself. */
export interface Casework {
  /** Whether the reader may act at all; what the takedown allows is another question. */
  readonly mayAct: boolean
  /** Who can be given it. */
  readonly colleagues: readonly Colleague[]
  /** Names of everybody who has ever worked here, by id. */
  readonly names: ReadonlyMap<number, string>
  readonly notes: readonly Note[]
  /** Idempotency key of the note form. */
  readonly noteKey: string
  readonly history: HistoryPart
  /** A page to be printed has no acts; `plain` has no notes either. */
  readonly print: 'plain' | 'notes' | null
  /** Names of the others who have it open now. */
  readonly present: readonly string[]
  /** Of others than the reader. */
  readonly looks: readonly Look[]
  readonly related: RelatedTakedowns
  /** Mail that belongs to it, oldest first. */
  readonly mails: readonly ShownMail[]
  /** Reference of the one that is dealt with in place of this duplicate. */
  readonly original: string | null
  /** References of those that were joined to this one. */
  readonly duplicates: readonly string[]
}
