import { and, count, eq, ne } from 'drizzle-orm'
import type { Tx } from '../db/open.ts'
import { outgoingMessages } from '../db/schema.ts'
import { heldByRestore } from './held.ts'
import { isOnItsWay } from './on-its-way.ts'
import { canaryKind } from './store.ts'

/** Which letters wait for staff since a restore; a canary that was on its way then is nobody's letter. */
export const isHeld = and(
  isOnItsWay,
  eq(outgoingMessages.state, 'failed'),
  eq(outgoingMessages.lastReply, heldByRestore),
  ne(outgoingMessages.kind, canaryKind),
)

export const countHeld = (tx: Tx): number =>
  tx.select({ total: count() }).from(outgoingMessages).where(isHeld).get()?.total ?? 0
