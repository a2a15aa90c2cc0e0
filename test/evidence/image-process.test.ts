import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { getPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, expect, test, vi } from 'vitest'
import { createImageProcess } from '../../src/evidence/image-process.ts'
import type { MediaType } from '../../src/evidence/media-type.ts'
import {
  avifOf,
  gifOf,
  gifOfFrames,
  html,
  jpegOf,
  jpegWithMetadata,
  pngBomb,
  pngOf,
  seeThroughPng,
  svg,
  webpOf,
} from '../support/images.ts'

const directory = mkdtempSync(join(tmpdir(), 'images-'))
const copies = join(directory, 'copies')
mkdirSync(copies)
const images = createImageProcess({ role: 'check' })
afterAll(() => images.stop())

let files = 0
function written(content: Buffer): string {
  const path = join(directory, String(++files))
  writeFileSync(path, content)
  return path
}
const check = (content: Buffer, type: MediaType) => images.check(written(content), type)
const damaged = { ok: false, fault: 'damaged' }

test('honest images of the five types are good, with their size in pixels', async () => {
  const size = { ok: true, width: 64, height: 48 }
  expect(await check(await pngOf(), 'image/png')).toEqual(size)
  expect(await check(await jpegOf(), 'image/jpeg')).toEqual(size)
  expect(await check(await webpOf(), 'image/webp')).toEqual(size)
  expect(await check(await gifOf(), 'image/gif')).toEqual(size)
  expect(await check(await avifOf(), 'image/avif')).toEqual(size)
})

test('an image cut short is damaged, however little is missing', async () => {
  const [png, jpeg, webp, avif] = await Promise.all([pngOf(600, 400), jpegOf(600, 400), webpOf(), avifOf()])
  for (const missing of [0.5, 0.9]) {
    expect(await check(png.subarray(0, png.length * missing), 'image/png')).toEqual(damaged)
    expect(await check(jpeg.subarray(0, jpeg.length * missing), 'image/jpeg')).toEqual(damaged)
    expect(await check(webp.subarray(0, webp.length * missing), 'image/webp')).toEqual(damaged)
    expect(await check(avif.subarray(0, avif.length * missing), 'image/avif')).toEqual(damaged)
  }
  expect(await check(png.subarray(0, -20), 'image/png')).toEqual(damaged)
  expect(await check(jpeg.subarray(0, -20), 'image/jpeg')).toEqual(damaged)
})

test('bytes changed in the middle of a PNG are found', async () => {
  const png = await pngOf(600, 400)
  png.fill(0x5a, png.length >> 1, (png.length >> 1) + 40)
  expect(await check(png, 'image/png')).toEqual(damaged)
})

test('P11: SVG and HTML are no images, whatever they are said to be', async () => {
  for (const content of [svg, html]) {
    for (const type of ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif'] as const) {
      expect(await check(content, type)).toEqual(damaged)
    }
  }
})

test('a file of one type is not accepted as another', async () => {
  expect(await check(await pngOf(), 'image/jpeg')).toEqual(damaged)
})

test('P6: a bomb of 400 megapixels is refused by its header', async () => {
  expect(await check(pngBomb(), 'image/png')).toEqual({ ok: false, fault: 'tooManyPixels' })
})

test('P6: of a GIF with many frames one is decoded', async () => {
  expect(await check(await gifOfFrames(2000), 'image/gif')).toEqual({ ok: true, width: 64, height: 64 })
})

test('P11: a copy has no metadata, no trailing bytes, and stands upright', async () => {
  const polyglot = Buffer.concat([await jpegWithMetadata(), html])
  const copied = await images.copy(written(polyglot), copies)
  if (!copied.ok) throw new Error(copied.fault)
  const content = readFileSync(copied.path)
  expect(copied).toMatchObject({ mediaType: 'image/jpeg', bytes: content.length })
  expect(copied.sha256).toBe(createHash('sha256').update(content).digest('hex'))
  expect(content.includes('<script>') || content.includes('SECRET-OWNER')).toBe(false)
  const { exif, icc, xmp, orientation, width, height } = await sharp(content).metadata()
  expect({ exif, icc, xmp, orientation }).toEqual({})
  expect({ width, height }).toEqual({ width: 40, height: 60 })
})

