import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  accessKeyMatches,
  deriveAccessKey,
  hashAccessKey,
  newNonce,
  parseAccessKey,
  showAccessKey,
} from '../../src/takedowns/access-key.ts'

const secret = randomBytes(32)
const key = fc.string().map((nonce) => deriveAccessKey(secret, 'TD-0000-0001', nonce))

describe('an access key', () => {
  test('is 28 characters that can be read out, and the same each time', () => {
    const derived = deriveAccessKey(Buffer.alloc(32), 'TD-0000-0001', 'nonce')
    expect(derived).toMatch(/^[0-9A-HJKMNP-TV-Z]{28}$/)
    expect(deriveAccessKey(Buffer.alloc(32), 'TD-0000-0001', 'nonce')).toBe(derived)
  })

  test('is another one for another secret, reference or nonce', () => {
    const keys = [
      deriveAccessKey(secret, 'TD-0000-0001', 'a'),
      deriveAccessKey(secret, 'TD-0000-0001', 'b'),
      deriveAccessKey(secret, 'TD-0000-0002', 'a'),
      deriveAccessKey(randomBytes(32), 'TD-0000-0001', 'a'),
    ]
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('never changes between versions: links in letters that were sent still open', () => {
    expect(
      deriveAccessKey(Buffer.alloc(32, 7), 'TD-0000-0001', 'AAAAAAAAAAAAAAAAAAAAAA'),
    ).toMatchInlineSnapshot(`"R6NE3GZ4RXTQ1MPV90D0KZ0VGTCA"`)
  })

  test('is understood as shown, in lower case, with blanks, marks and misread letters', () => {
    fc.assert(
      fc.property(key, (derived) => {
        const shown = showAccessKey(derived)
        expect(shown).toMatch(/^(?:[^-]{4}-){6}[^-]{4}$/)
        const typed = [shown, shown.toLowerCase(), `\u200e ${shown.replaceAll('-', ' ')}\u200f`]
        const misread = shown.replaceAll('0', 'o').replaceAll('1', 'l')
        for (const text of [derived, ...typed, misread]) expect(parseAccessKey(text)).toBe(derived)
      }),
    )
  })

  test.each(['', 'ABCD', '0'.repeat(27), '0'.repeat(29), 'U'.repeat(28), 'א'.repeat(28)])(
    'is not %j',
    (text) => {
      expect(parseAccessKey(text)).toBeNull()
    },
  )

  test('matches its own hash and no other', () => {
    fc.assert(
      fc.property(key, key, (one, other) => {
        expect(accessKeyMatches(hashAccessKey(one), one)).toBe(true)
        expect(accessKeyMatches(hashAccessKey(one), other)).toBe(one === other)
      }),
    )
    expect(accessKeyMatches('', 'key')).toBe(false)
    expect(accessKeyMatches('é'.repeat(64), 'key')).toBe(false)
  })

  test('hangs on 128 random bits', () => {
    expect(Buffer.from(newNonce(), 'base64url')).toHaveLength(16)
    expect(newNonce()).not.toBe(newNonce())
  })
})
