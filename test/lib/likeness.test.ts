import sharp from 'sharp'
import { expect, it } from 'vitest'
import {
  differingBits,
  likenessHeight,
  likenessOf,
  likenessWidth,
  mostDifferingBits,
} from '../../src/lib/likeness.ts'
import { screenshotOf } from '../support/images.ts'

async function likeness(image: Buffer) {
  const size = { width: likenessWidth, height: likenessHeight, fit: 'fill', kernel: 'linear' } as const
  return likenessOf(
    await sharp(image).flatten({ background: '#fff' }).greyscale().resize(size).raw().toBuffer(),
  )
}
const given = (value: string | null) => value ?? expect.fail('no likeness')

it('a picture scaled, saved anew or with a mark on it looks like itself', async () => {
  const picture = await sharp(await screenshotOf(1280, 800))
    .png()
    .toBuffer()
  const own = given(await likeness(picture))
  const mark = { create: { width: 60, height: 30, channels: 3, background: '#c00' } } as const
  const copies = [
    sharp(picture).resize({ width: 500 }).jpeg({ quality: 40 }),
    sharp(picture).webp({ quality: 60 }),
    sharp(picture)
      .composite([{ input: mark, left: 900, top: 600 }])
      .png(),
  ]
  for (const copy of copies) {
    expect(differingBits(own, given(await likeness(await copy.toBuffer())))).toBeLessThanOrEqual(
      mostDifferingBits,
    )
  }
  const mirrored = given(await likeness(await sharp(picture).rotate(180).toBuffer()))
  expect(differingBits(own, mirrored)).toBeGreaterThan(mostDifferingBits)
})

it('an empty page is like nothing', async () => {
  const empty = { width: 400, height: 300, channels: 3, background: '#fafafa' } as const
  expect(await likeness(await sharp({ create: empty }).png().toBuffer())).toBeNull()
})

it('bits are counted over the whole length', () => {
  expect(differingBits('0000000000000000', 'ffffffffffffffff')).toBe(64)
  expect(differingBits('8000000000000001', '0000000000000001')).toBe(1)
})
