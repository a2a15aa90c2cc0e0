import { statfs } from 'node:fs/promises'
import type { Clock } from './clock.ts'

const believedForMs = 2000

/** Whether the volume of `path` has at least `floorBytes` free; looked up at most every two seconds. */
export function freeSpaceAbove(path: string, floorBytes: number, clock: Clock): () => Promise<boolean> {
  let known = { at: Number.NEGATIVE_INFINITY, enough: true }
  return async () => {
    const now = clock.now()
    if (Math.abs(now - known.at) < believedForMs) return known.enough
    const { bavail, bsize } = await statfs(path)
    known = { at: now, enough: bavail * bsize >= floorBytes }
    return known.enough
  }
}
