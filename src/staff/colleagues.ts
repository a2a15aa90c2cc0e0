import { and, asc, eq, isNull, ne } from 'drizzle-orm'
import type { Tx } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import { staff } from '../db/schema.ts'

/** Somebody who can be given a takedown. */
export interface Colleague {
  readonly id: number
  readonly name: string
}

const active = and(isNull(staff.disabledAt), ne(staff.role, 'viewer'))

/** Everybody who works at the desk and may act, by name. */
export const colleagues = (tx: Tx): Colleague[] => activeByName(tx).all()

const activeByName = prepared((tx) =>
  tx.select({ id: staff.id, name: staff.name }).from(staff).where(active).orderBy(asc(staff.name)).prepare(),
)

export const isColleague = (tx: Tx, id: number): boolean =>
  tx
    .select({ id: staff.id })
    .from(staff)
    .where(and(eq(staff.id, id), active))
    .get() !== undefined

/** By id; also of those who have left. */
export const allNames = (tx: Tx): ReadonlyMap<number, string> =>
  new Map(
    everybody(tx)
      .all()
      .map(({ id, name }) => [id, name] as const),
  )

const everybody = prepared((tx) => tx.select({ id: staff.id, name: staff.name }).from(staff).prepare())
