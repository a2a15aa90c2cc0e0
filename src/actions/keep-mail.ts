import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { whenNotBusy } from '../db/busy.ts'
import type { Db } from '../db/open.ts'
import type { EvidenceStore } from '../evidence/store.ts'
import { type IncomingMail, keepMail, type MailboxPlace } from '../inbox/store.ts'

/** A mail as it came, in pieces or whole. */
export interface ArrivingMail {
  readonly raw: AsyncIterable<Uint8Array>
  readonly door: IncomingMail['door']
  readonly takenInAt: number
  readonly place: MailboxPlace | null
}

/**
 * Keeps a mail: its bytes on disk under their hash, then its row. When this resolves it cannot be lost any more; the same
 * mail again changes nothing. Throws what the disk or the database throws, and then it is to be brought again.
 */
export async function keepArrivingMail(
  db: Db,
  evidence: Pick<EvidenceStore, 'newUploadPath' | 'whileWriting' | 'keepSynced'>,
  mail: ArrivingMail,
  now: number,
): Promise<{ isNew: boolean; sha256: string }> {
  const path = evidence.newUploadPath()
  const hash = createHash('sha256')
  let bytes = 0
  const handle = await open(path, 'wx', 0o600)
  try {
    for await (const piece of mail.raw) {
      hash.update(piece)
      bytes += piece.byteLength
      await evidence.whileWriting(handle.writeFile(piece))
    }
    await evidence.whileWriting(handle.sync())
  } finally {
    await handle.close()
  }
  const sha256 = hash.digest('hex')
  await evidence.keepSynced(path, sha256)
  const { door, takenInAt, place } = mail
  const { isNew } = await whenNotBusy(() => keepMail(db, { sha256, bytes, door, takenInAt }, place, now))
  return { isNew, sha256 }
}

/** For mail that is in memory already. */
export async function* inOnePiece(raw: Uint8Array): AsyncGenerator<Uint8Array> {
  yield raw
}
