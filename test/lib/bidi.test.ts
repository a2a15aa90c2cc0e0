import { expect, test } from 'vitest'
import { fileNameParts, isolateFileName, proseParts } from '../../src/lib/bidi.ts'

test('a date and an ending in an Arabic or Hebrew file name stay as they were written', () => {
  expect(fileNameParts('لقطة شاشة 2026-11-02.png')).toEqual(['لقطة شاشة ', '2026-11-02.png', ''])
  expect(fileNameParts('צילום.jpeg')).toEqual(['צילום', '.jpeg', ''])
  expect(isolateFileName('لقطة 2.png')).toBe('\u2068لقطة \u20662.png\u2069\u2069')
})

test('a Latin file name is one part', () => {
  expect(fileNameParts('Screenshot 2026-11-02.png')).toEqual(['Screenshot 2026-11-02.png'])
})

test('a web address in prose is one part, whatever letters are in its path, without the stop after it', () => {
  const address = 'https://ashams.com/مقالات/صورة-من-القدس'
  expect(proseParts(`نشرتم صورتي في ${address} دون إذن.`)).toEqual(['نشرتم صورتي في ', address, ' دون إذن.'])
  expect(proseParts(`ראו (${address}).`)).toEqual(['ראו ', '(', '', address, ').'])
  expect(proseParts('טלפון: 052-123, כאן')).toEqual(['טלפון: ', '052-123', ', כאן'])
})

test('prose made to be slow is taken apart as quickly as any other', () => {
  const hostile = ['+', 'http://.', 'www.', 'a (', 'https://('].map((piece) => piece.repeat(200_000))
  for (const text of hostile) expect(proseParts(text).join('')).toBe(text)
})
