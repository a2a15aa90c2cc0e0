import { and, asc, count, eq, isNull, ne } from 'drizzle-orm'
import type { Db, Tx } from '../db/open.ts'
import { staff } from '../db/schema.ts'

export type StaffAccount = typeof staff.$inferSelect

export const normaliseEmail = (email: string): string => email.trim().toLowerCase()

export const findAccount = (db: Tx, email: string): StaffAccount | undefined =>
  db
    .select()
    .from(staff)
    .where(and(eq(staff.email, normaliseEmail(email)), isNull(staff.disabledAt)))
    .get()

export const countAccounts = (db: Db): number =>
  db.select({ accounts: count() }).from(staff).get()?.accounts ?? 0

export const listAccounts = (db: Db): StaffAccount[] =>
  db.select().from(staff).where(isNull(staff.disabledAt)).orderBy(asc(staff.name)).all()

/** Nobody could let anybody in again. */
export const isLastAdmin = (tx: Tx, account: Pick<StaffAccount, 'id' | 'role'>): boolean =>
  account.role === 'admin' &&
  tx
    .select({ id: staff.id })
    .from(staff)
    .where(and(eq(staff.role, 'admin'), isNull(staff.disabledAt), ne(staff.id, account.id)))
    .limit(1)
    .get() === undefined

export const isAdmin = (account: Pick<StaffAccount, 'role'>): boolean => account.role === 'admin'

/** What is asked, offered and paid is not every reader's business. */
export const maySeeMoney = (account: Pick<StaffAccount, 'role'>): boolean => account.role !== 'viewer'

/** Viewers read; editors and admins act. */
export const mayAct = (account: Pick<StaffAccount, 'role'>): boolean => account.role !== 'viewer'
