import { unlink } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import type { Request, RequestHandler, Response } from 'express'
import multer, { MulterError } from 'multer'
import { Failure, unavailable } from '../../lib/failures.ts'
import { countedAddress } from './client-address.ts'
import { groupByName, readPlainForm } from './plain-form.ts'
import { hasBody } from './refused-body.ts'
import { mostBytesOf, mostPlainFormBytes, multerLimits } from './upload-limits.ts'
import { createUploadSlots, type UploadSlot, type UploadSlots } from './upload-slots.ts'
import {
  type Arrivals,
  createUploadStorage,
  type StorageOptions,
  type UploadedFile,
} from './upload-storage.ts'

export type { UploadedFile } from './upload-storage.ts'

export interface Upload {
  /** Values by field name, in the order in which they came. */
  readonly fields: Record<string, string[]>
  readonly files: readonly UploadedFile[]
}

export interface UploadOptions extends StorageOptions {
  /** Uploads at once, over which the answer is 503. Default 64. */
  readonly maxUploadsAtOnce?: number
  /** Their places, where others look at them too. */
  readonly slots?: UploadSlots
  /** Called when a body with files begins, so that the image process is up when the file is in. */
  onBegin?(): void
}

/** One multipart body being read. `settle` counts once: null when the form is in, or why it is refused. */
interface Reading extends Arrivals {
  readonly slot: UploadSlot
  hasBegun: boolean
  /** Lets go of the file that is being written, which else would stay open for ever. */
  stop(): void
  settle(failure: Failure | null): void
}

/** How long the work on a complete form may go on after its client went away, before its files are removed. */
const orphanedWorkMs = 60_000

const uploads = new WeakMap<Request, Upload>()
const readings = new WeakMap<Request, Reading>()

/** What `acceptUploadedForm` read from this request. */
export const uploadOf = (req: Request): Upload => uploads.get(req) ?? { fields: {}, files: [] }

/**
 * Reads a form, with or without files. Files lie in temporary files that are gone when the response is over, unless
 * somebody moved them. One file that is too large, one too many or empty is marked in the result. Refused as a whole,
 * by a Failure: 400 malformed, 413 the whole too large, 415 not a form, 503 no place or no disk.
 */
export function acceptUploadedForm(options: UploadOptions): RequestHandler {
  const slots = options.slots ?? createUploadSlots(options.maxUploadsAtOnce ?? 64)
  const readMultipart = createMultipartReader(options)
  return async (req, res, next) => {
    const refuse = (failure: Failure) => {
      // A client that went away gets no answer and is no defect.
      if (res.closed || req.socket.destroyed || (req.destroyed && !req.complete)) return
      next(failure)
    }
    const refusal = refusalAtTheGate(req, mostBytesOf(options))
    if (refusal) return refuse(refusal)
    if (!isMultipart(req)) return readPlain(req, refuse, next)

    const slot = slots.take(countedAddress(req), () => reading.settle(unavailable()))
    if (!slot) return refuse(unavailable())
    const reading = createReading(slot, (failure) => {
      if (failure) return refuse(failure)
      uploads.set(req, { fields: fieldsOf(req.body), files: reading.files.filter((file) => file !== null) })
      next()
    })
    readings.set(req, reading)
    res.once('close', () => endReading(req, res, reading))
    options.onBegin?.()
    readMultipart(req, res, (error?: unknown) => reading.settle(outcomeOf(error, req, reading)))
  }
}

// --- at the gate, before a byte is read -----------------------------------------------------------------------

const mediaTypeOfBody = (req: Request) => req.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
const isMultipart = (req: Request) => mediaTypeOfBody(req) === 'multipart/form-data'
const isPlainForm = (req: Request) => mediaTypeOfBody(req) === 'application/x-www-form-urlencoded'

const bodyTooLarge = () => new Failure(413, 'error.bodyTooLarge')
const malformed = () => new Failure(400, 'error.malformed')

