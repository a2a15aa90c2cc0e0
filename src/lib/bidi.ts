/** Unicode's directional controls (UAX #9) and the Arabic letter mark. */
const controls = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

export const stripBidiControls = (text: string): string => text.replace(controls, '')

export const hasBidiControls = (text: string): boolean => text.search(controls) >= 0

/** For plain text only: a left-to-right value inside a sentence of any direction (LRI ... PDI). */
export const isolateLtr = (value: string): string => `\u2066${stripBidiControls(value)}\u2069`

/** For plain text only: a person's text, direction by its first strong letter (FSI ... PDI). */
export const isolate = (value: string): string => `\u2068${stripBidiControls(value)}\u2069`

const rtlLetters = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u
/** Runs of ASCII with a letter or a digit in them. */
const latinParts = /([\x21-\x7e]*[0-9A-Za-z][\x21-\x7e]*)/

/**
 * The parts of a file's name; each of odd index is a Latin part (a date, the ending) that must be left to right by
 * itself, or `لقطة 2026-11-02.png` would be shown with its day first and its ending in the middle.
 */
export const fileNameParts = (name: string): string[] =>
  rtlLetters.test(name) ? name.split(latinParts) : [name]

/** For plain text only: a file's name, its Latin parts isolated within. */
export const isolateFileName = (name: string): string =>
  `\u2068${fileNameParts(stripBidiControls(name))
    .map((part, index) => (index % 2 === 1 ? isolateLtr(part) : part))
    .join('')}\u2069`

const webAddress = /(?:https?:\/\/|www\.)[^\s<>"'«»“”]+/gi
const asciiRun = /[\x20-\x7e]+/g
/** What ends a sentence around an address rather than the address. */
const stop = /[.,;:!?\]}،؛؟…]/u

/**
 * The parts of somebody's prose; each of odd index must be left to right by itself: a web address, whatever letters are
 * in its path, or a Latin run (a phone, some words), whose punctuation in Arabic and Hebrew prose would else be shown at
 * its other end. In linear time: anybody may have written it.
 */
export function proseParts(text: string): string[] {
  const parts: string[] = []
  let from = 0
  const take = (start: number, end: number) => {
    parts.push(text.slice(from, start), text.slice(start, end))
    from = end
  }
  for (const { index, 0: found } of text.matchAll(webAddress)) {
    takeLatinRuns(text.slice(from, index), from, take)
    take(index, index + addressLength(found))
  }
  takeLatinRuns(text.slice(from), from, take)
  return [...parts, text.slice(from)]
}

function addressLength(found: string): number {
  const isClosing = (letter: string) => stop.test(letter) || (letter === ')' && !found.includes('('))
  let length = found.length
  while (length > 0 && isClosing(found.charAt(length - 1))) length--
  return length
}

/** From a letter, a digit or what begins a phone to the last letter, digit or slash of the line's Latin run. */
function takeLatinRuns(text: string, offset: number, take: (start: number, end: number) => void) {
  for (const { index, 0: run } of text.matchAll(asciiRun)) {
    const start = run.search(/[A-Za-z0-9+(]/)
    if (start < 0) continue
    let end = run.length
    while (end > start + 1 && !/[A-Za-z0-9)/]/.test(run.charAt(end - 1))) end--
    take(offset + index + start, offset + index + end)
  }
}
