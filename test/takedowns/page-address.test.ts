import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readableUrl, readPageAddresses } from '../../src/takedowns/page-address.ts'

const siteHosts = ['ashams.com']
const read = (...typed: string[]) => readPageAddresses(typed, siteHosts)
const canonical = (...typed: string[]): string[] => read(...typed).pages.map((page) => page.canonicalUrl)
const faults = (...typed: string[]) => read(...typed).faults

const news = 'https://ashams.com/news/1'
const arabic = 'https://ashams.com/%D8%AE%D8%A8%D8%B1-%D8%B9%D8%A7%D8%AC%D9%84'

describe('an address of a page of the site is understood', () => {
  test.each([
    ['as it is', 'https://ashams.com/news/1'],
    ['without a scheme', 'ashams.com/news/1'],
    ['with www. and no scheme', 'www.ashams.com/news/1'],
    ['with two slashes and no scheme', '//ashams.com/news/1'],
    ['with http', 'http://ashams.com/news/1'],
    ['with www.', 'https://www.ashams.com/news/1'],
    ['in capitals', 'HTTPS://WWW.Ashams.COM/news/1'],
    ['with a dot after the host', 'https://ashams.com./news/1'],
    ['with the port of https', 'https://ashams.com:443/news/1'],
    ['with the port of http', 'http://ashams.com:80/news/1'],
    ['with the first letter of the scheme lost', 'ttps://ashams.com/news/1'],
    ['with a slash of the scheme lost', 'https:/ashams.com/news/1'],
    ['with the colon of the scheme lost', 'https//ashams.com/news/1'],
    ['with both slashes of the scheme lost', 'https:ashams.com/news/1'],
    ['with a blank in the scheme', 'https:// ashams.com/news/1'],
    ['with backslashes', 'https:\\\\ashams.com\\news\\1'],
    ['with a fragment', 'https://ashams.com/news/1#comments'],
    ['with tracking', 'https://ashams.com/news/1?utm_source=fb&fbclid=x&UTM_Medium=y&_ga=1&gclid&mc_eid=2'],
    ['with an empty query', 'https://ashams.com/news/1?'],
    ['with dot segments', 'https://ashams.com/a/../news/./1'],
    ['with escaped unreserved characters', 'https://ashams.com/%6eews/%31'],
    ['between direction marks', '\u200f\u202bhttps://ashams.com\u200e/news/1\u202c\u2069\u061c'],
    ['after a byte order mark', '\ufeffhttps://ashams.com/news/1\u200b'],
    ['with a joiner at its end', 'https://ashams.com/news/1\u200d'],
    ['between blanks', '\u00a0 \thttps://ashams.com/news/1\r\n'],
    ['in angle brackets', '<https://ashams.com/news/1>'],
    ['in quotes', '"https://ashams.com/news/1"'],
    ['in curly quotes', '“https://ashams.com/news/1”'],
    ['in guillemets', '«https://ashams.com/news/1»'],
    ['in brackets', '(https://ashams.com/news/1)'],
    ['in Markdown', '[الخبر](https://ashams.com/news/1).'],
    ['in bold of a chat', '*https://ashams.com/news/1*'],
    ['before an Arabic comma', 'https://ashams.com/news/1،'],
    ['before an Arabic question mark', 'https://ashams.com/news/1؟!'],
    ['before a semicolon', 'https://ashams.com/news/1؛;'],
    ['before a full stop', 'ashams.com/news/1...'],
    ['after Arabic words', 'الرابط هو https://ashams.com/news/1 وشكرا'],
    ['glued to an Arabic word', 'الرابطhttps://ashams.com/news/1'],
    ['glued to an Arabic word, without a scheme', 'الرابط:ashams.com/news/1'],
    ['glued to a Hebrew prefix', 'בashams.com/news/1'],
    ['glued to an English word', 'link:https://ashams.com/news/1'],
  ])('%s', (_, typed) => {
    expect(read(typed)).toEqual({
      pages: [{ reportedUrl: expect.any(String), canonicalUrl: news }],
      faults: [],
    })
  })

  test('with a raw, an escaped, a lower case or a decomposed Arabic path', () => {
    expect(canonical('https://ashams.com/خبر-عاجل')).toEqual([arabic])
    expect(canonical(arabic.toLowerCase())).toEqual([arabic])
    expect(canonical(arabic)).toEqual([arabic])
    expect(canonical('ashams.com/آ')).toEqual(canonical('ashams.com/\u0627\u0653'))
    expect(canonical('ashams.com/é')).toEqual(canonical('ashams.com/e%CC%81'))
  })

  test('with the joiners that belong to a Persian word', () => {
    expect(canonical('ashams.com/می\u200cشود')).toEqual(canonical(`ashams.com/${encodeURI('می\u200cشود')}`))
  })

  test('when it is the home page', () => {
    const home = 'https://ashams.com/'
    expect(canonical('ashams.com', 'https://www.ashams.com', '//ashams.com/', 'https://ashams.com:')).toEqual(
      [home],
    )
    expect(canonical('https://ashams.comشكرا')).toEqual([home])
  })

  test('with the brackets that it opens itself', () => {
    expect(canonical('(https://ashams.com/a_(b))')).toEqual(['https://ashams.com/a_(b)'])
  })

  test('on a subdomain, which stays', () => {
    expect(canonical('m.ashams.com/a', 'amp.ashams.com/a')).toEqual([
      'https://m.ashams.com/a',
      'https://amp.ashams.com/a',
    ])
  })

  test('keeping what may name another page', () => {
    expect(canonical('ashams.com//a//b/?b=2&utm_id=3&a=1&a=%2F&c')).toEqual([
      'https://ashams.com//a//b/?b=2&a=1&a=%2F&c',
    ])
  })

  test('keeping bytes that are not UTF-8', () => {
    expect(canonical('ashams.com/%ce%c8%d1/%41')).toEqual(['https://ashams.com/%CE%C8%D1/A'])
  })

  test('keeping an address that is the value of a parameter', () => {
    expect(canonical('ashams.com/share?u=https://evil.net/a')).toEqual([
      'https://ashams.com/share?u=https://evil.net/a',
    ])
  })

  test('on a host in Arabic letters, in either spelling', () => {
    const typed = ['https://الشمس.com/a', `${new URL('https://الشمس.com').hostname}/a`, 'www.الشمس.com/b']
    const { pages, faults } = readPageAddresses(typed, ['الشمس.com'])
    expect(faults).toEqual([])
    expect(pages.map((page) => page.canonicalUrl)).toEqual([
      `https://${new URL('https://الشمس.com').hostname}/a`,
      `https://${new URL('https://الشمس.com').hostname}/b`,
    ])
  })
})

