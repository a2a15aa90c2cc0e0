import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { syncDirectory } from '../lib/sync-directory.ts'
import { manifestName, manifestOf, snapshotsIn, storedNameOf } from './layout.ts'

/**
 * Removes all but the newest `keep` backups of a folder, and the evidence that none of those holds. Throws BackupDamaged
 * before any evidence is removed when a manifest that stays cannot be read. Answers how many backups went.
 */
export async function pruneBackups(folder: string, keep: number): Promise<number> {
  const { whole } = await snapshotsIn(folder)
  const staying = whole.slice(-keep)
  const going = whole.slice(0, -keep)
  const held = new Set<string>()
  for (const snapshot of staying) {
    const { files } = await manifestOf({ folder, snapshot })
    for (const { path } of files) held.add(storedNameOf(snapshot, path))
  }
  if (going.length === 0) return 0
  for (const snapshot of going) {
    // First: what is left of a removal that was cut off is then no backup.
    await rm(join(folder, 'snapshots', snapshot, manifestName))
    await syncDirectory(join(folder, 'snapshots', snapshot))
    await rm(join(folder, 'snapshots', snapshot), { recursive: true })
  }
  await removeUnheld(folder, held)
  return going.length
}

async function removeUnheld(folder: string, held: ReadonlySet<string>) {
  for (const part of await readdir(join(folder, 'files'))) {
    for (const name of await readdir(join(folder, 'files', part))) {
      if (!held.has(`files/${part}/${name}`)) await rm(join(folder, 'files', part, name))
    }
  }
}
