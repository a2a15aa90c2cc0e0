import type { PlainKey } from '../i18n/messages.ts'
import { isDiskFault } from './disk-fault.ts'

/**
 * A refusal that the reader must be told about: an HTTP status and the message key of what to say.
 * `retryAfter` is in seconds and becomes the Retry-After header.
 */
export class Failure extends Error {
  readonly status: number
  readonly key: PlainKey
  readonly retryAfter: number | undefined

  constructor(status: number, key: PlainKey, options: { retryAfter?: number; cause?: unknown } = {}) {
    super(key, { cause: options.cause })
    this.name = 'Failure'
    this.status = status
    this.key = key
    this.retryAfter = options.retryAfter
  }
}

/** For `.catch`: a Failure becomes a value, and so does a disk that fails; anything else goes on. */
export function failureOrThrow(error: unknown): Failure {
  if (error instanceof Failure) return error
  if (isDiskFault(error)) return unavailable(error)
  throw error
}

export const notFound = () => new Failure(404, 'error.notFound')
export const unavailable = (cause?: unknown) =>
  new Failure(503, 'error.unavailable', { retryAfter: 30, cause })
