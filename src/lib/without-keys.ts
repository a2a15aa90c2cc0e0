/*
 * Access keys of claimants are taken out of what people write before it becomes data, a page or a letter to the office:
 * who answers our letter by mail quotes their link, and who reads it could act as the claimant. A key is known by its
 * shape where a link or a label of ours leads to it, and by `isKey` wherever it stands by itself.
 */

/** What stands where a key stood. No key is read out of it, in any language, and it stays itself in an address. */
export const keyMark = '****'

/** Of a key, as it is printed, typed, misread or percent-escaped any number of times. */
const plain = String.raw`0-9A-TV-Za-tv-z\u0660-\u0669\u06f0-\u06f9\uff10-\uff19`
const one = String.raw`(?:[${plain}]|%(?:25){0,4}(?:3\d|[46][1-9A-Fa-f]|[57][\dAa]))`
const inWord = '[0-9A-Za-z]'

const unseen = String.raw`[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]`
const dash = String.raw`[-\u2010-\u2015\u2212]`
/** The end of a line and what quotes the next: format=flowed leaves a blank before it, quoted-printable a `=`. */
const lineEnd = String.raw`(?:[ \t]{0,80}=?[ \t]{0,80}\r?\n[ \t]{0,80}(?:[>|][ \t]{0,4}){0,20})`
const between = `(?:${unseen}|${dash}|${lineEnd}){0,8}`

/** `=` in a link, escaped by programs of many kinds, Proofpoint's among them; and what labels have. */
const equals = String.raw`(?:[-_*=]3D|%(?:25){0,4}3D|&(?:amp;){0,4}(?:#0{0,4}61|#x0{0,4}3D|equals);|\\u003D|\\x3D|[=:]|[ \t])`
const broken = `(?:${unseen}|${lineEnd}){0,2}`
const word = `k${broken}e${broken}y`
const lead = String.raw`${word}["'*_ \t]{0,4}${equals}["'*_ \t]{0,4}`

const joined = `${one}(?:${between}${one}){27}`
const whole = `${joined}(?!${inWord})`
/** Something was glued to its end. */
const glued = `${one}(?:${unseen}{0,4}${one}){27}${inWord}{0,4000}`
const afterLead = new RegExp(`(${lead}${between})(?:${whole}|${glued})`, 'giu')

/** A program that makes one line of several leaves a blank; capitals alone, for words of a text are none. */
const capital = '[0-9A-HJKMNP-TV-Z]'
const spaced = new RegExp(
  `([kK]${broken}[eE]${broken}[yY]["'*_ ]{0,4}${equals.replaceAll('3D', '3[dD]')}${between})` +
    `${capital}(?:(?:${between}| {1,2})${capital}){27}(?!${inWord})`,
  'gu',
)

/** Behind the path of a status page whatever stands there is a key, be it cut off in the middle. */
const four = `[${plain}]{4}`
const joint = `(?:${dash}|%(?:25){0,4}2D|[-=]2D){0,2}${between}`
const cut = `${one}(?:(?:${unseen}|${dash}){0,4}${one}){0,27}`
const afterReference = new RegExp(
  String.raw`(TD${joint}${four}${joint}${four}(?:[^\s<>"]|${lineEnd}){1,60}?${lead})(?!3D\*)(?:${joined}|${cut})${inWord}{0,4000}`,
  'giu',
)

/** As the status page shows it. */
const inGroups = new RegExp(
  `(?<!${inWord})${one}{4}(?:${unseen}{0,4}${dash}(?:${unseen}|${lineEnd}){0,4}${one}{4}){6}(?!${inWord})`,
  'gu',
)

/** Whole addresses in base64, as Sophos rewrites them: `aHR0c` is `http`. */
const encodedAddress = /aHR0c[0-9A-Za-z+/_-]{30,8000}(?:%3D|=){0,2}/giu

/**
 * `text` without access keys, each replaced by `keyMark`; any other text as it is. `isKey` is asked about 28 characters
 * that stand by themselves, escapes undone. Again over its own result it changes nothing.
 */
export function withoutKeys(text: string, isKey?: (token: string) => boolean): string {
  if (text.length < shortestWithKey) return text
  const known = isKey ? withoutKnown(text, isKey) : text
  return known
    .replace(encodedAddress, (whole) => (leadsToKey(whole) ? keyMark : whole))
    .replace(afterLead, `$1${keyMark}`)
    .replace(spaced, `$1${keyMark}`)
    .replace(afterReference, `$1${keyMark}`)
    .replace(inGroups, (whole) => (/\d/.test(whole) ? keyMark : whole))
}

/** `TD-XXXX-XXXX?key=` and the beginning of a key. */
const shortestWithKey = 18

const leadsToKey = (encoded: string): boolean =>
  /key(?:=|%(?:25)*3D)[0-9A-Z]/i.test(
    Buffer.from(encoded.replace(/%3D/gi, ''), 'base64url').toString('latin1'),
  )

// --- by itself ---------------------------------------------------------------------------------------------------

const keyLength = 28
/** What one long word is broken into by the ends of lines. */
const mostPieces = 3
const part = new RegExp(`((?:${one}|[uU])+)|(?:%[0-9A-Fa-f]{2})+`, 'gu')
const softGap = new RegExp(`^(?:${unseen}|${dash}|${lineEnd}){1,8}$`, 'u')
const groupGap = new RegExp(`^(?:${unseen}|${dash}|${lineEnd}|[ \\t]{1,4}){1,8}$`, 'u')

interface Part {
  readonly from: number
  readonly to: number
  /** Its escapes undone; empty for escapes of what is no letter. */
  readonly letters: string
}

function withoutKnown(text: string, isKey: (token: string) => boolean): string {
  const parts = [...text.matchAll(part)].map(
    ({ index, 0: whole, 1: letters = '' }): Part => ({
      from: index,
      to: index + whole.length,
      letters: withoutEscapes(letters),
    }),
  )
  let rest = ''
  let kept = 0
  for (const [first, { from }] of parts.entries()) {
    if (from < kept) continue
    const token = tokenAt(text, parts, first)
    if (token === null || !isKey(token.letters)) continue
    rest += text.slice(kept, from) + keyMark
    kept = token.to
  }
  return rest + text.slice(kept)
}

/** The 28 characters that begin here and end with a part: a word, one that lines have broken, or groups of four. */
function tokenAt(text: string, parts: readonly Part[], first: number): Omit<Part, 'from'> | null {
  const inFours = parts[first]?.letters.length === 4
  let letters = ''
  for (let at = first; at < first + (inFours ? keyLength / 4 : mostPieces); at++) {
    const next = parts[at]
    if (!next || next.letters === '') return null
    if (at > first && !isGap(text.slice(parts[at - 1]?.to, next.from), inFours)) return null
    letters += next.letters
    if (letters.length >= keyLength) return letters.length === keyLength ? { letters, to: next.to } : null
  }
  return null
}

/** Blanks only between groups of four, as they would be typed. */
function isGap(gap: string, inFours: boolean): boolean {
  // Most gaps of a text are these, and need no expression.
  if (gap === ' ') return inFours
  return gap === '-' || (gap.length <= 400 && (inFours ? groupGap : softGap).test(gap))
}

/** Only of ASCII letters and digits: nothing else stands escaped in a part. */
const withoutEscapes = (letters: string): string =>
  letters.replace(/%(?:25)*([0-9a-f]{2})/giu, (_escape, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
