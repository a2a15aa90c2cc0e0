import { describe, expect, it } from 'vitest'
import { foldForSearch, searchedText, searchTerms } from '../../src/takedowns/search-text.ts'

describe('folding', () => {
  it.each([
    ['alef with its signs', 'أحمد إلياس آمنة ٱلشمس', 'احمد الياس امنه الشمس'],
    ['final ya, hamza on its seats', 'مصطفى مسؤول قائد', 'مصطفي مسوول قايد'],
    ['Persian letters', 'کتاب علی', 'كتاب علي'],
    ['tatweel and harakat', 'الشّـــمْسِ', 'الشمس'],
    ['presentation forms', 'ﻻ ﺷﻤﺲ', 'لا شمس'],
    ['niqqud, final letters, maqaf', 'שָׁלוֹם בן־דוד', 'שלומ בנ-דוד'],
    ['gershayim', 'צה״ל', 'צה"ל'],
    ['digits', '٠٥٠۱۲３', '050123'],
    ['accents and case', 'CAFÉ Müller', 'cafe muller'],
    ['direction marks and blanks', '\u200fאב\u200b \n\t גד\u2069', 'אב גד'],
  ])('%s', (_name, text, folded) => expect(foldForSearch(text)).toBe(folded))

  it('of what is folded changes nothing', () => {
    const folded = foldForSearch('الشّـــمْسِ שָׁלוֹם CAFÉ ٠٥٠')
    expect(foldForSearch(folded)).toBe(folded)
  })
})

describe('the terms of a search', () => {
  const fragments = (typed: string) => searchTerms(typed).map(({ fragment }) => fragment)

  it('are words that must all be found', () => {
    expect(searchTerms('Radio سما')).toEqual([
      { fragment: '"radio"', word: '"radio"*' },
      { fragment: '"سما"', word: '"سما"*' },
    ])
  })

  it('are one number, however it is written', () => {
    expect(fragments('050-123 45')).toEqual(['"05012345"'])
    expect(fragments('٠٥٠ ١٢٣')).toEqual(['"050123"'])
    expect(fragments('+972 (50) 123')).toEqual(['"97250123"'])
    expect(fragments('00972-50')).toEqual(['"97250"'])
  })

  it('are an address as it reads', () => {
    expect(fragments('https://www.ashams.com/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/12')).toEqual([
      '"ashams.com/اخبار/12"',
    ])
  })

  it('too short for a fragment are beginnings of words', () => {
    expect(searchTerms('سم')).toEqual([{ fragment: null, word: '"سم"*' }])
  })

  it('hold no operator of the query language', () => {
    expect(searchTerms('a"b OR NEAR( * ^')).toEqual([
      { fragment: '"a""b"', word: '"a""b"*' },
      { fragment: null, word: '"or"*' },
      { fragment: '"near("', word: '"near("*' },
    ])
    expect(searchTerms(' \u200f ')).toEqual([])
    expect(searchTerms('%E0%A4%A')).toHaveLength(1)
  })
})

it('nine digits or more are looked for among the words alone, where every run of them stands from each digit on', () => {
  expect(searchTerms('+972 50-123-4567')).toEqual([{ fragment: null, word: '"972501234567"*' }])
  expect(searchTerms('123-4567')).toEqual([{ fragment: '"1234567"', word: '"1234567"*' }])
  const { words } = searchedText({
    reference: 'TD-14Q2-8760',
    name: 'مثال',
    phoneTyped: '050-123-4567',
    phoneE164: '+972501234567',
    email: 'a123456789b@example.org',
    statement: null,
    addresses: ['https://ashams.com/n/2026112400'],
    texts: [],
  })
  expect(words.split('\n')).toEqual([
    'مثال',
    ...['0501234567', '501234567', '972501234567', '72501234567', '2501234567'],
    ...['123456789', '2026112400', '026112400'],
  ])
})

it('a phone stands in the index as typed, in international digits and as it is dialled at home', () => {
  const { fragments, addresses } = searchedText({
    reference: 'TD-14Q2-8760',
    name: 'مثال',
    phoneTyped: '٠٥٠-١٢٣-٤٥٦٧',
    phoneE164: '+972501234567',
    email: null,
    statement: null,
    addresses: ['https://ashams.com/%D8%A3'],
    texts: [],
  })
  expect(fragments.split('\n')).toEqual(['td-14q2-8760', 'td14q28760', 'مثال', '0501234567', '972501234567'])
  expect(addresses).toBe('ashams.com/ا')
})
