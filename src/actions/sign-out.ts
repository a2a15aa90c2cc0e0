import type { Db } from '../db/open.ts'
import { endSession } from './sign-in.ts'

/** The session of the token ends; of no session, nothing happens. */
export function signOut(db: Db, token: string, now: number): void {
  db.transaction((tx) => endSession(tx, token, now), { behavior: 'immediate' })
}