function refusalAtTheGate(req: Request, mostBytes: number): Failure | null {
  const isEncoded = (req.headers['content-encoding'] ?? 'identity') !== 'identity'
  if (isEncoded || !(isMultipart(req) || isPlainForm(req))) return new Failure(415, 'error.bodyType')
  const most = isMultipart(req) ? mostBytes : mostPlainFormBytes
  return Number(req.headers['content-length'] ?? 0) > most ? bodyTooLarge() : null
}

// --- a form without files -------------------------------------------------------------------------------------

async function readPlain(req: Request, refuse: (failure: Failure) => void, next: () => void) {
  const fields = await readPlainForm(req).catch((error: unknown) => {
    if (error instanceof Failure) return error
    throw error
  })
  if (fields instanceof Failure) return refuse(fields)
  if (fields === null) return
  uploads.set(req, { fields, files: [] })
  next()
}

// --- a form with files ----------------------------------------------------------------------------------------

function createReading(slot: UploadSlot, onSettled: (failure: Failure | null) => void): Reading {
  let isSettled = false
  const settle = (failure: Failure | null) => {
    if (isSettled) return
    isSettled = true
    slot.arrived()
    onSettled(failure)
  }
  const fail = (error: unknown) => {
    if (isSystemError(error)) settle(unavailable(error))
  }
  return { slot, files: [], paths: new Set(), isOver: false, hasBegun: false, stop() {}, settle, fail }
}

function createMultipartReader(options: UploadOptions) {
  const storage = createUploadStorage((req) => readingOf(req), options)
  const settings = {
    storage,
    limits: multerLimits(options),
    defParamCharset: 'utf8',
    // multer tells of a limit only when the whole body has come in; its parser tells at once.
    streamHandler: (req: Request, parser: Writable) => watchBody(req, parser, mostBytesOf(options)),
  }
  return multer(settings).any()
}

function readingOf(req: Request): Reading {
  const reading = readings.get(req)
  if (!reading) throw new Error('multer works on a request that was not begun here')
  return reading
}

function watchBody(req: Request, parser: Writable, mostBytes: number) {
  const reading = readingOf(req)
  let bytes = 0
  reading.hasBegun = true
  reading.stop = () => parser.destroy()
  req.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    reading.slot.received(chunk.length)
    if (bytes <= mostBytes) return
    reading.settle(bodyTooLarge())
    parser.destroy(bodyTooLarge())
  })
  // Before multer's own listeners, which give up at once and say only that.
  for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit']) {
    parser.prependListener(limit, () => reading.settle(bodyTooLarge()))
  }
  parser.prependListener(
    'field',
    (_name: unknown, _value: unknown, { valueTruncated }: { valueTruncated: boolean }) => {
      if (valueTruncated) reading.settle(bodyTooLarge())
    },
  )
  parser.prependListener('error', () => reading.settle(malformed()))
  parser.once('unpipe', () => {
    if (!req.readableEnded) reading.settle(malformed())
  })
  req.pipe(parser)
}

/** What multer's last word means: null when the form is in. */
function outcomeOf(error: unknown, req: Request, reading: Reading): Failure | null {
  if (!error) return hasBody(req) && !reading.hasBegun ? malformed() : null
  if (error instanceof Failure) return error
  if (isSystemError(error)) return unavailable(error)
  const isSize = error instanceof MulterError && /SIZE|COUNT|VALUE/.test(error.code)
  return isSize ? bodyTooLarge() : malformed()
}

/** ENOSPC, EIO, EMFILE ...: of the disk, not of the client. */
const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error && 'errno' in error

function fieldsOf(body: unknown): Record<string, string[]> {
  const pairs = Object.entries(body ?? {}).flatMap(([name, value]: [string, unknown]) =>
    (Array.isArray(value) ? value : [value])
      .filter((item) => typeof item === 'string')
      .map((item): [string, string] => [name, item]),
  )
  return groupByName(pairs)
}

function endReading(req: Request, res: Response, reading: Reading) {
  reading.slot.release()
  reading.stop()
  const removeAll = () => {
    reading.isOver = true
    for (const path of reading.paths) void unlink(path).catch(() => {})
  }
  // A form that came in whole is worked on to its end, even when its client did not wait for the answer.
  if (res.writableFinished || !req.complete) return removeAll()
  setTimeout(removeAll, orphanedWorkMs).unref()
}
