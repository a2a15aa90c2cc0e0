import { stripInvisible } from './typed-text.ts'

/*
 * Finding addresses in what a person typed or pasted. Nothing here decides whether an address is good: what is found
 * is parsed and checked in page-address.ts.
 */

/** Blanks, quotes and brackets that never stand in an address as it is copied. */
const separators = /[\s<>"“”„«»‹›`|]+/u
/** `https://`, also with the first letter, the colon or a slash lost in copying. */
const scheme = /h?ttps?(?::[/\\]+|[/\\]{2})/gi
/** An address of another kind, at the start of a piece: nothing in it is taken for a page. */
const otherScheme =
  /^\W*(?:(?:javascript|vbscript|data|file|blob|about|mailto|tel|sms|view-source|content|intent)\s*:|(?![a-z0-9+-]*ttps?:)[a-z][a-z0-9+-]*:\/\/)/i
const closing = /^[.,;:!?'’*،؛؟۔…׃·)\]}&]$/u
const opening: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' }

/** The pieces of a field that can hold an address, free of what nobody sees. */
export const piecesOf = (typed: string): string[] =>
  stripInvisible(typed)
    .replace(/(h?ttps?:\/\/)\s+/gi, '$1')
    .split(separators)
    .filter((piece) => piece !== '')

export const isOtherScheme = (piece: string): boolean => otherScheme.test(piece)

/**
 * A piece cut where an address with a scheme, or a `www.` of the site, begins: `https://a/bhttps://a/c`. An address
 * that is the value of a parameter is part of the outer one, and so is one that is a path on a foreign host
 * (an archive's `https://archive.example/2020/https://a/b`); `isForeign` knows which.
 */
export function splitGlued(piece: string, ownWww: RegExp, isForeign: (address: string) => boolean): string[] {
  const parts: string[] = []
  let from = 0
  for (const at of startsIn(piece, ownWww)) {
    const before = piece.slice(from, at)
    if (isNested(before, isForeign)) continue
    parts.push(before)
    from = at
  }
  return [...parts, piece.slice(from)].filter((part) => part !== '')
}

function startsIn(piece: string, ownWww: RegExp): number[] {
  const starts = [scheme, ownWww].flatMap((pattern) =>
    Array.from(piece.matchAll(pattern), (match) => match.index),
  )
  return starts.sort((a, b) => a - b)
}

function isNested(before: string, isForeign: (address: string) => boolean): boolean {
  if (parameterName.test(before.slice(-longestParameterName))) return true
  return startsWithScheme(before) && /[/\\]$/.test(before.slice(-1)) && isForeign(before)
}

const parameterName = /[?&#][^?&#=]*=$/
const longestParameterName = 64

export const startsWithScheme = (part: string): boolean => part.search(scheme) === 0

/** `https://` and what follows, whatever was left of the scheme. */
export const withScheme = (part: string): string =>
  startsWithScheme(part)
    ? part.replace(/^h?ttps?:?[/\\]+/i, 'https://')
    : `https://${part.replace(/^[/\\]+/, '')}`

/**
 * Without the punctuation of the sentence around it; a bracket goes only when it was opened outside. In one pass: a
 * stranger's field of sixty thousand brackets must not hold up everybody else.
 */
export function trimSentence(part: string): string {
  const counts = countBrackets(part)
  let end = part.length
  for (; end > 0; end--) {
    const last = part.charAt(end - 1)
    if (!closing.test(last)) break
    const bracket = opening[last]
    if (bracket === undefined) continue
    const closings = counts.get(last) ?? 0
    if ((counts.get(bracket) ?? 0) >= closings) break
    counts.set(last, closings - 1)
  }
  return part.slice(0, end)
}

function countBrackets(part: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const [bracket] of part.matchAll(/[()[\]{}]/g)) counts.set(bracket, (counts.get(bracket) ?? 0) + 1)
  return counts
}
