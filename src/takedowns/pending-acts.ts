import { and, asc, eq, gt, lte, min, or, sql } from 'drizzle-orm'
import type { Tx } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import { pendingActs, staff } from '../db/schema.ts'

export type PendingAct = typeof pendingActs.$inferSelect

/** How long an act that leaves the building can be undone. */
export const undoMs = 15_000

const ofTakedown = prepared((tx) =>
  tx
    .select()
    .from(pendingActs)
    .where(eq(pendingActs.takedownId, sql.placeholder('takedownId')))
    .prepare(),
)

/** The one act that waits to be carried out on this takedown. */
export const pendingActOf = (tx: Tx, takedownId: number): PendingAct | undefined =>
  ofTakedown(tx).get({ takedownId })

/** The same with the name of who sent it. */
export const namedPendingAct = (tx: Tx, takedownId: number) =>
  tx
    .select({
      act: pendingActs.act,
      staffName: staff.name,
      carryOutAt: pendingActs.carryOutAt,
      hasLetter: sql<number>`${pendingActs.letterText} is not null`,
    })
    .from(pendingActs)
    .innerJoin(staff, eq(staff.id, pendingActs.staffId))
    .where(eq(pendingActs.takedownId, takedownId))
    .get()

export type NamedPendingAct = NonNullable<ReturnType<typeof namedPendingAct>>

/** A clock that was set back must not hold an act for longer than anybody meant it to wait. */
const hasCome = (now: number) =>
  or(lte(pendingActs.carryOutAt, now), gt(pendingActs.carryOutAt, now + undoMs))

/** Ids of the acts that nobody has undone in time, oldest first. */
export const dueActs = (tx: Tx, now: number): number[] =>
  tx
    .select({ id: pendingActs.id })
    .from(pendingActs)
    .where(hasCome(now))
    .orderBy(asc(pendingActs.carryOutAt))
    .all()
    .map(({ id }) => id)

export const findDueAct = (tx: Tx, id: number, now: number): PendingAct | undefined =>
  tx
    .select()
    .from(pendingActs)
    .where(and(eq(pendingActs.id, id), hasCome(now)))
    .get()

/** When the next act is due, milliseconds; null when none waits. */
export const nextCarryOutAt = (tx: Tx): number | null =>
  tx
    .select({ at: min(pendingActs.carryOutAt) })
    .from(pendingActs)
    .get()?.at ?? null
