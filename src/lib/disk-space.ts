import { randomBytes } from 'node:crypto'
import { existsSync, rmSync, statSync } from 'node:fs'
import { open, rename, statfs } from 'node:fs/promises'
import { join } from 'node:path'

/** `low`: somebody should look. `short`: the form takes nothing more. */
export type DiskLevel = 'ok' | 'low' | 'short'

export interface DiskLimits {
  readonly floorBytes: number
  readonly warnBytes: number
  /** 0: no reserve is kept. */
  readonly reserveBytes: number
}

export interface DiskState {
  readonly level: DiskLevel
  /** What the volume has free for this program. */
  readonly freeBytes: number
  readonly isReserveHeld: boolean
}

/** The space of the volume that the data lie on, and the reserve on it. */
export type DiskSpace = ReturnType<typeof createDiskSpace>

const believedForMs = 2000
const pieceBytes = 1024 * 1024

/**
 * The space under `directory`. A file `reserve` in it is given up when the volume is really full, so that letters, the
 * desk and SQLite's log go on, and made again when there is room. What is missing of it counts as used, so that the
 * form does not eat what was given up for them.
 */
export function createDiskSpace(directory: string, limits: DiskLimits) {
  const { floorBytes, warnBytes, reserveBytes } = limits
  const reserve = join(directory, 'reserve')
  const unfinished = `${reserve}.unfinished`
  // Not the wall clock, which may jump.
  let measuredAt = Number.NEGATIVE_INFINITY
  let known: DiskState = { level: 'ok', freeBytes: 0, isReserveHeld: false }

  async function measure(): Promise<DiskState> {
    const { bavail, bsize } = await statfs(directory)
    const freeBytes = bavail * bsize
    const held = sizeOf(reserve)
    const usable = freeBytes - Math.max(0, reserveBytes - held)
    const level = usable < floorBytes ? 'short' : usable < warnBytes ? 'low' : 'ok'
    known = { level, freeBytes, isReserveHeld: held > 0 }
    measuredAt = performance.now()
    return known
  }

  function giveUp() {
    rmSync(reserve, { force: true })
    rmSync(unfinished, { force: true })
  }

  /** Gives the reserve up where the volume is full; before anything is opened that wants to write. */
  async function giveUpWhenFull(): Promise<DiskState> {
    const { freeBytes } = await measure()
    const isFull = freeBytes < reserveBytes / 2
    const isUnwanted = reserveBytes === 0
    if (!(isFull || isUnwanted) || !(existsSync(reserve) || existsSync(unfinished))) return known
    giveUp()
    return measure()
  }

  /** More than what giving it up made free, or it would come and go. */
  const hasRoomForIt = ({ freeBytes }: DiskState) =>
    freeBytes - reserveBytes >= Math.max(floorBytes, reserveBytes)

  async function makeAgain(): Promise<DiskState> {
    try {
      await writeReserve(unfinished, reserveBytes)
      await rename(unfinished, reserve)
    } catch {
      // Somebody else took the room first.
      rmSync(unfinished, { force: true })
    }
    return measure()
  }

  return {
    giveUpWhenFull,

    /** Looks, and gives the reserve up or makes it again. One caller at a time. */
    async tend(): Promise<DiskState> {
      const state = await giveUpWhenFull()
      const isWhole = sizeOf(reserve) === reserveBytes
      return reserveBytes > 0 && !isWhole && hasRoomForIt(state) ? makeAgain() : state
    },

    /** As it was last seen; the watch looks every two seconds. */
    state: (): DiskState => known,

    /** Whether the form may take something; looked up at most every two seconds. */
    async hasRoom(): Promise<boolean> {
      const isFresh = performance.now() - measuredAt < believedForMs
      return (isFresh ? known : await measure()).level !== 'short'
    },
  }
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0

/** Noise, which a file system that compresses cannot make small. */
async function writeReserve(path: string, bytes: number): Promise<void> {
  const file = await open(path, 'w', 0o600)
  try {
    for (let written = 0; written < bytes; written += pieceBytes) {
      await file.writeFile(randomBytes(Math.min(pieceBytes, bytes - written)))
    }
    await file.sync()
  } finally {
    await file.close()
  }
}
