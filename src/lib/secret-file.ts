import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * The secret kept at `path` (mode 0600), made on first use and on disk before it is returned: what was derived
 * from it must be derivable after a crash.
 */
export function loadOrCreateSecret(path: string, bytes: number): Buffer {
  try {
    return Buffer.from(readFileSync(path, 'utf8').trim(), 'hex')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
  const secret = randomBytes(bytes)
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const file = openSync(path, 'wx', 0o600)
  writeSync(file, `${secret.toString('hex')}\n`)
  fsyncSync(file)
  closeSync(file)
  syncDirectory(dirname(path))
  return secret
}

function syncDirectory(path: string) {
  const directory = openSync(path, 'r')
  fsyncSync(directory)
  closeSync(directory)
}
