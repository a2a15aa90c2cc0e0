/*
 * The image process: the one module that touches sharp. It runs strangers' images through native code, so it is its
 * own process with an empty environment; when it crashes, hangs or swells, only it is lost (image-process.ts).
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { likenessHeight, likenessOf, likenessWidth } from '../lib/likeness.ts'
import { createTurns } from '../lib/turns.ts'
import {
  type Checked,
  type Copied,
  type ImageFault,
  type ImageReply,
  type ImageTask,
  isImageTask,
  type Refused,
  readyMessage,
} from './image-messages.ts'

const maxPixels = 50e6
/** An AVIF takes 18 bytes a pixel to decode, ten times what others take, and faster than a watch on its memory can see. */
const maxAvifPixels = 12e6
const maxSeconds = 15
const maxSide = 4096
/** A lossless copy over this size goes out as JPEG: it is attached to a mail. */
const maxLosslessBytes = 4 * 1024 * 1024

// libvips otherwise decodes whatever it finds, SVG, PDF and camera formats included, whatever the file's name.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif'].map((loader) => `VipsForeignLoad${loader}Buffer`),
})
sharp.cache(false)
sharp.concurrency(1)

/** The server bounds how many are in here; slow ones, which gave their place up, among them. */
const turns = createTurns({ atOnce: 2, mostWaiting: Number.POSITIVE_INFINITY, slowAfterMs: 500 })

const formatOf: Record<string, string> = {
  'image/png': 'png',
  'image/jpeg': 'jpeg',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'heif',
}

/**
 * From memory: a third of what a small JPEG's check takes is saved when libvips does not read the file itself.
 * `error` and not `warning`: many phones write images at which libjpeg only frowns.
 */
const openImage = (content: Buffer, limitInputPixels = maxPixels) =>
  sharp(content, {
    limitInputPixels,
    pages: 1,
    failOn: 'error',
    sequentialRead: true,
    autoOrient: true,
  }).timeout({ seconds: maxSeconds })

async function check(content: Buffer, mediaType: string): Promise<Checked | Refused> {
  const open = () => openImage(content, mediaType === 'image/avif' ? maxAvifPixels : maxPixels)
  // Shrinking by averaging reads every row; kernel 'nearest' skips some and misses a cut end, stats() takes 60 ms.
  const decoded = open().resize({ width: 8, height: 8, fit: 'fill', kernel: 'linear' }).raw().toBuffer()
  const [{ format, autoOrient }] = await Promise.all([open().metadata(), decoded])
  if (format !== formatOf[mediaType]) return { ok: false, fault: 'damaged' }
  return { ok: true, width: autoOrient.width, height: autoOrient.height }
}

async function copy(original: Buffer, target: string): Promise<Copied | Refused> {
  const { format, hasAlpha } = await openImage(original).metadata()
  const small = () =>
    openImage(original)
      .resize({ width: maxSide, height: maxSide, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
  const asJpeg = () => small().flatten({ background: '#fff' }).jpeg({ quality: 85 }).toBuffer()
  const lossless = format === 'png' || (format !== 'jpeg' && hasAlpha)
  const png = lossless ? await small().png({ palette: false, compressionLevel: 6 }).toBuffer() : null
  const isPng = png !== null && png.length <= maxLosslessBytes
  const content = isPng ? png : await asJpeg()
  await writeFile(target, content, { mode: 0o600 })
  const sha256 = createHash('sha256').update(content).digest('hex')
  const mediaType = isPng ? 'image/png' : 'image/jpeg'
  return { ok: true, mediaType, bytes: content.length, sha256, likeness: await likeness(original) }
}

async function likeness(original: Buffer): Promise<string | null> {
  const grey = await openImage(original)
    .flatten({ background: '#fff' })
    .greyscale()
    .resize({ width: likenessWidth, height: likenessHeight, fit: 'fill', kernel: 'linear' })
    .raw()
    .toBuffer()
  return likenessOf(grey)
}

/** sharp's errors have no codes; these texts are its own (src/common.cc, src/pipeline.cc) and held by tests. */
function faultOf(error: Error): ImageFault {
  if (/pixel limit|too large|exceeds/i.test(error.message)) return 'tooManyPixels'
  return /timeout/i.test(error.message) ? 'tooSlow' : 'damaged'
}

const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'errno' in error && 'code' in error

async function answer(task: ImageTask): Promise<ImageReply> {
  const { id } = task
  const kind = task.act === 'check' ? 'checked' : 'copied'
  try {
    // At once: a file just written is in memory, and four trips to the thread pool cost a crowd one form in twenty.
    const content = readFileSync(task.path)
    return task.act === 'check'
      ? { id, kind: 'checked', answer: await check(content, task.mediaType) }
      : { id, kind: 'copied', answer: await copy(content, task.target) }
  } catch (error) {
    if (isSystemError(error)) return { id, kind: 'unable', code: error.code ?? 'UNKNOWN' }
    return { id, kind, answer: { ok: false, fault: error instanceof Error ? faultOf(error) : 'damaged' } }
  }
}

const send = (message: ImageReply | typeof readyMessage) => {
  if (process.connected) process.send?.(message)
}

// Ctrl-C and a service manager signal the whole group: work under way is finished, the server decides the end.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {})
process.on('disconnect', () => process.exit(0))
process.on('message', (message) => {
  if (isImageTask(message)) void turns.take(() => answer(message)).then(send)
})
send(readyMessage)
