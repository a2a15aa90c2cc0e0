import { createHash } from 'node:crypto'
import { type FileHandle, open, rm } from 'node:fs/promises'
import type { Request } from 'express'
import type { StorageEngine } from 'multer'
import { headBytes } from '../../evidence/media-type.ts'
import type { EvidenceStore } from '../../evidence/store.ts'
import { stripBidiControls } from '../../lib/bidi.ts'
import { isDiskFault } from '../../lib/disk-fault.ts'

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
  /** Its content is on disk. Begun when it was written, so that it goes on while the file is looked at. */
  readonly synced: Promise<void>
  /** To be told by whoever moves the file away from `path`: it is then theirs to remove. */
  readonly onMoved: () => void
  /** `notStored`: the disk took none of it, and `synced` says why. The hash is still that of the content. */
  readonly fault: 'tooLarge' | 'tooMany' | 'empty' | 'notStored' | null
}

/** What one request has brought so far. */
export interface Arrivals {
  /** By position in the form; null while still coming in. */
  readonly files: (UploadedFile | null)[]
  /** Every temporary file made for this request and not moved away; removed at its end. */
  readonly paths: Set<string>
  isOver: boolean
  /** The disk failed: the request is answered now, not when its body has ended. */
  fail(error: unknown): void
}

export interface StorageOptions {
  readonly maxUploadBytes: number
  readonly maxFiles: number
  readonly evidence: Pick<EvidenceStore, 'newUploadPath' | 'whileWriting'>
}

const longestName = 200
/** A body comes in pieces of some ten kilobytes; each write of its own costs more than keeping them. */
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
 * marked, not refused: the rest of the form is then not lost. So is one that the disk does not take. What bounds the
 * whole is the middleware's gate.
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
  { maxFiles, maxUploadBytes, evidence }: StorageOptions,
) {
  const position = arrivals.files.push(null) - 1
  const isTooMany = position >= maxFiles
  const path = isTooMany ? null : evidence.newUploadPath()
  if (path) arrivals.paths.add(path)
  const received = await receive(file.stream, path, maxUploadBytes, evidence)
  arrivals.files[position] = {
    fieldName: file.fieldname,
    fileName: cleanFileName(file.originalname),
    ...received,
    ...(isTooMany && { fault: 'tooMany' as const }),
    onMoved: () => path && arrivals.paths.delete(path),
  }
  // The request ended while this was written: its own cleaning up came too early for this file.
  if (arrivals.isOver && path) await rm(path, { force: true })
}

type Received = Omit<UploadedFile, 'fieldName' | 'fileName' | 'onMoved'>

async function receive(
  stream: AsyncIterable<Buffer>,
  path: string | null,
  maxBytes: number,
  { whileWriting }: StorageOptions['evidence'],
): Promise<Received> {
  const hash = createHash('sha256')
  let head = Buffer.alloc(0)
  let bytes = 0
  let unwritten: Buffer[] = []
  let unwrittenBytes = 0
  let diskFault: unknown = null
  /** The stream must be read to its end, or the fields behind this file are lost. */
  const unlessDiskFails = async <Result>(work: () => Promise<Result>): Promise<Result | null> => {
    if (diskFault !== null) return null
    try {
      return await whileWriting(work())
    } catch (error) {
      if (!isDiskFault(error)) throw error
      diskFault = error
      return null
    }
  }
  const write = async (to: FileHandle) => {
    const pieces = unwritten
    unwritten = []
    unwrittenBytes = 0
    await unlessDiskFails(() => writeAll(to, pieces))
  }
  const file = path ? await unlessDiskFails(() => open(path, 'wx', 0o600)) : null
  let fault: UploadedFile['fault'] = null
  try {
    for await (const chunk of stream) {
      bytes += chunk.length
      if (!path || bytes > maxBytes) continue
      if (head.length < headBytes) head = Buffer.concat([head, chunk.subarray(0, headBytes - head.length)])
      hash.update(chunk)
      if (!file || diskFault !== null) continue
      unwritten.push(chunk)
      unwrittenBytes += chunk.length
      if (unwrittenBytes >= writtenAtOnceBytes) await write(file)
    }
    if (bytes > maxBytes) fault = 'tooLarge'
    else if (bytes === 0) fault = 'empty'
    else if (file) await write(file)
  } catch (error) {
    await discard(file, path)
    throw error
  }
  if (diskFault !== null && !fault) {
    await discard(file, path)
    const synced = Promise.reject(diskFault)
    synced.catch(() => {})
    return { path: '', sha256: hash.digest('hex'), bytes, head, fault: 'notStored', synced }
  }
  if (!path || !file || fault) {
    await discard(file, path)
    return { path: '', sha256: '', bytes, head, fault, synced: Promise.resolve() }
  }
  const synced = whileWriting(syncAndClose(file))
  // A file that is refused is not waited for: nobody then hears of a failure, and nobody needs to.
  synced.catch(() => {})
  return { path, sha256: hash.digest('hex'), bytes, head, fault, synced }
}

async function discard(file: FileHandle | null, path: string | null) {
  await file?.close()
  if (path) await rm(path, { force: true })
}

async function syncAndClose(file: FileHandle): Promise<void> {
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

async function writeAll(file: FileHandle, pieces: readonly Buffer[]) {
  let left = pieces.filter((piece) => piece.length > 0)
  while (left.length > 0) left = after(left, (await file.writev(left)).bytesWritten)
}

/** What remains of the pieces after their first `bytes`. */
function after(pieces: readonly Buffer[], bytes: number): Buffer[] {
  let skipped = bytes
  return pieces.flatMap((piece) => {
    const rest = piece.subarray(Math.min(skipped, piece.length))
    skipped -= piece.length - rest.length
    return rest.length > 0 ? [rest] : []
  })
}
