import { expect, test } from 'vitest'
import { extensionOf, isDecoded, mediaTypeOf, nameByType } from '../../src/evidence/media-type.ts'
import { avifOf, gifOf, heic, html, jpegOf, pdf, pngOf, svg, webpOf } from '../support/images.ts'

const typeOf = (content: Buffer) => mediaTypeOf(content.subarray(0, 64))

test('a type is told by content', async () => {
  expect(typeOf(await pngOf())).toBe('image/png')
  expect(typeOf(await jpegOf())).toBe('image/jpeg')
  expect(typeOf(await webpOf())).toBe('image/webp')
  expect(typeOf(await gifOf())).toBe('image/gif')
  expect(typeOf(await avifOf())).toBe('image/avif')
  expect(typeOf(heic)).toBe('image/heic')
  expect(typeOf(pdf)).toBe('application/pdf')
})

test('what is none of them has no type', () => {
  const others = [svg, html, Buffer.alloc(0), Buffer.from('\x89PN'), Buffer.from('BM'), Buffer.alloc(64)]
  for (const other of others) expect(typeOf(other)).toBeNull()
  expect(typeOf(Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0isommp42', 'latin1'))).toBeNull()
  expect(typeOf(Buffer.from('RIFF\0\0\0\0WAVEfmt ', 'latin1'))).toBeNull()
})

test('a file type box that ends early is read without a fault', () => {
  expect(typeOf(Buffer.from('\0\0\0\x18ftyphe', 'latin1'))).toBeNull()
  expect(typeOf(Buffer.from('\0\0\0\x18ftypheic', 'latin1'))).toBe('image/heic')
})

test('only what can be decoded here is decoded', () => {
  expect(isDecoded('image/avif')).toBe(true)
  expect(isDecoded('image/heic')).toBe(false)
  expect(isDecoded('application/pdf')).toBe(false)
  expect(extensionOf('image/jpeg')).toBe('jpg')
})

test('P11: a file is saved under the extension of its type, whatever name it came with', () => {
  for (const [name, type, saved] of [
    ['لقطة.png', 'image/png', 'لقطة.png'],
    ['SCAN.JPEG', 'image/jpeg', 'SCAN.JPEG'],
    ['photo.heif', 'image/heic', 'photo.heif'],
    ['photo.exe', 'image/png', 'photo.exe.png'],
    ['photo.png', 'application/pdf', 'photo.png.pdf'],
    ['page.png.', 'image/png', 'page.png..png'],
    ['', 'image/gif', '.gif'],
    ['contract.docx', null, 'contract.docx'],
    ['contract.PDF', null, 'contract.PDF.bin'],
    ['jpeg', null, 'jpeg'],
  ] as const)
    expect(nameByType(name, type)).toBe(saved)
})
