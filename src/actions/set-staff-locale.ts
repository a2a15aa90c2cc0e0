import { eq } from 'drizzle-orm'
import type { Db } from '../db/open.ts'
import { staff } from '../db/schema.ts'
import type { Locale } from '../i18n/locales.ts'

/** The language in which this member of staff reads the desk. */
export function setStaffLocale(db: Db, staffId: number, locale: Locale): void {
  db.update(staff).set({ locale }).where(eq(staff.id, staffId)).run()
}
