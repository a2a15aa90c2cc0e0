import { asciiDigits } from './typed-digits.ts'

/*
 * What people type and what is written are compared in one form, so that spelling variants meet: this is the field's
 * usual folding for Arabic (Lucene's ArabicNormalizer) and Hebrew, and a little more for what stands in addresses.
 */

/** Harakat, hamza above and below, niqqud, cantillation, accents; and tatweel. */
const marks = /[\p{M}\u0640]/gu
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cc}]/gu

/** What decomposition leaves apart. */
const variants: Readonly<Record<string, string>> = {
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ة: 'ه',
  ک: 'ك',
  ך: 'כ',
  ם: 'מ',
  ן: 'נ',
  ף: 'פ',
  ץ: 'צ',
  '׳': "'",
  '״': '"',
  '־': '-',
}
const variant = new RegExp(`[${Object.keys(variants).join('')}]`, 'gu')

/** The form in which text is searched: lower case, letter variants as one letter, no marks, digits as 0-9. */
export const foldForSearch = (text: string): string =>
  asciiDigits(text.toWellFormed().normalize('NFKD').replace(/\s+/gu, ' '))
    .replace(marks, '')
    .replace(invisible, '')
    .replace(variant, (letter) => variants[letter] ?? letter)
    .toLowerCase()
    .replace(/ {2,}/g, ' ')
    .trim()

/** One thing that must be found: anywhere in a fragment, or at the beginning of a word. */
export interface SearchTerm {
  /** A query of FTS5 for `search_fragments`; null where the term is too short for trigrams. */
  readonly fragment: string | null
  /** A query of FTS5 for `search_words`; null where nothing of the term is a word. */
  readonly word: string | null
}

const shortestFragment = 3

/**
 * Trigrams of digits are in every number, so that a whole one is slow to find among a million. Every run of nine digits
 * or more therefore stands among the words, from each of its digits on: whatever nine digits of it are typed, they
 * begin a word.
 */
const wholeNumber = /^[0-9]{9,}$/
const digitRuns = /[0-9]{9,}/g
const mostBeginnings = 24
const mostTerms = 12

/** What was typed into the search, as terms that must all be found. Never more than twelve; none where nothing is left. */
export function searchTerms(typed: string): SearchTerm[] {
  const folded = foldForSearch(decodeEscapes(typed))
  const terms = looksLikePhone(folded) ? [nationalDigits(folded)] : folded.split(' ').map(withoutScheme)
  return terms
    .filter((term) => term !== '')
    .slice(0, mostTerms)
    .map(searchTerm)
    .filter(({ fragment, word }) => fragment !== null || word !== null)
}

function searchTerm(term: string): SearchTerm {
  const word = /[\p{L}\p{N}]/u.test(term) ? `${quoted(term)}*` : null
  const isFragment = [...term].length >= shortestFragment && !wholeNumber.test(term)
  return { fragment: isFragment ? quoted(term) : null, word }
}

/** What was typed as a host or a part of an address, as a query of FTS5; null where it is too short. */
export function addressQuery(typed: string): string | null {
  const term = withoutScheme(foldForSearch(decodeEscapes(typed)))
  return [...term].length >= shortestFragment ? `address : ${quoted(term)}` : null
}

/** A string of FTS5's query language: no operator has a meaning within it. */
const quoted = (term: string): string => `"${term.replaceAll('"', '""')}"`

const looksLikePhone = (folded: string): boolean =>
  /^\+?[0-9 ().\-/]+$/.test(folded) && folded.replace(/[^0-9]/g, '').length >= 4

/** `00972-50...` and `+972 50...` are found in `97250...`; `050-12...` in `05012...`: both stand in the index. */
const nationalDigits = (folded: string): string => folded.replace(/[^0-9]/g, '').replace(/^00/, '')

const withoutScheme = (term: string): string =>
  term.replace(/^https?:\/\/(?:www\.)?/, '').replace(/^www\./, '')

/** An address pasted in its escaped form is searched as it reads; other percent signs stay. */
function decodeEscapes(typed: string): string {
  return typed.replace(/(?:%[0-9a-f]{2})+/giu, (escapes) => {
    try {
      return decodeURIComponent(escapes)
    } catch {
      return escapes
    }
  })
}

/** Everything of a takedown that is searched. */
export interface Searched {
  readonly reference: string
  readonly name: string
  readonly phoneTyped: string
  readonly phoneE164: string | null
  readonly email: string | null
  readonly statement: string | null
  /** As typed, canonical and readable. */
  readonly addresses: readonly string[]
  /** Messages and notes. */
  readonly texts: readonly string[]
}

/** What the index holds for one takedown, folded. */
export function searchedText(takedown: Searched) {
  const { reference, name, email, statement, addresses, texts } = takedown
  const fragments = foldAll([
    reference,
    reference.replaceAll('-', ''),
    name,
    ...phoneForms(takedown),
    email ?? '',
  ])
  const read = foldAll(addresses.map((address) => withoutScheme(foldForSearch(decodeEscapes(address)))))
  const words = foldAll([name, statement ?? '', ...texts])
  const numbers = [fragments, read, words].flatMap(numbersWithin)
  return { fragments, addresses: read, words: foldAll([words, ...numbers]) }
}

const numbersWithin = (folded: string): string[] =>
  (folded.match(digitRuns) ?? []).flatMap((run) =>
    Array.from({ length: Math.min(run.length - 8, mostBeginnings) }, (_, start) => run.slice(start)),
  )

const foldAll = (texts: readonly string[]): string =>
  [...new Set(texts.filter((text) => text !== '').map(foldForSearch))].join('\n')

function phoneForms({ phoneTyped, phoneE164 }: Searched): string[] {
  const typed = asciiDigits(phoneTyped).replace(/[^0-9]/g, '')
  if (phoneE164 === null) return [typed]
  const international = phoneE164.slice(1)
  return [typed, international, international.replace(/^97[02]/, '0')]
}
