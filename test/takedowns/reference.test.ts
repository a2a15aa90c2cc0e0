import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crockfordAlphabet } from '../../src/takedowns/crockford.ts'
import { newReference, parseReference } from '../../src/takedowns/reference.ts'

const bytes = fc.uint8Array({ minLength: 7, maxLength: 7 })
const reference = bytes.map((random) => newReference(() => random))
/** Positions of the eight characters in TD-XXXX-XXXX. */
const positions = [3, 4, 5, 6, 8, 9, 10, 11]
const replaceAt = (text: string, at: number, character: string): string =>
  text.slice(0, at) + character + text.slice(at + 1)

describe('a reference', () => {
  test('is TD- and two groups of four, and comes back as itself', () => {
    fc.assert(
      fc.property(reference, (written) => {
        expect(written).toMatch(/^TD-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
        expect(parseReference(written)).toBe(written)
      }),
    )
  })

  test('is another one each time', () => {
    expect(new Set(Array.from({ length: 1000 }, () => newReference())).size).toBe(1000)
  })

  test('is understood however it is typed', () => {
    const ways: ((text: string) => string)[] = [
      (text) => text.toLowerCase(),
      (text) => text.slice('TD-'.length),
      (text) => text.replaceAll('-', ''),
      (text) => text.replaceAll('-', ' – '),
      (text) => `\u2066${text}\u2069.`,
      (text) => [...text].join('\u200b '),
      (text) => text.replaceAll('0', 'O'),
      (text) => text.replaceAll('1', 'l'),
      (text) => text.replaceAll('1', 'I'),
      (text) => text.replace(/[0-9]/g, (digit) => String.fromCharCode(0x0660 + Number(digit))),
      (text) => text.replace(/[0-9]/g, (digit) => String.fromCharCode(0x06f0 + Number(digit))),
    ]
    fc.assert(
      fc.property(reference, fc.shuffledSubarray(ways.slice(2)), (written, chosen) => {
        for (const way of ways) expect(parseReference(way(written))).toBe(written)
        expect(parseReference(chosen.reduce((text, way) => way(text), written))).toBe(written)
      }),
    )
  })

  test('with any one character wrong is none', () => {
    fc.assert(
      fc.property(reference, (written) => {
        for (const at of positions) {
          for (const character of crockfordAlphabet) {
            if (character === written[at]) continue
            expect(parseReference(replaceAt(written, at, character))).toBeNull()
          }
        }
      }),
      { numRuns: 20 },
    )
  })

  test('with two unlike neighbours swapped is none, but for one pair of 496', () => {
    const characters = [...crockfordAlphabet]
    const checkOf = (pair: string): string | undefined =>
      characters.find((check) => parseReference(`0000${pair}0${check}`) !== null)
    const pairs = characters.flatMap((first, at) => characters.slice(at + 1).map((second) => [first, second]))
    const missed = pairs.filter(
      ([first, second]) => checkOf(`${first}${second}`) === checkOf(`${second}${first}`),
    )
    expect(pairs).toHaveLength(496)
    expect(missed).toHaveLength(1)
  })

  test.each([
    '',
    'TD-',
    'TD-0000-000',
    'TD-0000-00000',
    'XX-0000-0000',
    'TD-UUUU-UUUU',
    'طلب',
    'TD-0000-000É',
  ])('is not %j', (text) => {
    expect(parseReference(text)).toBeNull()
  })
})
