import { noteWritten, writeStanding } from './busy.ts'
import type { Db } from './open.ts'

/**
 * Whether an act could be written at this moment, without waiting for a lock. Where the last one failed, something is
 * written in earnest, until it is taken; else the lock alone is asked for, so as not to wear a disk.
 */
export function canWriteAtOnce({ $client: client }: Pick<Db, '$client'>): boolean {
  const patience = Number(client.pragma('busy_timeout', { simple: true }))
  try {
    client.pragma('busy_timeout = 0')
    if (writeStanding().hasFailedLast) writeWhatStands(client)
    else client.exec('BEGIN IMMEDIATE; ROLLBACK')
    noteWritten()
    return true
  } catch {
    return false
  } finally {
    if (client.open) client.pragma(`busy_timeout = ${patience}`)
  }
}

/** A number in the head of the file that nobody here uses: one page into the log, and a sync. */
function writeWhatStands(client: Db['$client']): void {
  const standing = Number(client.pragma('user_version', { simple: true }))
  client.pragma(`user_version = ${standing}`)
}
