import { desc, eq } from 'drizzle-orm'
import type { Tx } from '../db/open.ts'
import { staffEvents } from '../db/schema.ts'

export type StaffEvent = typeof staffEvents.$inferSelect
export type StaffEventType = StaffEvent['type']

/** `by` is who did it: a member of staff, or null for the operator at the command line and for nobody known. */
export function writeStaffEvent(
  tx: Tx,
  staffId: number,
  type: StaffEventType,
  by: number | null,
  at: number,
): void {
  tx.insert(staffEvents).values({ staffId, byStaffId: by, type, at }).run()
}

/** What happened to one account, the newest first. */
export const staffEventsOf = (tx: Tx, staffId: number): StaffEvent[] =>
  tx.select().from(staffEvents).where(eq(staffEvents.staffId, staffId)).orderBy(desc(staffEvents.id)).all()
