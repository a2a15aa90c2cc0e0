import { randomBytes } from 'node:crypto'
import { open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { copyHashed, hashFile } from '../lib/hash-file.ts'
import { makeDirectory } from '../lib/make-directory.ts'
import { syncDirectory } from '../lib/sync-directory.ts'
import { manifestName, snapshotsIn, storedPath } from './layout.ts'
import type { BackupSink } from './sink.ts'

/**
 * A snapshot in a folder of backups. Each file is written under another name, synced and renamed, so that a name under
 * `files/` stands for a file that was whole when it was written. What a disk did to it since shows in its size or, where
 * `readsAll`, in its hash, and a new copy takes its place for all backups of the folder. Directories are synced once,
 * before the manifest.
 */
export async function openFolderSink(
  folder: string,
  snapshot: string,
  readsAll = false,
): Promise<BackupSink> {
  const here = join(folder, 'snapshots', snapshot)
  makeDirectory(join(folder, 'files'))
  await removeCutOff(folder)
  makeDirectory(here)
  const touched = new Set<string>([folder, dirname(folder), join(folder, 'files'), dirname(here), here])
  const databasePath = storedPath({ folder, snapshot }, 'takedowns.sqlite')

  return {
    databasePath,

    async known(path, sha256, liveBytes) {
      const stored = storedPath({ folder, snapshot }, path)
      const found = await stat(stored).catch(() => null)
      if (found === null) return 'missing'
      // Either of the two may be the damaged one.
      if (!readsAll && found.size === liveBytes) return found.size
      const hashed = await hashFile(stored).catch(() => null)
      return hashed?.sha256 === sha256 ? hashed.bytes : 'damaged'
    },

    async keep(path, from, expected) {
      const target = storedPath({ folder, snapshot }, path)
      if (from === target) return hashFile(target)
      makeDirectory(dirname(target))
      touched.add(dirname(target))
      const draft = `${target}${partMark}${randomBytes(6).toString('hex')}`
      const hashed = await copyHashed(from, draft).catch(async (error: unknown) => {
        await rm(draft, { force: true })
        throw error
      })
      if (expected !== undefined && hashed.sha256 !== expected) {
        await rm(draft, { force: true })
        return null
      }
      await rename(draft, target)
      return hashed
    },

    async finish(manifest) {
      for (const directory of touched) await syncDirectory(directory)
      const draft = join(here, `${manifestName}${partMark}`)
      const file = await open(draft, 'wx', 0o600)
      try {
        await file.writeFile(manifest)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(draft, join(here, manifestName))
      await syncDirectory(here)
    },
  }
}

const partMark = '.part-'

/** What backups that were cut off left behind: no manifest names it. */
async function removeCutOff(folder: string) {
  const { cutOff } = await snapshotsIn(folder)
  for (const name of cutOff) await rm(join(folder, 'snapshots', name), { recursive: true })
  for (const part of await readdir(join(folder, 'files'))) {
    for (const name of await readdir(join(folder, 'files', part))) {
      if (name.includes(partMark)) await rm(join(folder, 'files', part, name))
    }
  }
}