test('a copy is PNG where the original is PNG or see-through, else JPEG', async () => {
  const types = async (content: Buffer) => {
    const copied = await images.copy(written(content), copies)
    return copied.ok ? copied.mediaType : copied.fault
  }
  expect(await types(await pngOf())).toBe('image/png')
  expect(await types(await seeThroughPng())).toBe('image/png')
  expect(await types(await jpegOf())).toBe('image/jpeg')
  expect(await types(await webpOf())).toBe('image/jpeg')
  expect(await types(await avifOf())).toBe('image/jpeg')
  expect(
    await types(
      await sharp(await seeThroughPng())
        .webp()
        .toBuffer(),
    ),
  ).toBe('image/png')
})

test('a copy has at most 4096 pixels a side', async () => {
  const copied = await images.copy(written(pngBomb(6000, 100)), copies)
  if (!copied.ok) throw new Error(copied.fault)
  expect(await sharp(copied.path).metadata()).toMatchObject({ width: 4096, height: 68 })
})

test('a copy that cannot be made leaves no file', async () => {
  const before = readdirSync(copies).length
  expect(await images.copy(written(svg), copies)).toEqual(damaged)
  expect(readdirSync(copies)).toHaveLength(before)
})

test('a file that cannot be read is no fault of the image', async () => {
  await expect(images.check(join(directory, 'nothing'), 'image/png')).rejects.toMatchObject({ status: 503 })
})

test('P6: the process killed in the middle of its tasks costs none of them', async () => {
  const good = written(pngBomb(6900, 6900))
  const tasks = Array.from({ length: 6 }, () => images.check(good, 'image/png'))
  const pid = await vi.waitUntil(() => images.pid())
  process.kill(pid, 'SIGKILL')
  const results = await Promise.all(tasks)
  expect(results).toEqual(results.map(() => ({ ok: true, width: 6900, height: 6900 })))
})

test('while the server is busy the process goes on to the next images', async () => {
  const path = written(await pngOf())
  await images.check(path, 'image/png')
  const before = readdirSync(copies).length
  const copied = Array.from({ length: 6 }, () => images.copy(path, copies))
  const sleeper = new Int32Array(new SharedArrayBuffer(4))
  const giveUpAt = performance.now() + 15_000
  while (readdirSync(copies).length < before + 6 && performance.now() < giveUpAt) {
    Atomics.wait(sleeper, 0, 0, 10)
  }
  expect(readdirSync(copies)).toHaveLength(before + 6)
  expect(await Promise.all(copied)).toEqual(copied.map(() => expect.objectContaining({ ok: true })))
})

test.runIf(process.platform === 'linux')('P6: an image that swells the process is named', async () => {
  const small = createImageProcess({ role: 'check', memoryLimitBytes: 150e6 })
  const flat = { width: 7000, height: 7000, channels: 4, background: '#fffd' } as const
  const swelling = written(await sharp({ create: flat }).webp({ lossless: true, effort: 0 }).toBuffer())
  expect(await small.copy(swelling, copies)).toEqual({ ok: false, fault: 'tooManyPixels' })
  expect(await small.check(written(await pngOf()), 'image/png')).toMatchObject({ ok: true })
  await small.stop()
})

test('a process that cannot start makes the service unavailable, and no image bad', async () => {
  const none = createImageProcess({ role: 'check', memoryLimitBytes: 1e6 })
  await expect(none.check(written(await pngOf()), 'image/png')).rejects.toMatchObject({ status: 503 })
  await none.stop()
})

test('an image that takes too long is ended and named, and the next one is served', async () => {
  const hasty = createImageProcess({ role: 'check', taskTimeoutMs: 5 })
  expect(await hasty.check(written(pngBomb(6900, 6900)), 'image/png')).toEqual({
    ok: false,
    fault: 'tooSlow',
  })
  await hasty.stop()
})

test('the process ends when there is nothing to do, and starts again', async () => {
  const brief = createImageProcess({ role: 'copy', idleMs: 50 })
  const path = written(await pngOf())
  expect(await brief.check(path, 'image/png')).toMatchObject({ ok: true })
  await vi.waitUntil(() => brief.pid() === undefined, { timeout: 10_000 })
  expect(await brief.check(path, 'image/png')).toMatchObject({ ok: true })
  await brief.stop()
})

test('copies are made at the lowest priority, checks at the ordinary one', async () => {
  const low = createImageProcess({ role: 'copy' })
  low.warm()
  images.warm()
  expect(getPriority(low.pid())).toBe(19)
  expect(getPriority(images.pid())).toBe(getPriority())
  await low.stop()
})

test('after the stop a task is refused as unavailable', async () => {
  const stopped = createImageProcess({ role: 'check' })
  await stopped.stop()
  await expect(stopped.check('/', 'image/png')).rejects.toMatchObject({ status: 503 })
})
