import { crc32 } from 'node:zlib'
import sharp from 'sharp'

/** A picture as telephones and browsers make it, and where unlike bytes can be put so that no two are the same file. */
export interface Picture {
  readonly name: 'png' | 'jpeg'
  readonly mediaType: string
  readonly content: Buffer
  /** The same picture as another file: a comment is put in, nothing that is decoded changes. */
  unlike(text: string): readonly Buffer[]
}

const width = 1920
const height = 1080

/** A screenshot of an article: lines of text, and a photograph of as many rows as make the PNG about 300 kB. */
export async function pngScreenshot(): Promise<Picture> {
  const content = await article(104).png({ compressionLevel: 6 }).toBuffer()
  return {
    name: 'png',
    mediaType: 'image/png',
    content,
    unlike: (text) => splice(content, afterIhdr, pngText(text)),
  }
}

/** The same seen on a telephone: about 40 kB. */
export async function jpegScreenshot(): Promise<Picture> {
  const content = await article(780).resize(1280, 720).jpeg({ quality: 34 }).toBuffer()
  return {
    name: 'jpeg',
    mediaType: 'image/jpeg',
    content,
    unlike: (text) => splice(content, afterSoi, jpegComment(text)),
  }
}

function article(photoRows: number) {
  const random = seeded(1)
  const pixels = Buffer.alloc(width * height * 3, 255)
  for (let row = 40; row + 20 < height - photoRows; row += 36) writeLine(pixels, row, random)
  for (let y = height - photoRows; y < height; y++) photograph(pixels, y, random)
  return sharp(pixels, { raw: { width, height, channels: 3 } })
}

/** Letters of a sort: dark strokes of unlike width in words of unlike length. */
function writeLine(pixels: Buffer, top: number, random: () => number) {
  for (let x = 60; x < width - 80; x += 10 + (random() < 0.18 ? 12 : 0)) {
    for (let stroke = 0; stroke < 4; stroke++) {
      const left = x + Math.floor(random() * 8)
      const from = top + Math.floor(random() * 8)
      const to = from + 3 + Math.floor(random() * 14)
      for (let y = from; y < to; y++)
        pixels.fill(40 + stroke * 12, (y * width + left) * 3, (y * width + left + 1) * 3)
    }
  }
}

/** Soft slopes with the grain of a sensor. */
function photograph(pixels: Buffer, y: number, random: () => number) {
  for (let x = 0; x < width; x++) {
    const grain = random() < 0.3 ? Math.floor(random() * 4) : 0
    const at = (y * width + x) * 3
    pixels[at] = 90 + grain + Math.round(60 * Math.sin(x / 310))
    pixels[at + 1] = 110 + grain + Math.round(50 * Math.cos(y / 190))
    pixels[at + 2] = 120 + grain + Math.round(40 * Math.sin((x + y) / 420))
  }
}

/** Mulberry32: the same pictures in every run. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Signature of 8 bytes, then the IHDR chunk of 25. */
const afterIhdr = 33
const afterSoi = 2

const splice = (content: Buffer, at: number, piece: Buffer) => [
  content.subarray(0, at),
  piece,
  content.subarray(at),
]

function pngText(text: string): Buffer {
  const body = Buffer.from(`tEXtComment\0${text}`, 'latin1')
  const chunk = Buffer.alloc(body.length + 8)
  chunk.writeUInt32BE(body.length - 4, 0)
  body.copy(chunk, 4)
  chunk.writeUInt32BE(crc32(body), chunk.length - 4)
  return chunk
}

function jpegComment(text: string): Buffer {
  const head = Buffer.from([0xff, 0xfe, 0, 0])
  head.writeUInt16BE(text.length + 2, 2)
  return Buffer.concat([head, Buffer.from(text, 'latin1')])
}