describe('several addresses in one field', () => {
  test.each(['\n', ' ', '\r\n', ', ', ',', '،', ' و ', '', '\u200f', ';'])(
    'joined by %j are two',
    (joint) => {
      expect(canonical(`https://ashams.com/a${joint}https://ashams.com/b`)).toEqual([
        'https://ashams.com/a',
        'https://ashams.com/b',
      ])
    },
  )

  test('are two when the first ends in a slash', () => {
    expect(canonical('https://ashams.com/a/https://ashams.com/b')).toEqual([
      'https://ashams.com/a/',
      'https://ashams.com/b',
    ])
  })

  test('are two without any scheme', () => {
    expect(canonical('www.ashams.com/awww.ashams.com/b')).toEqual([
      'https://ashams.com/a',
      'https://ashams.com/b',
    ])
    expect(canonical('ashams.com/a ashams.com/b')).toEqual(['https://ashams.com/a', 'https://ashams.com/b'])
  })

  test('are one page when they name the same one, as first typed', () => {
    expect(read('www.ashams.com/a#top\nhttps://ashams.com/a', 'http://ashams.com/a?fbclid=1').pages).toEqual([
      { reportedUrl: 'www.ashams.com/a#top', canonicalUrl: 'https://ashams.com/a' },
    ])
  })
})

