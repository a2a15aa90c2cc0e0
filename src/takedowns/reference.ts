import { randomBytes as nodeRandomBytes } from 'node:crypto'
import { crockfordAlphabet, foldCrockford, isCrockford } from './crockford.ts'

/*
 * TD-XXXX-XXXX: seven random characters (35 bits; the store refuses a second equal one) and a check character by
 * ISO/IEC 7064, hybrid system MOD 33,32.
 */
const prefix = 'TD'
const randomCharacters = 7
const checkedLength = randomCharacters + 1
const modulus = crockfordAlphabet.length

/** A new reference. `randomBytes(n)` gives n uniform bytes. */
export function newReference(randomBytes: (n: number) => Uint8Array = nodeRandomBytes): string {
  const values = Array.from(randomBytes(randomCharacters), (byte) => byte % modulus)
  return show([...values, checkValue(values)].map((value) => crockfordAlphabet.charAt(value)).join(''))
}

/**
 * The reference in `text`, in its one written form, or null: wrong length, foreign letters or a wrong check character.
 * Lower case, a missing prefix or dashes, blanks, direction marks, O for 0, I and L for 1, and Arabic-Indic or Persian
 * digits are understood.
 */
export function parseReference(text: string): string | null {
  const folded = foldCrockford(text)
  const hasPrefix = folded.length === prefix.length + checkedLength && folded.startsWith(prefix)
  const characters = hasPrefix ? folded.slice(prefix.length) : folded
  if (characters.length !== checkedLength || !isCrockford(characters)) return null
  const values = Array.from(characters, (character) => crockfordAlphabet.indexOf(character))
  return checkValue(values.slice(0, -1)) === values.at(-1) ? show(characters) : null
}

const show = (characters: string): string => `${prefix}-${characters.slice(0, 4)}-${characters.slice(4)}`

/**
 * The value of the check character (ISO/IEC 7064, hybrid systems). Every single wrong character is caught, and of the
 * 496 possible swaps of two unlike neighbours, at any place, all but one; the test counts them.
 */
function checkValue(values: readonly number[]): number {
  const product = values.reduce(
    (carry, value) => (((carry + value) % modulus || modulus) * 2) % (modulus + 1),
    modulus,
  )
  return (modulus + 1 - product) % modulus
}
