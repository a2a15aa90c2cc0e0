import { and, asc, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '../db/open.ts'
import { outgoingMessages, screenshots } from '../db/schema.ts'
import type { ClaimedLetter } from './claim.ts'
import type { SafeCopy } from './compose.ts'
import { copyFileName } from './header-text.ts'

/** Bytes of one letter's attachments; in base64 it stays under the 25 MB that mail servers commonly take. */
const mostAttachedBytes = 15_000_000
const idList = z.array(z.number())

/** Reads a safe copy by its SHA-256; null when it is not there. */
export type ReadCopy = (sha256: string) => Promise<Buffer | null>

/**
 * The safe copies that are ready for a letter, in the claimant's order, as far as they fit. The letter goes
 * without a copy that cannot be read: it names every file, and staff see them at the desk.
 */
export async function copiesFor(tx: Tx, letter: ClaimedLetter, readCopy: ReadCopy): Promise<SafeCopy[]> {
  const ids = idList.parse(JSON.parse(letter.attachedScreenshots))
  if (ids.length === 0) return []
  const rows = tx
    .select()
    .from(screenshots)
    .where(inArray(screenshots.id, ids))
    .orderBy(asc(screenshots.position), asc(screenshots.id))
    .all()
  const copies: SafeCopy[] = []
  let room = mostAttachedBytes
  for (const row of rows) {
    if (row.copyState !== 'ready' || row.copySha256 === null || (row.copyBytes ?? 0) > room) continue
    const content = await readCopy(row.copySha256).catch(() => null)
    if (content === null || content.length > room) continue
    room -= content.length
    const mediaType = row.copyMediaType ?? 'application/octet-stream'
    copies.push({ fileName: copyFileName(row.fileName, mediaType, row.position), mediaType, content })
  }
  return copies
}

/** Letters of a takedown that waited for safe copies, and of which none is pending any more, are due now. */
export function endWaitForCopies(tx: Tx, takedownId: number, now: number): void {
  // An array that cannot be read is the letter's own trouble, not that of the copy.
  const hasPending = sql`CASE WHEN json_valid(${outgoingMessages.attachedScreenshots}) THEN EXISTS (
    SELECT 1 FROM json_each(${outgoingMessages.attachedScreenshots}) AS attached
    JOIN ${screenshots} ON ${screenshots.id} = attached.value WHERE ${screenshots.copyState} = 'pending') END`
  tx.update(outgoingMessages)
    .set({ nextAttemptAt: now, waitForCopiesUntil: null })
    .where(
      and(
        eq(outgoingMessages.takedownId, takedownId),
        eq(outgoingMessages.state, 'queued'),
        eq(outgoingMessages.attempts, 0),
        isNotNull(outgoingMessages.waitForCopiesUntil),
        sql`NOT ${hasPending}`,
      ),
    )
    .run()
}