describe('an address elsewhere is refused, with its host', () => {
  test.each([
    ['https://example.org/a', 'example.org'],
    ['example.org/a', 'example.org'],
    ['example.org', 'example.org'],
    ['www.example.org', 'www.example.org'],
    ['https://ashams.com.evil.net/a', 'ashams.com.evil.net'],
    ['ashams.com.evil.net/a', 'ashams.com.evil.net'],
    ['evilashams.com/a', 'evilashams.com'],
    ['https://evilashams.com/a', 'evilashams.com'],
    ['https://ashams.community/a', 'ashams.community'],
    ['https://ashams.com@evil.net/a', 'evil.net'],
    ['https://ashams.com:pass@evil.net/a', 'evil.net'],
    ['https://ashams.com\u200f@evil.net/a', 'evil.net'],
    ['https://аshams.com/a', 'xn--shams-3ve.com'],
    ['https://evil.net/?u=https://ashams.com/a', 'evil.net'],
    ['https://evil.net/2020/https://ashams.com/a', 'evil.net'],
    ['https://evil.net\\@ashams.com/a', 'evil.net'],
    ['https://evil.net#@ashams.com/a', 'evil.net'],
    ['evil.net/ashams.com/a', 'evil.net'],
    ['https://ashams.com:8443/a', 'ashams.com:8443'],
    ['ashams.com:8080/a', 'ashams.com:8080'],
    ['http://127.0.0.1/a', '127.0.0.1'],
    ['http://[::1]/a', '[::1]'],
  ])('%s', (typed, host) => {
    expect(read(typed)).toEqual({
      pages: [],
      faults: [{ index: 0, typed: expect.any(String), fault: 'otherSite', host }],
    })
  })

  test('beside one of the site, which is taken', () => {
    expect(read('', 'https://ashams.com/a https://example.org/b')).toEqual({
      pages: [{ reportedUrl: 'https://ashams.com/a', canonicalUrl: 'https://ashams.com/a' }],
      faults: [{ index: 1, typed: 'https://example.org/b', fault: 'otherSite', host: 'example.org' }],
    })
  })

  test('but words with dots beside an address are only words', () => {
    expect(read('Mr.Smith saw photo.jpg at https://ashams.com/a on 1.2.2026').faults).toEqual([])
  })
})

describe('what is no address is refused', () => {
  test.each([
    'hello',
    'صورة لي في صفحتكم',
    'info@ashams.com',
    'javascript:alert(1)',
    "javascript:location='https://ashams.com/a'",
    'javascript://ashams.com/%0aalert(1)',
    'JavaScript :alert(1)',
    'data:text/html,https://ashams.com/a',
    'file:///etc/passwd',
    'ftp://ashams.com/a',
    'view-source:https://ashams.com/a',
    'https://',
    'https://user@ashams.com/a',
    'https://ashams.com:99999/a',
    '/news/1',
    '؟',
  ])('%s', (typed) => {
    expect(read(typed)).toEqual({
      pages: [],
      faults: [{ index: 0, typed: expect.any(String), fault: 'notAnAddress' }],
    })
  })

  test('an empty field is no fault', () => {
    expect(read('', ' \u200f\n')).toEqual({ pages: [], faults: [] })
  })

  test('an address that is too long is told so', () => {
    expect(faults(`https://ashams.com/${'a'.repeat(2048)}`)).toMatchObject([{ fault: 'tooLong' }])
    expect(faults(`ashams.com/${'ا'.repeat(1000)}`)).toMatchObject([{ fault: 'tooLong' }])
    expect(canonical(`ashams.com/${'a'.repeat(2000)}`)).toHaveLength(1)
  })
})

describe('whatever is typed', () => {
  const fragment = fc.constantFrom(
    'https://',
    'http:',
    '//',
    '/',
    '\\',
    '@',
    ':',
    '.',
    'www.',
    'ashams.com',
    'evil.net',
    '#',
    '?',
    '=',
    '&',
    '%',
    '%2F',
    'خبر',
    '\u200f',
    '\u202e',
    ' ',
    '\n',
    '(',
    ')',
    '،',
    'javascript:',
    'xn--',
    '\u0307',
    '\ud800',
    '[',
    ']',
    '8080',
  )
  const messy = fc
    .array(fc.oneof(fragment, fc.string({ unit: 'binary', maxLength: 4 })))
    .map((parts) => parts.join(''))

  test('a page is always on the site, by https, without a port or a name, and read again it is the same', () => {
    fc.assert(
      fc.property(messy, (typed) => {
        for (const page of read(typed).pages) {
          const url = new URL(page.canonicalUrl)
          expect(url.protocol).toBe('https:')
          expect(url.host).toMatch(/^(?:[^.]+\.)*ashams\.com$/)
          expect(url.username + url.password + url.hash).toBe('')
          expect(page.canonicalUrl).toMatch(/^[\x21-\x7e]+$/)
          expect(url.href).toBe(page.canonicalUrl)
        }
      }),
      { numRuns: 2000 },
    )
  })

  test('every field that is not empty gives a page or a fault', () => {
    fc.assert(
      fc.property(fc.array(messy), (typed) => {
        const result = read(...typed)
        const hasWords = typed.some((field) => /[a-z]/.test(field))
        if (hasWords) expect(result.pages.length + result.faults.length).toBeGreaterThan(0)
      }),
    )
  })

  const path = fc
    .array(
      fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('خبر', 'ידיעה', '/', '-', 'é', '\u202e', ' ', '%'),
      ),
    )
    .map((parts) => encodeURIComponent(parts.join('').toWellFormed()).replaceAll('%2F', '/'))
    .map((text) => `https://ashams.com/${text}x`)

  test('the canonical address of a canonical address is itself', () => {
    fc.assert(
      fc.property(path, (typed) => {
        const [once = ''] = canonical(typed)
        expect(canonical(once)).toEqual([once])
      }),
    )
  })

  test('the readable address leads to the same page and shows nothing that deceives', () => {
    fc.assert(
      fc.property(path, (typed) => {
        const [page = ''] = canonical(typed)
        const shown = readableUrl(page)
        expect(canonical(shown)).toEqual([page])
        expect(shown.slice('https://'.length)).not.toMatch(/[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u)
      }),
    )
  })

  test('a long field of nothing but trouble is read in no time', () => {
    for (const part of [
      'https://',
      ')',
      'a.',
      '،ashams.com',
      'https://x/',
      'اashams.com/',
      'h',
      'www.ashams.com=',
      '.',
    ]) {
      const started = process.cpuUsage().user
      read(part.repeat(65_536 / part.length))
      expect(process.cpuUsage().user - started).toBeLessThan(2_000_000)
    }
  })
})

