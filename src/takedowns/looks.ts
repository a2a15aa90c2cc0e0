import { asc, eq, sql } from 'drizzle-orm'
import type { Tx } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import { looks, staff } from '../db/schema.ts'

/** When a person opened the takedown for the first time, and when they last had it open. */
export interface Look {
  readonly staffId: number
  readonly staffName: string
  readonly firstAt: number
  readonly lastAt: number
}

/** Who was seen within this time has it open now. */
const presentMs = 60_000
/** A look is not written down more often than this. */
export const lookEveryMs = 30_000

const ofTakedown = prepared((tx) =>
  tx
    .select({ staffId: looks.staffId, staffName: staff.name, firstAt: looks.firstAt, lastAt: looks.lastAt })
    .from(looks)
    .innerJoin(staff, eq(staff.id, looks.staffId))
    .where(eq(looks.takedownId, sql.placeholder('takedownId')))
    .orderBy(asc(looks.firstAt))
    .prepare(),
)

export const looksOf = (tx: Tx, takedownId: number): Look[] => ofTakedown(tx).all({ takedownId })

/** Names of the others who have it open now. */
export const presentAmong = (seen: readonly Look[], readerId: number, now: number): string[] =>
  seen
    .filter(({ staffId, lastAt }) => staffId !== readerId && Math.abs(now - lastAt) < presentMs)
    .map(({ staffName }) => staffName)
