import type { Tx } from '../db/open.ts'
import type { FoundMail } from '../inbox/found.ts'
import { mapTexts } from '../inbox/store.ts'
import { keyRemover } from '../takedowns/key-remover.ts'
import { findById } from '../takedowns/store.ts'

/** A mail as it may be kept and shown: one that answers our letter quotes the key to its writer's takedown. */
export function mailWithoutKeys(tx: Tx, found: FoundMail, takedownId: number | null): FoundMail {
  const own = takedownId === null ? null : findById(tx, takedownId)
  return mapTexts(found, keyRemover(tx, own, [found.subject, found.body, found.quoted]))
}
