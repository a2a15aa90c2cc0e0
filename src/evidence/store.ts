import { createHash, randomBytes } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, rename, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { mostOpenFiles } from '../lib/open-files.ts'
import { openDirectory, type Syncable, syncDirectory } from '../lib/sync-directory.ts'
import { createWorkUnderWay } from '../lib/work-under-way.ts'

/** Originals as they were sent, and the re-encoded copies that people and mails get. */
export type Shelf = 'originals' | 'copies'

/** A file whose content was just found to be what its name says. Read `stream()` to its end, or call `close()`. */
export interface VerifiedFile {
  readonly bytes: number
  stream(): Readable
  close(): Promise<void>
}

export type Opened = ({ ok: true } & VerifiedFile) | { ok: false; fault: 'missing' | 'damaged' }

/** All of the originals', for whose syncs a claimant waits; but at most an eighth of what the machine lets one process open. */
const mostHeldDirectories = (openFiles: number) => Math.min(256, Math.floor(openFiles / 8))

export type EvidenceStore = Awaited<ReturnType<typeof openEvidenceStore>>

/**
 * Evidence files under `directory`, each named by the SHA-256 (hex) of its content:
 * `incoming/` (being written), `originals/ab/abcd...`, `copies/ab/abcd...`, `quarantine/`.
 * Opening creates the directories and moves what a crash left in `incoming/` to `quarantine/`: nothing is deleted.
 * `quarantined` is how many files that were. A guest works beside the server and moves nothing of its.
 */
export async function openEvidenceStore(
  directory: string,
  { isGuest = false, openFiles = mostOpenFiles() } = {},
) {
  const incoming = join(directory, 'incoming')
  const quarantined = join(directory, 'quarantine')
  await createDirectories(directory, [
    incoming,
    quarantined,
    join(directory, 'originals'),
    join(directory, 'copies'),
  ])
  const left = isGuest ? [] : await readdir(incoming)
  for (const name of left) await moveAside(join(incoming, name), quarantined)

  const mostHeld = mostHeldDirectories(openFiles)
  let held = 0
  const ready = new Map<string, Promise<Syncable>>()
  const writes = createWorkUnderWay()

  /**
   * The two-letter directory, with its own name on disk; it is synced at every file, so those of the originals are held
   * open. All who come at once wait for the same one.
   */
  function readyDirectory(path: string, shelf: Shelf): Promise<Syncable> {
    const known = ready.get(path)
    if (known) return known
    const isHeld = shelf === 'originals' && held < mostHeld
    if (isHeld) held++
    const made = makeDurableDirectory(path).then(() =>
      isHeld ? openDirectory(path) : { sync: () => syncDirectory(path), close: async () => {} },
    )
    ready.set(path, made)
    made.catch(() => {
      ready.delete(path)
      if (isHeld) held--
    })
    return made
  }

  const pathOf = (sha256: string, shelf: Shelf = 'originals') => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new TypeError('not a SHA-256 in hex')
    return join(directory, shelf, sha256.slice(0, 2), sha256)
  }

  async function putOnShelf(path: string, sha256: string, shelf: Shelf) {
    const target = pathOf(sha256, shelf)
    const directoryOfTarget = await readyDirectory(dirname(target), shelf)
    const standing = await sizeOf(target)
    if (standing !== null && standing !== (await sizeOf(path))) await moveAside(target, quarantined)
    await rename(path, target)
    await directoryOfTarget.sync()
  }

  return {
    quarantined: left.length,

    /** A name nobody has, for a file to be created with `wx` and mode 0600. */
    newUploadPath: () => join(incoming, randomBytes(16).toString('hex')),

    /** For the maker of copies, which names its own file in it. */
    incomingDirectory: incoming,

    pathOf,

    /**
     * Puts the finished file at `path` on its shelf under its content hash. When this resolves the content and every
     * name on the way to it are on disk. A file that is there already has the same content and is replaced by it,
     * which also mends one that rotted; only one of another size goes to quarantine first.
     */
    keep: (path: string, sha256: string, shelf: Shelf = 'originals'): Promise<void> =>
      writes.during(syncFile(path).then(() => putOnShelf(path, sha256, shelf))),

    /** The same for an original whose content was synced already. */
    keepSynced: (path: string, sha256: string): Promise<void> =>
      writes.during(putOnShelf(path, sha256, 'originals')),

    /** To be put around every write to a file that is on its way here: so it shows when the disk hangs. */
    whileWriting: writes.during,

    /** How long the oldest write has been under way; 0 when there is none. */
    oldestWriteMs: writes.oldestMs,

    /** Opens a kept file after reading it through and comparing its hash: nothing else may be handed out. */
    async openVerified(sha256: string, shelf: Shelf = 'originals'): Promise<Opened> {
      const handle = await openIfThere(pathOf(sha256, shelf))
      if (!handle) return { ok: false, fault: 'missing' }
      try {
        const found = await hashOf(handle)
        if (found.sha256 === sha256) return verified(handle, found.bytes)
        await handle.close()
        return { ok: false, fault: 'damaged' }
      } catch (error) {
        await handle.close()
        throw error
      }
    },

    /** Takes a file out of the way without deleting it; answers where it lies now. */
    quarantine: (path: string): Promise<string> => moveAside(path, quarantined),

    /** After the last file: lets go of the directories. */
    async close(): Promise<void> {
      const opened = await Promise.allSettled(ready.values())
      ready.clear()
      for (const one of opened) if (one.status === 'fulfilled') await one.value.close()
    },
  }
}

async function createDirectories(directory: string, inner: string[]) {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  for (const path of inner) await mkdir(path, { recursive: true, mode: 0o700 })
  for (const path of inner) await syncDirectory(path)
  await syncDirectory(directory)
  await syncDirectory(dirname(directory))
}

async function makeDurableDirectory(path: string) {
  // Not recursive: where the disk fails, Node would then say ENOENT in place of what the disk said.
  await mkdir(path, { mode: 0o700 }).catch((error: unknown) => {
    if (!isCode(error, 'EEXIST')) throw error
  })
  // Synced even when it was there: a crash may have come between its making and the sync.
  await syncDirectory(dirname(path))
}

async function moveAside(path: string, quarantine: string): Promise<string> {
  const place = join(quarantine, `${Date.now()}-${randomBytes(4).toString('hex')}-${basename(path)}`)
  await rename(path, place)
  await syncDirectory(quarantine)
  return place
}

/** Syncs the file's content to disk. */
async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const isCode = (error: unknown, code: string) =>
  error instanceof Error && 'code' in error && error.code === code

const isMissing = (error: unknown) => isCode(error, 'ENOENT')

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r')
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

const verified = (handle: FileHandle, bytes: number): Opened => ({
  ok: true,
  bytes,
  stream: () => handle.createReadStream({ start: 0, autoClose: true }),
  close: () => handle.close(),
})

async function hashOf(handle: FileHandle): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256')
  const chunk = Buffer.allocUnsafe(256 * 1024)
  let position = 0
  for (;;) {
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, position)
    if (bytesRead === 0) return { sha256: hash.digest('hex'), bytes: position }
    hash.update(chunk.subarray(0, bytesRead))
    position += bytesRead
  }
}
