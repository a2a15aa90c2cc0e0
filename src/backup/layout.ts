import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { BackupDamaged, type Manifest, readManifest } from './manifest.ts'

/**
 * A folder of backups, and a tar with one of them:
 * `files/ab/abcd...` evidence by its SHA-256, which all backups of the folder share;
 * `snapshots/2026-11-26T20-14-07-123Z/` the rest of one: `takedowns.sqlite`, `keys/`, and `manifest.json`, written last.
 */
export interface Backup {
  readonly folder: string
  /** The name of its snapshot; names sort by time. */
  readonly snapshot: string
}

export const manifestName = 'manifest.json'
const snapshotName = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z$/
/** Names that a tar may hold. */
const storedName =
  /^(files\/([0-9a-f]{2})\/\2[0-9a-f]{62}|snapshots\/\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z\/(manifest\.json|takedowns\.sqlite|keys\/[A-Za-z0-9][\w.-]*))$/

export const snapshotNameAt = (now: number): string => new Date(now).toISOString().replace(/[:.]/g, '-')
export const isStoredName = (name: string): boolean => storedName.test(name)

/** Where a file of the data directory lies in a backup, relative to the folder of backups. */
export const storedNameOf = (snapshot: string, path: string): string => {
  const sha256 = /^evidence\/.*\/([0-9a-f]{64})$/.exec(path)?.[1]
  return sha256 === undefined ? `snapshots/${snapshot}/${path}` : `files/${sha256.slice(0, 2)}/${sha256}`
}

export const storedPath = ({ folder, snapshot }: Backup, path: string): string =>
  join(folder, storedNameOf(snapshot, path))

/** Snapshots of the folder, oldest first: `whole` ones have a manifest, the others were cut off. */
export async function snapshotsIn(folder: string): Promise<{ whole: string[]; cutOff: string[] }> {
  const parent = join(folder, 'snapshots')
  const names = existsSync(parent) ? (await readdir(parent)).filter((name) => snapshotName.test(name)) : []
  const isWhole = (name: string) => existsSync(join(parent, name, manifestName))
  return {
    whole: names.filter(isWhole).sort(),
    cutOff: names.filter((name) => !isWhole(name)).sort(),
  }
}

/** The newest whole backup of a folder, or the one whose snapshot `path` is. Throws BackupDamaged where there is none. */
export async function findBackup(path: string): Promise<Backup> {
  const here = resolve(path)
  if (existsSync(join(here, manifestName))) {
    return { folder: dirname(dirname(here)), snapshot: here.slice(dirname(here).length + 1) }
  }
  const { whole, cutOff } = await snapshotsIn(here)
  const snapshot = whole.at(-1)
  if (snapshot !== undefined) return { folder: here, snapshot }
  const why = cutOff.length > 0 ? 'the only one was cut off before its manifest' : 'none was found'
  throw new BackupDamaged(`no whole backup in ${path}: ${why}`)
}

/** Throws BackupDamaged. */
export async function manifestOf({ folder, snapshot }: Backup): Promise<Manifest> {
  return readManifest(await readFile(join(folder, 'snapshots', snapshot, manifestName), 'utf8'))
}
