import { eq } from 'drizzle-orm'
import type { Db } from '../db/open.ts'
import { staff } from '../db/schema.ts'
import type { Locale } from '../i18n/locales.ts'

export interface Settings {
  readonly locale: Locale
  /** Local hour, 0 to 23; null for no digest. */
  readonly digestHour: number | null
  readonly usesKeys: boolean
}

/** How one member of staff works: no act on any takedown. */
export function saveSettings(db: Db, staffId: number, settings: Settings): void {
  db.update(staff).set(settings).where(eq(staff.id, staffId)).run()
}
