import { asciiDigits } from './typed-digits.ts'

/** Digits and capitals without I, L, O and U (Douglas Crockford, Base 32): speakable, and hard to misread. */
export const crockfordAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

const bitsPerCharacter = 5

/** The first `length` characters of `bytes`, five bits each, most significant first. RangeError when too short. */
export function encodeCrockford(bytes: Uint8Array, length: number): string {
  if (bytes.length * 8 < length * bitsPerCharacter) {
    throw new RangeError(`${bytes.length} bytes are too few for ${length} characters`)
  }
  return Array.from({ length }, (_, position) => crockfordAlphabet.charAt(fiveBits(bytes, position))).join('')
}

function fiveBits(bytes: Uint8Array, position: number): number {
  const bit = position * bitsPerCharacter
  const byte = Math.floor(bit / 8)
  const pair = ((bytes[byte] ?? 0) << 8) | (bytes[byte + 1] ?? 0)
  return (pair >> (11 - (bit % 8))) & 31
}

/**
 * What a person typed, copied or heard, in capitals of the alphabet: blanks, dashes, direction marks and punctuation
 * go, O is 0, I and L are 1. Other letters (U, letters of other scripts) stay, for `isCrockford` to refuse.
 */
export const foldCrockford = (text: string): string =>
  asciiDigits(text)
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')

export const isCrockford = (text: string): boolean => /^[0-9A-HJKMNP-TV-Z]*$/.test(text)
