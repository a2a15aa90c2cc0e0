import { and, asc, count, eq, isNull } from 'drizzle-orm'
import type { Db, Tx } from '../db/open.ts'
import { staff } from '../db/schema.ts'

export type StaffAccount = typeof staff.$inferSelect
export type Role = StaffAccount['role']
export const roles = staff.role.enumValues

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

/** Viewers read; editors and admins act. */
export const mayAct = (account: Pick<StaffAccount, 'role'>): boolean => account.role !== 'viewer'
