import { lt } from 'drizzle-orm'
import type { Db } from '../db/open.ts'
import { keptUploads } from '../db/schema.ts'

/** Forgets which files stand with forms that were not sent since `before`. */
export function forgetKeptUploads(db: Db, before: number): void {
  db.delete(keptUploads).where(lt(keptUploads.at, before)).run()
}
