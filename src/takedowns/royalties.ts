import { eq } from 'drizzle-orm'
import type { Tx } from '../db/open.ts'
import { royalties, staff } from '../db/schema.ts'

const select = (tx: Tx) =>
  tx
    .select({
      state: royalties.state,
      amountMinor: royalties.amountMinor,
      currency: royalties.currency,
      note: royalties.note,
      changedBy: staff.name,
      at: royalties.at,
    })
    .from(royalties)
    .innerJoin(staff, eq(staff.id, royalties.changedBy))

/** How the money for past use stands, with the name of who said so; undefined while nobody has said anything. */
export type Royalty = ReturnType<ReturnType<typeof select>['all']>[number]

export const royaltyOf = (tx: Tx, takedownId: number): Royalty | undefined =>
  select(tx).where(eq(royalties.takedownId, takedownId)).get()
