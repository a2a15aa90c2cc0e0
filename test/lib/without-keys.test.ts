import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keyMark, withoutKeys } from '../../src/lib/without-keys.ts'
import {
  deriveAccessKey,
  hashAccessKey,
  isKeyAmong,
  parseAccessKey,
  showAccessKey,
} from '../../src/takedowns/access-key.ts'
import { newReference } from '../../src/takedowns/reference.ts'

const anyKey = fc.string().map((nonce) => deriveAccessKey(Buffer.alloc(32, 3), 'TD-4K7M-9X2P', nonce))
const linkOf = (key: string) => `https://desk.ashams.com/ar/takedowns/TD-4K7M-9X2P?key=${key}`
const broken = (text: string, at: number, by: string) => text.slice(0, at) + by + text.slice(at)

/** What programs make of a link on its way, at a place of the key that was drawn. */
const rewritings: Record<string, (link: string, at: number) => string> = {
  'as it is': (link) => link,
  'in small letters': (link) => link.toLowerCase(),
  'in brackets': (link) => `<${link}>`,
  escaped: encodeURIComponent,
  'escaped twice': (link) => encodeURIComponent(encodeURIComponent(link)),
  'with a dot at its end': (link) => `Open ${link}.`,
  'with a word glued on': (link) => `${link}Thanks`,
  'with isolates': (link) => `\u2066${link}\u2069`,
  wrapped: (link, at) => broken(link, at, '\n'),
  'wrapped in a quote': (link, at) => `> ${broken(link, at, '\n> ')}\n> Regards`,
  'wrapped in a quote of a quote': (link, at) => `>> ${broken(link, at, '\r\n>> ')}\r\n>> Regards`,
  flowed: (link, at) => `> ${broken(link, at, ' \n> ')}\n> Regards`,
  'on a line of its own': (link) => link.replace('?key=', '?key=\n> '),
  'wrapped within its name': (link) => link.replace('?key=', '?ke\ny='),
  'joined again by a blank': (link, at) => broken(link, at, ' '),
  'in quoted-printable': (link, at) => broken(link, at, '=\n').replace('=', '=3D'),
  'with entities': (link) => link.replace('=', '&#61;'),
  'by Safe Links': (link) =>
    `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(link)}&data=05%7C02&reserved=0`,
  'by Google': (link) => `https://www.google.com/url?q=${encodeURIComponent(link)}&source=gmail`,
  'by Proofpoint': (link) =>
    `https://urldefense.proofpoint.com/v2/url?u=${encodeURIComponent(link)
      .replaceAll('-', '-2D')
      .replaceAll('%', '-')
      .replaceAll('-2F', '_')}&d=DwMFaQ`,
  'by Proofpoint 3': (link) => `https://urldefense.com/v3/__${link}__;!!abc$`,
  'by Sophos': (link) =>
    `https://eu-west-1.protection.sophos.com?d=ashams.com&u=${Buffer.from(link).toString('base64')}&i=abc`,
  'as JSON': (link) => JSON.stringify({ accessKey: link.slice(-28), statusUrl: link }),
  'cut off': (link, at) => link.slice(0, at),
  'in groups': (link) => link.replace(/.{28}$/, showAccessKey),
  'with a label': (link) => `Access key: ${link.slice(-28)}`,
  'as the page shows it': (link) => `مفتاح المتابعة\n${showAccessKey(link.slice(-28))}`,
}

/** Six characters of the key in a row, or of what base64 makes of its link. */
function isLeaked(text: string, key: string): boolean {
  const texts = [
    text,
    ...(text.match(/[\w+/]{40,}/g) ?? []).map((part) => Buffer.from(part, 'base64').toString()),
  ]
  return texts.some((seen) => {
    const folded = seen.replace(/[^0-9A-Za-z]/g, '').toUpperCase()
    return Array.from({ length: 23 }, (_, at) => key.slice(at, at + 6)).some((part) => folded.includes(part))
  })
}

