import type { Db, Tx } from '../db/open.ts'
import { looksLikeRecoveryCode, useAppCode, useRecoveryCode } from '../staff/second-factor.ts'
import { writeStaffEvent } from '../staff/staff-events.ts'

/** Takes a code of the app or a recovery code, each once. False where it is neither, or was taken before. */
export function useCode(db: Db, key: Uint8Array, staffId: number, code: string, now: number): boolean {
  return db.transaction((tx) => takeCode(tx, key, staffId, code, now), { behavior: 'immediate' })
}

export function takeCode(tx: Tx, key: Uint8Array, staffId: number, code: string, now: number): boolean {
  if (!looksLikeRecoveryCode(code)) return useAppCode(tx, key, staffId, code, now)
  if (!useRecoveryCode(tx, key, staffId, code)) return false
  writeStaffEvent(tx, staffId, 'recovery_code_used', staffId, now)
  return true
}
