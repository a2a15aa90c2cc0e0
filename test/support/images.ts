import { randomBytes } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import sharp from 'sharp'

/** Pictures made on the spot, honest and not. */

const painted = (width: number, height: number, channels: 3 | 4 = 3) =>
  sharp(randomBytes(width * height * channels), { raw: { width, height, channels } }).blur(2)

export const pngOf = (width = 64, height = 48) => painted(width, height).png().toBuffer()
export const seeThroughPng = () => painted(40, 30, 4).png().toBuffer()
export const jpegOf = (width = 64, height = 48) => painted(width, height).jpeg().toBuffer()
export const webpOf = () => painted(64, 48).webp().toBuffer()
export const avifOf = () => painted(64, 48).avif({ effort: 0 }).toBuffer()
export const gifOf = () => painted(64, 48).gif().toBuffer()

/** A photograph with a place and an orientation (turned a quarter) in its metadata. */
export const jpegWithMetadata = () =>
  painted(60, 40)
    .withExif({ IFD0: { Copyright: 'SECRET-OWNER' }, IFD3: { GPSLatitudeRef: 'N' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()

export async function gifOfFrames(frames: number): Promise<Buffer> {
  const [width, height] = [64, 64]
  const pixels = Buffer.alloc(width * height * 3 * frames)
  for (let frame = 0; frame < frames; frame++) {
    pixels.fill(frame % 256, frame * width * height * 3, (frame + 1) * width * height * 3)
  }
  return sharp(pixels, { raw: { width, height: height * frames, channels: 3, pageHeight: height } })
    .gif({ delay: 10 })
    .toBuffer()
}

function crc32(data: Buffer): number {
  let crc = 0xffffffff
  for (const byte of data) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

/** A PNG of nothing but zeros: a few kilobytes that unpack to width x height / 8 bytes (1 bit a pixel). */
export function pngBomb(width = 20_000, height = 20_000): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([1, 0, 0, 0, 0], 8)
  const rows = Buffer.alloc((Math.ceil(width / 8) + 1) * height)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows)),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

export const svg = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><script>1</script></svg>',
)
export const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')
/** What an iPhone's picture begins with; the rest is nothing. */
export const heic = Buffer.concat([
  Buffer.from([0, 0, 0, 24]),
  Buffer.from('ftypheic\0\0\0\0mif1heic', 'latin1'),
  Buffer.alloc(400, 7),
])
export const html = Buffer.from('<!doctype html><script>alert(1)</script>')

/** What a claimant sends: a page of a news site with a picture in it, as a browser shows it. */
export function screenshotOf(width: number, height: number): Promise<Buffer> {
  const line = (y: number, share: number) =>
    `<rect x="${width * 0.06}" y="${y}" width="${width * share}" height="${height * 0.016}" rx="4" fill="#c9ced3"/>`
  const lines = Array.from({ length: 8 }, (_, row) =>
    line(height * (0.62 + row * 0.04), row % 3 === 2 ? 0.6 : 0.86),
  )
  const page = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="#ffffff"/>
    <rect width="100%" height="${height * 0.08}" fill="#0e5f59"/>
    <rect x="${width * 0.06}" y="${height * 0.12}" width="${width * 0.7}" height="${height * 0.03}" rx="5" fill="#2d3741"/>
    <rect x="${width * 0.06}" y="${height * 0.2}" width="${width * 0.88}" height="${height * 0.36}" fill="#9db8c9"/>
    <circle cx="${width * 0.75}" cy="${height * 0.28}" r="${height * 0.04}" fill="#f4d58d"/>
    <path d="M${width * 0.06} ${height * 0.56} L${width * 0.35} ${height * 0.33} L${width * 0.55} ${height * 0.48} L${width * 0.7} ${height * 0.38} L${width * 0.94} ${height * 0.56}Z" fill="#5b7d6b"/>
    ${lines.join('')}
  </svg>`
  return sharp(Buffer.from(page)).png().toBuffer()
}
