import type { Tx } from '../db/open.ts'
import { withoutKeys } from '../lib/without-keys.ts'
import { isKeyAmong } from './access-key.ts'
import { parseReference } from './reference.ts'
import { findByReference, type Takedown } from './store.ts'

/** Of other takedowns, more than a mail names. */
const mostNamed = 20
const reference = /\bTD[-\u2010-\u2015 ]?[0-9A-Z]{4}[-\u2010-\u2015 ]?[0-9A-Z]{4}\b/giu

/**
 * Takes access keys out of what somebody wrote: links of ours, and the keys of this takedown and of those that `texts`
 * name, however they stand there. Nobody has use for a key without its reference.
 */
export function keyRemover(
  tx: Tx,
  own: Pick<Takedown, 'accessKeyHash'> | null | undefined,
  texts: readonly (string | null)[],
): (text: string) => string {
  const named = new Set(
    texts.flatMap((text) => text?.match(reference) ?? []).flatMap((text) => parseReference(text) ?? []),
  )
  const takedowns = [own, ...[...named].slice(0, mostNamed).map((name) => findByReference(tx, name))]
  const hashes = takedowns.flatMap((takedown) => takedown?.accessKeyHash ?? [])
  const isKey = hashes.length > 0 ? isKeyAmong(hashes) : undefined
  return (text) => withoutKeys(text, isKey)
}
