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

/**
 * A web address with whatever letters are in its path, but not the stop of the sentence around it; else from a letter, a
 * digit or what begins a phone to the last letter, digit or slash of the line's Latin run before any such address.
 */
const latinRun =
  /((?:https?:\/\/|www\.)[^\s<>"']*[^\s<>"'.,;:!?()[\]،؛؟]|[A-Za-z0-9+(](?:(?:(?!https?:\/\/|www\.)[\x20-\x7e])*(?!https?:\/\/|www\.)[A-Za-z0-9)/])?)/i

/**
 * The parts of somebody's prose; each of odd index is a Latin run (an address, a phone, some words) that must be left to
 * right by itself: in Arabic and Hebrew prose its punctuation would else be shown at its other end.
 */
export const proseParts = (text: string): string[] => text.split(latinRun)
