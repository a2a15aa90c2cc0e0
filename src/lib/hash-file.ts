import { createHash, type Hash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'

/** SHA-256 in hex, and bytes, of what was read. */
export interface Hashed {
  readonly sha256: string
  readonly bytes: number
}

const chunkBytes = 256 * 1024

export async function hashFile(path: string): Promise<Hashed> {
  const from = await open(path, 'r')
  try {
    return await readThrough(from, async () => undefined)
  } finally {
    await from.close()
  }
}

/** Copies to a new file (mode 0600, synced); what it answers is of the very bytes that were written. */
export async function copyHashed(source: string, target: string): Promise<Hashed> {
  const from = await open(source, 'r')
  try {
    const to = await open(target, 'wx', 0o600)
    try {
      const hashed = await readThrough(from, (piece) => to.writeFile(piece))
      await to.sync()
      return hashed
    } finally {
      await to.close()
    }
  } finally {
    await from.close()
  }
}

async function readThrough(from: FileHandle, use: (piece: Buffer) => Promise<void>): Promise<Hashed> {
  const hash: Hash = createHash('sha256')
  const chunk = Buffer.allocUnsafe(chunkBytes)
  for (let bytes = 0; ; ) {
    const { bytesRead } = await from.read(chunk, 0, chunkBytes, bytes)
    if (bytesRead === 0) return { sha256: hash.digest('hex'), bytes }
    const piece = chunk.subarray(0, bytesRead)
    hash.update(piece)
    await use(piece)
    bytes += bytesRead
  }
}
