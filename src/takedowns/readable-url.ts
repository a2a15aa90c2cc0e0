import { domainToUnicode } from 'node:url'
import { withoutKeys } from '../lib/without-keys.ts'
import { decodeEscapes, escapeBytes } from './percent-escapes.ts'

/**
 * A letter of a script that is read here, or a digit, with the marks that it carries. Blanks, controls, direction
 * marks, separators and whatever only looks like one are none of these.
 */
const wordCharacter = String.raw`[[[\p{L}&&[\p{sc=Arab}\p{sc=Hebr}\p{sc=Latn}\p{sc=Cyrl}]]\p{Nd}]--[\x00-\x7f]]`
const visibleMark = String.raw`[\p{M}--\p{Default_Ignorable_Code_Point}]`
const wordOrOther = new RegExp(`(?<word>(?:${wordCharacter}${visibleMark}*)+)|[^]`, 'gv')

/**
 * A canonical address for people's eyes: words are decoded, everything that could deceive stays escaped. Read again,
 * it gives the same canonical address.
 */
export function readableUrl(canonical: string): string {
  const { protocol, host, hostname, pathname, search } = new URL(withoutKeys(canonical))
  const site = domainToUnicode(hostname) + host.slice(hostname.length)
  return `${protocol}//${site}${`${pathname}${search}`.replace(/(?:%[0-9A-F]{2})+/g, showWords)}`
}

/** A run of escapes with its words decoded; a run that is not UTF-8 throughout stays as it is. */
const showWords = (escapes: string): string =>
  decodeEscapes(escapes)?.replace(wordOrOther, (text, word?: string) => word ?? escapeBytes(text)) ?? escapes
