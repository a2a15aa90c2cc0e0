import { existsSync } from 'node:fs'
import { chmod, readdir, rename, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { copyHashed } from '../lib/hash-file.ts'
import { makeDirectory } from '../lib/make-directory.ts'
import { syncDirectory } from '../lib/sync-directory.ts'
import { type Backup, storedPath } from './layout.ts'
import { BackupDamaged, type Manifest } from './manifest.ts'

/** True when nothing stands there, or an empty directory. */
export async function isFree(target: string): Promise<boolean> {
  return !existsSync(target) || (await readdir(target)).length === 0
}

/**
 * Copies the files of a verified backup to `stage`, a new directory (0700; files 0600), each hashed as it is copied, and
 * syncs them. Throws BackupDamaged when one changed since it was verified.
 */
export async function restoreFiles(
  backup: Backup,
  manifest: Manifest,
  stage: string,
  onProgress: (done: number) => void = () => undefined,
): Promise<void> {
  makeDirectory(stage)
  await chmod(stage, 0o700)
  const directories = new Set([stage])
  for (const [index, { path, sha256 }] of manifest.files.entries()) {
    onProgress(index / manifest.files.length)
    const to = join(stage, path)
    for (let above = dirname(to); above.startsWith(stage); above = dirname(above)) directories.add(above)
    makeDirectory(dirname(to))
    const copied = await copyHashed(storedPath(backup, path), to)
    if (copied.sha256 !== sha256) throw new BackupDamaged(`${path} changed while it was restored`)
  }
  for (const directory of directories) await syncDirectory(directory)
  onProgress(1)
}

/** The whole directory appears at once, under its name. Throws ENOTEMPTY when something came to stand there meanwhile. */
export async function putInPlace(stage: string, target: string): Promise<void> {
  if (existsSync(target)) await rmdir(target)
  await syncDirectory(stage)
  await rename(stage, target)
  await syncDirectory(dirname(target))
}