describe('the readable address', () => {
  test('shows Arabic and Hebrew words', () => {
    expect(readableUrl(arabic)).toBe('https://ashams.com/خبر-عاجل')
    expect(readableUrl(canonical('ashams.com/ידיעה?ש=א')[0] ?? '')).toBe('https://ashams.com/ידיעה?ש=א')
    expect(readableUrl(canonical('ashams.com/مُهِمّ')[0] ?? '')).toBe('https://ashams.com/مُهِمّ'.normalize('NFC'))
  })

  test.each([
    ['a blank', '%20'],
    ['a no-break space', '%C2%A0'],
    ['a slash', '%2F'],
    ['a control', '%0A'],
    ['a direction override', '%E2%80%AE'],
    ['an isolate', '%E2%81%A7'],
    ['a zero width joiner', '%E2%80%8D'],
    ['what looks like a slash', '%E2%81%84'],
    ['a full stop of another width', '%EF%BC%8E'],
    ['a mark without a letter', '%CC%B8'],
    ['a byte that is no text', '%FF'],
    ['a bracket', '%28'],
  ])('keeps %s escaped', (_, kept) => {
    expect(readableUrl(`https://ashams.com/a/${kept}b`)).toBe(`https://ashams.com/a/${kept}b`)
  })
})

describe('P6: sixty thousand characters made to be slow', () => {
  test.each([
    ['closing brackets', `https://ashams.com/${')'.repeat(60_000)}`],
    ['brackets in pairs', `https://ashams.com/${'('.repeat(30_000)}${')'.repeat(30_000)}`],
    ['full stops', `https://ashams.com/${'.'.repeat(60_000)}`],
    ['labels of a host', `https://${'a.'.repeat(30_000)}com`],
    ['pieces', '<h'.repeat(30_000)],
    ['escapes', `https://ashams.com/${'%c3א'.repeat(15_000)}`],
  ])('%s, twenty times over, do not hold up the others', (_what, text) => {
    for (const length of [40_000, 60_000]) {
      const started = performance.now()
      const { pages, faults: found } = read(...Array<string>(20).fill(text.slice(0, length)))
      // By far more than it takes, by far less than the tens of seconds that it took.
      expect(performance.now() - started).toBeLessThan(1500)
      expect(pages.length + found.length).toBeGreaterThan(0)
    }
  })
})

describe('a closing bracket', () => {
  test.each([
    ['https://ashams.com/a_(b)', 'https://ashams.com/a_(b)'],
    ['(https://ashams.com/a_(b))', 'https://ashams.com/a_(b)'],
    ['https://ashams.com/a[1]).', 'https://ashams.com/a[1]'],
    ['https://ashams.com/a)])', 'https://ashams.com/a'],
  ])('goes only when it was opened outside: %s', (typed, kept) => {
    expect(read(typed).pages.map((page) => page.reportedUrl)).toEqual([kept])
  })
})
