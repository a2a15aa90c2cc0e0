import { and, desc, eq, isNotNull, sql } from 'drizzle-orm'
import type { Tx } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import { reportedPages, screenshots, takedowns } from '../db/schema.ts'
import { bandLength, differingBits, likenessBands, mostDifferingBits } from '../lib/likeness.ts'
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
  /** A picture that looks alike: scaled, cut a little or saved anew. */
  readonly alikeImage: readonly Related[]
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
  const found = {
    sameClaimant: newest(claimants, id),
    samePage: newest(ofPages, id),
    sameImage: newest(ofImages, id),
    alikeImage: newest(alike(tx, shots), id).filter((one) => !ofImages.some((same) => same.id === one)),
  }
  const rows = rowsOf(tx, Object.values(found).flat())
  const named = (ids: readonly number[]) => ids.flatMap((one) => rows.get(one) ?? [])
  return {
    sameClaimant: named(found.sameClaimant),
    samePage: named(found.samePage),
    sameImage: named(found.sameImage),
    alikeImage: named(found.alikeImage),
  }
}

/** Of each quarter's matches only the newest are looked at: a picture that everybody sends costs no more. */
const mostCandidates = 500

/** Pictures that differ in at most three bits are found for certain, up to six when a quarter is the same. */
function alike(tx: Tx, shots: TakedownFile['screenshots']): { id: number }[] {
  const wanted = shots.flatMap(({ likeness }) => (likeness === null ? [] : [likeness]))
  return wanted.flatMap((likeness) => {
    const candidates = likenessBands.flatMap((from) => {
      const band = likeness.slice(from - 1, from - 1 + bandLength)
      return tx
        .select({ id: screenshots.takedownId, likeness: screenshots.likeness })
        .from(screenshots)
        .where(
          and(
            // The numbers stand in the text, as in the index; a bound parameter would not match it.
            sql`substr(likeness, ${sql.raw(`${from}, ${bandLength}`)}) = ${band}`,
            isNotNull(screenshots.likeness),
          ),
        )
        .orderBy(desc(screenshots.id))
        .limit(mostCandidates)
        .all()
    })
    return candidates.filter(
      (one) => one.likeness && differingBits(one.likeness, likeness) <= mostDifferingBits,
    )
  })
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
  const rows = byIds(tx).all({ ids: JSON.stringify([...new Set(ids)]) })
  return new Map(rows.map((row) => [row.id, row] as const))
}

const byIds = prepared((tx) => {
  const { id, reference, status, claimantName, receivedAt } = takedowns
  return tx
    .select({ id, reference, status, claimantName, receivedAt })
    .from(takedowns)
    .where(sql`${id} in (select value from json_each(${sql.placeholder('ids')}))`)
    .prepare()
})
