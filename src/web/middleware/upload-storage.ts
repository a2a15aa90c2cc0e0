import { createHash } from 'node:crypto'
import { type FileHandle, open, rm } from 'node:fs/promises'
import type { Request } from 'express'
import type { StorageEngine } from 'multer'
import { headBytes } from '../../evidence/media-type.ts'
import { stripBidiControls } from '../../lib/bidi.ts'

/** A file of the form as it arrived. With a fault there is nothing on disk and `path` is empty. */
export interface UploadedFile {
  readonly fieldName: string
  /** The last segment of the name that the browser gave; for people, never a path. */
  readonly fileName: string
  readonly path: string
  /** Of the content, hex. */
  readonly sha256: string
  readonly bytes: number
  /** The first 64 bytes, which tell the type. */
  readonly head: Buffer
  readonly fault: 'tooLarge' | 'tooMany' | 'empty' | null
}

/** What one request has brought so far. */
export interface Arrivals {
  /** By position in the form; null while still coming in. */
  readonly files: (UploadedFile | null)[]
  /** Every temporary file made for this request; removed at its end unless moved away by then. */
  readonly paths: string[]
  isOver: boolean
  /** The disk failed: the request is answered now, not when its body has ended. */
  fail(error: unknown): void
}

export interface StorageOptions {
  readonly maxUploadBytes: number
  readonly maxFiles: number
  newUploadPath(): string
}

const longestName = 200
/** A body comes in pieces of some ten kilobytes; each write of its own costs more than copying them together. */
const writtenAtOnceBytes = 512 * 1024

/** The last segment, without control characters, line ends and direction overrides, at most 200 characters. */
export function cleanFileName(name: string): string {
  const segment = name.split(/[/\\]/).at(-1) ?? ''
  const clean = stripBidiControls(segment.toWellFormed().replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '')).trim()
  const characters = [...clean]
  if (characters.length <= longestName) return clean
  const extension = /\.\w{1,8}$/.exec(clean)?.[0] ?? ''
  return characters.slice(0, longestName - extension.length).join('') + extension
}

/**
 * Writes each file to its own new file (O_EXCL, 0600) while hashing it. A file over a limit is read to its end and
 * marked, not refused: the rest of the form is then not lost. What bounds the whole is the middleware's gate.
 */
export function createUploadStorage(
  arrivalsOf: (req: Request) => Arrivals,
  options: StorageOptions,
): StorageEngine {
  return {
    _handleFile(req, file, callback) {
      const arrivals = arrivalsOf(req)
      store(file, arrivals, options).then(
        () => callback(null, {}),
        (error: unknown) => {
          arrivals.fail(error)
          callback(error)
        },
      )
    },
    // All temporary files are removed when the response is over (upload.ts).
    _removeFile: (_req, _file, callback) => callback(null),
  }
}

async function store(
  file: Pick<Express.Multer.File, 'fieldname' | 'originalname' | 'stream'>,
  arrivals: Arrivals,
  { maxFiles, maxUploadBytes, newUploadPath }: StorageOptions,
) {
  const position = arrivals.files.push(null) - 1
  const isTooMany = position >= maxFiles
  const path = isTooMany ? null : newUploadPath()
  if (path) arrivals.paths.push(path)
  const received = await receive(file.stream, path, maxUploadBytes)
  arrivals.files[position] = {
    fieldName: file.fieldname,
    fileName: cleanFileName(file.originalname),
    ...received,
    ...(isTooMany && { fault: 'tooMany' as const }),
  }
  // The request ended while this was written: its own cleaning up came too early for this file.
  if (arrivals.isOver && path) await rm(path, { force: true })
}

type Received = Omit<UploadedFile, 'fieldName' | 'fileName'>

async function receive(
  stream: AsyncIterable<Buffer>,
  path: string | null,
  maxBytes: number,
): Promise<Received> {
  const hash = createHash('sha256')
  let head = Buffer.alloc(0)
  let bytes = 0
  let unwritten: Buffer[] = []
  let unwrittenBytes = 0
  const write = async (to: FileHandle) => {
    const pieces = unwritten
    unwritten = []
    unwrittenBytes = 0
    await writeAll(to, Buffer.concat(pieces))
  }
  const file = path ? await open(path, 'wx', 0o600) : null
  let isWhole = false
  try {
    for await (const chunk of stream) {
      bytes += chunk.length
      if (!file || bytes > maxBytes) continue
      if (head.length < headBytes) head = Buffer.concat([head, chunk.subarray(0, headBytes - head.length)])
      hash.update(chunk)
      unwritten.push(chunk)
      unwrittenBytes += chunk.length
      if (unwrittenBytes >= writtenAtOnceBytes) await write(file)
    }
    if (file && unwrittenBytes > 0) await write(file)
    isWhole = true
  } finally {
    await file?.close()
    if (path && !isWhole) await rm(path, { force: true })
  }
  const fault = bytes > maxBytes ? 'tooLarge' : bytes === 0 ? 'empty' : null
  if (!path || fault) {
    if (path) await rm(path, { force: true })
    return { path: '', sha256: '', bytes, head, fault }
  }
  return { path, sha256: hash.digest('hex'), bytes, head, fault }
}

async function writeAll(file: FileHandle, chunk: Buffer) {
  let written = 0
  while (written < chunk.length) {
    written += (await file.write(chunk, written, chunk.length - written)).bytesWritten
  }
}
