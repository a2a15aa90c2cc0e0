import { expect, test } from 'vitest'
import { fileNameParts, isolateFileName } from '../../src/lib/bidi.ts'

test('a date and an ending in an Arabic or Hebrew file name stay as they were written', () => {
  expect(fileNameParts('لقطة شاشة 2026-11-02.png')).toEqual(['لقطة شاشة ', '2026-11-02.png', ''])
  expect(fileNameParts('צילום.jpeg')).toEqual(['צילום', '.jpeg', ''])
  expect(isolateFileName('لقطة 2.png')).toBe('\u2068لقطة \u20662.png\u2069\u2069')
})

test('a Latin file name is one part', () => {
  expect(fileNameParts('Screenshot 2026-11-02.png')).toEqual(['Screenshot 2026-11-02.png'])
})
