import { checkDatabase, type DatabaseCheck } from '../db/check-database.ts'
import { openReadOnly } from '../db/open-read-only.ts'
import { namedFiles } from '../evidence/named-files.ts'
import { counted } from '../lib/counted.ts'
import { hashFile } from '../lib/hash-file.ts'
import { type Backup, manifestOf, storedPath } from './layout.ts'
import { BackupDamaged, type Manifest, type ManifestFile } from './manifest.ts'
import { neededKeys } from './needed-keys.ts'

export interface Verified {
  /** Null when it cannot be read. */
  readonly manifest: Manifest | null
  /** What is wrong with the backup, each naming the file; empty when it is whole. */
  readonly faults: readonly string[]
  /** Evidence and keys that were lost in the data directory before: no fault of the backup's, and not in it. */
  readonly absent: readonly string[]
}

/** Reads all of it: the manifest, every file against its hash, the database, and that nothing is left out. */
export async function verifyBackup(
  backup: Backup,
  onProgress: (done: number) => void = () => undefined,
): Promise<Verified> {
  const manifest = await manifestOf(backup).catch((error: unknown) => {
    if (error instanceof BackupDamaged) return error
    throw error
  })
  if (manifest instanceof Error) return { manifest: null, faults: [manifest.message], absent: [] }
  const faults: string[] = []
  for (const [index, file] of manifest.files.entries()) {
    onProgress(index / manifest.files.length)
    const fault = await faultOf(storedPath(backup, file.path), file)
    if (fault !== null) faults.push(fault)
  }
  if (!manifest.files.some(({ path }) => path === 'takedowns.sqlite')) {
    faults.push('takedowns.sqlite is not in the manifest')
  }
  // What is not as it was written need not be understood.
  if (faults.every((fault) => !fault.startsWith('takedowns.sqlite'))) {
    faults.push(...faultsInside(storedPath(backup, 'takedowns.sqlite'), manifest))
  }
  onProgress(1)
  return { manifest, faults, absent: manifest.absent.map(({ path, fault }) => `${path} was ${fault}`) }
}

async function faultOf(stored: string, { path, sha256, bytes }: ManifestFile): Promise<string | null> {
  try {
    const found = await hashFile(stored)
    if (found.sha256 === sha256) return null
    const what =
      found.bytes < bytes
        ? `${counted(bytes - found.bytes, 'byte is', 'bytes are')} missing`
        : 'its hash is another'
    return `${path} is damaged: ${what}`
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error
    return `${path} ${code === 'ENOENT' ? 'is missing' : `cannot be read (${code})`}`
  }
}

function faultsInside(stored: string, manifest: Manifest): string[] {
  const db = openReadOnly(stored)
  try {
    const check = checkDatabase(db)
    const listed = new Set([...manifest.files, ...manifest.absent].map(({ path }) => path))
    const evidence = namedFiles(db).map(
      ({ shelf, sha256 }) => `evidence/${shelf}/${sha256.slice(0, 2)}/${sha256}`,
    )
    const needed = [...evidence, ...neededKeys(db)]
    return [
      ...wordsOf(check),
      ...needed.filter((path) => !listed.has(path)).map((path) => `${path} is not in the backup`),
    ]
  } catch (error) {
    return [`takedowns.sqlite cannot be read: ${error instanceof Error ? error.message : error}`]
  } finally {
    db.$client.close()
  }
}

const wordsOf = ({ damage, brokenReferences, missingTriggers, schema }: DatabaseCheck): string[] => [
  ...damage.map((words) => `takedowns.sqlite: ${words}`),
  ...brokenReferences.map((table) => `takedowns.sqlite: rows of ${table} name rows that are not there`),
  ...missingTriggers.map((name) => `takedowns.sqlite: the trigger ${name} is missing`),
  ...(schema.isNewer ? ['takedowns.sqlite was written by a newer version of this program'] : []),
]
