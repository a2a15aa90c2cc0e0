import { randomBytes, randomUUID } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'

const isCode = (error: unknown, code: string) =>
  error instanceof Error && 'code' in error && error.code === code

/**
 * The secret kept at `path` (mode 0600), made on first use and on disk before it is returned: what was derived
 * from it must be derivable after a crash. Throws when the file does not hold a secret of that length.
 */
export function loadOrCreateSecret(path: string, bytes: number): Buffer {
  const known = readSecret(path)
  if (!known) writeOnce(path, `${randomBytes(bytes).toString('hex')}\n`)
  const secret = known ?? readSecret(path)
  if (secret?.length !== bytes) {
    throw new Error(`${path} is not a secret of ${bytes} bytes in hex. Restore it from a backup.`)
  }
  return secret
}

/** The secret kept at `path`, or null where there is none. */
export function readSecret(path: string): Buffer | null {
  try {
    return Buffer.from(readFileSync(path, 'utf8').trim(), 'hex')
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null
    throw error
  }
}

/**
 * Writes a new file that appears whole or not at all, mode 0600, synced with its directory. Written under another
 * name, then linked: the name never stands for half a secret, and of two processes that start at once the second
 * keeps the first one's.
 */
export function writeOnce(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const draft = `${path}.${randomUUID()}`
  writeSynced(draft, content)
  try {
    linkSync(draft, path)
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  } finally {
    unlinkSync(draft)
  }
  syncDirectory(dirname(path))
}

function writeSynced(path: string, content: string) {
  const file = openSync(path, 'wx', 0o600)
  try {
    writeSync(file, content)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function syncDirectory(path: string) {
  const directory = openSync(path, 'r')
  fsyncSync(directory)
  closeSync(directory)
}
