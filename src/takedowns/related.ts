import { desc, eq, inArray, sql } from 'drizzle-orm'
import type { Tx } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import { reportedPages, screenshots, takedowns } from '../db/schema.ts'
import type { TakedownFile } from './store.ts'

/** Another takedown, as a line in a list. */
export interface Related {
  readonly id: number
  readonly reference: string
  readonly status: (typeof takedowns.$inferSelect)['status']
  readonly claimantName: string
  readonly receivedAt: number
}

/** Other takedowns that staff should know of, newest first, at most `most` of each kind. */
export interface RelatedTakedowns {
  /** By the same email, as it was typed, or the same number. */
  readonly sameClaimant: readonly Related[]
  readonly samePage: readonly Related[]
  /** Byte for byte the same file. */
  readonly sameImage: readonly Related[]
}

const most = 10

export function relatedTo(tx: Tx, { takedown, pages, screenshots: shots }: TakedownFile): RelatedTakedowns {
  const { id, email, phoneE164 } = takedown
  const ask = queries(tx)
  const claimants = [
    ...(email === null ? [] : ask.byEmail.all({ value: email })),
    ...(phoneE164 === null ? [] : ask.byPhone.all({ value: phoneE164 })),
  ]
  const ofPages = pages.flatMap((page) => ask.byPage.all({ value: page.canonicalUrl }))
  const ofImages = shots.flatMap((shot) => ask.byImage.all({ value: shot.sha256 }))
  const [sameClaimant, samePage, sameImage] = [claimants, ofPages, ofImages].map((found) => newest(found, id))
  const rows = rowsOf(tx, [...(sameClaimant ?? []), ...(samePage ?? []), ...(sameImage ?? [])])
  const named = (ids: readonly number[] = []) => ids.flatMap((one) => rows.get(one) ?? [])
  return { sameClaimant: named(sameClaimant), samePage: named(samePage), sameImage: named(sameImage) }
}

/** Each reads the end of one index: it costs the same however many there are. */
const queries = prepared((tx) => {
  const value = sql.placeholder('value')
  const limit = most * 2
  return {
    byEmail: tx
      .select({ id: takedowns.id })
      .from(takedowns)
      .where(eq(takedowns.email, value))
      .orderBy(desc(takedowns.id))
      .limit(limit)
      .prepare(),
    byPhone: tx
      .select({ id: takedowns.id })
      .from(takedowns)
      .where(eq(takedowns.phoneE164, value))
      .orderBy(desc(takedowns.id))
      .limit(limit)
      .prepare(),
    byPage: tx
      .select({ id: reportedPages.takedownId })
      .from(reportedPages)
      .where(eq(reportedPages.canonicalUrl, value))
      .orderBy(desc(reportedPages.id))
      .limit(limit)
      .prepare(),
    byImage: tx
      .select({ id: screenshots.takedownId })
      .from(screenshots)
      .where(eq(screenshots.sha256, value))
      .orderBy(desc(screenshots.id))
      .limit(limit)
      .prepare(),
  }
})

const newest = (found: readonly { id: number }[], ownId: number): number[] =>
  [...new Set(found.map(({ id }) => id))]
    .filter((id) => id !== ownId)
    .sort((one, other) => other - one)
    .slice(0, most)

function rowsOf(tx: Tx, ids: readonly number[]): ReadonlyMap<number, Related> {
  if (ids.length === 0) return new Map()
  const { id, reference, status, claimantName, receivedAt } = takedowns
  const rows = tx
    .select({ id, reference, status, claimantName, receivedAt })
    .from(takedowns)
    .where(inArray(id, [...new Set(ids)]))
    .all()
  return new Map(rows.map((row) => [row.id, row] as const))
}