describe.each(Object.entries(rewritings))('P13: a key in a link %s', (_name, rewrite) => {
  it('is taken out, whatever stands around it, and nothing more happens a second time', () => {
    fc.assert(
      fc.property(anyKey, fc.integer({ min: 8, max: 20 }), (key, at) => {
        const link = linkOf(key)
        const text = `Good morning.\n\n${rewrite(link, link.length - 28 + at)}\n\nNadia`
        expect(isLeaked(text, key)).toBe(true)
        const shown = withoutKeys(text)
        expect(isLeaked(shown, key), shown).toBe(false)
        expect(shown).toContain(keyMark)
        expect(shown).toMatch(/^Good morning\.\n\n/)
        expect(shown).toMatch(/\n\nNadia$/)
        expect(withoutKeys(shown)).toBe(shown)
      }),
      { numRuns: 40 },
    )
  })
})

describe('P13: a key by itself', () => {
  const key = deriveAccessKey(randomBytes(32), newReference(), 'nonce')
  const isKey = isKeyAmong([hashAccessKey(key)])

  it.each([
    key,
    key.toLowerCase(),
    showAccessKey(key),
    showAccessKey(key).toLowerCase(),
    showAccessKey(key).replaceAll('-', ' '),
    showAccessKey(key).replaceAll('-', '–'),
    key.replaceAll('0', 'O').replaceAll('1', 'l'),
    broken(key, 10, '\n> '),
    [...key].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join(''),
    `\u2066${key}\u2069`,
  ])('is known by its hash: %s', (written) => {
    for (const [before, after] of [
      ['', ''],
      ['The key is ', '.'],
      ['المفتاح: «', '»'],
      ['one two\nABCD EFGH\n', '\nfour four'],
    ])
      expect(withoutKeys(`${before}${written}${after}`, isKey).replace(/[\u2066\u2069]/g, '')).toBe(
        `${before}${keyMark}${after}`,
      )
  })

  it('is not taken for one where it is another word', () => {
    const other = deriveAccessKey(randomBytes(32), newReference(), 'nonce')
    expect(parseAccessKey(other)).toBe(other)
    for (const text of [`number ${other}`, `${key}X`, `X${key}`, key.slice(1)])
      expect(withoutKeys(text, isKey)).toBe(text)
  })
})

it.each([
  'You use my photograph on https://ashams.com/articles/1?key=12\nThank you\nNadia\nExample',
  'https://ashams.com/صفحة?monkey=2&keyboard=qwertz',
  'https://desk.ashams.com/ar/takedowns/TD-4K7M-9X2P?key=\n\nGood morning to you all',
  'See TD-4K7M-9X2P, whose key words are: peace, bread, land.',
  'The key is under the mat. Key: none. key = value',
  'from-home-with-love-some-more-word',
  'مفتاح الباب عند الجار، والمرجع TD-4K7M-9X2P',
  'המפתח אצל השכן: 050-1234567',
  'https://www.google.com/url?q=https://ashams.com/1&source=gmail&ust=1700000000000000',
])('any other text stays character for character: %s', (text) => {
  expect(withoutKeys(text, () => false)).toBe(text)
})

it('any text without letters that lead to a key stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
      fc.pre(!/k/i.test(text))
      expect(withoutKeys(text, () => false)).toBe(text)
    }),
  )
})

it.each([
  'key',
  'key=',
  'k\n\n\n',
  'TD-4K7M-9X2P',
  'TD',
  'A\n',
  'ABCD ',
  'ABCD-',
  'A \n> ',
  '%41',
  'key=ABCD\n> ',
  'aHR0c',
  'TD-4K7M-9X2P?key=A ',
  '\u200b',
  '= \t',
  '>\n',
  'key %25253D',
])('P6: is not held up by a text made to be slow: %j', (piece) => {
  const text = piece.repeat(Math.ceil((64 * 1024) / piece.length))
  const begun = performance.now()
  withoutKeys(text, () => false)
  expect(performance.now() - begun).toBeLessThan(1500)
})
