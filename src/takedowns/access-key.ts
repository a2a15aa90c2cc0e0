import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { encodeCrockford, foldCrockford, isCrockford } from './crockford.ts'

/** 28 characters of five bits: 140 bits. */
const keyLength = 28
const nonceBytes = 16

/** 128 random bits, base64url: stored with the takedown, and with the secret all that its access key depends on. */
export const newNonce = (): string => randomBytes(nonceBytes).toString('base64url')

/**
 * The access key of a takedown: the first 140 bits of HMAC-SHA256, in Crockford's alphabet, without dashes.
 * Derived, not drawn, so that a letter can carry it at sending while the database holds only its hash.
 */
export function deriveAccessKey(secret: Uint8Array, reference: string, nonce: string): string {
  const mac = createHmac('sha256', secret).update(`access key\n${reference}\n${nonce}`).digest()
  return encodeCrockford(mac, keyLength)
}

/** SHA-256, hex, of the key without dashes. The key has 140 bits: it needs neither salt nor a slow hash. */
export const hashAccessKey = (key: string): string => createHash('sha256').update(key).digest('hex')

/** Compares in constant time. A `hash` of another length matches nothing. */
export function accessKeyMatches(hash: string, key: string): boolean {
  const expected = Buffer.from(hash)
  const actual = Buffer.from(hashAccessKey(key))
  return expected.length === actual.length && timingSafeEqual(expected, actual)
}

/** The key without dashes, or null. Blanks, dashes, direction marks, lower case and O, I, L are understood. */
export function parseAccessKey(text: string): string | null {
  const key = foldCrockford(text)
  return key.length === keyLength && isCrockford(key) ? key : null
}

/** Whether 28 characters, as somebody has written them, are a key with one of these hashes. */
export const isKeyAmong =
  (hashes: readonly string[]) =>
  (text: string): boolean => {
    const key = parseAccessKey(text)
    return key !== null && hashes.includes(hashAccessKey(key))
  }

/** As people read it: groups of four. */
export const showAccessKey = (key: string): string => key.replace(/.{4}(?=.)/g, '$&-')
