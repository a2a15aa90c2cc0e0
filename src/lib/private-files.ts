import { chmodSync, existsSync, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Whatever this process and its children write is for their own account alone, whatever was set where they were started. */
export const keepFilesPrivate = (): void => {
  process.umask(0o077)
}

/** Files of the data directory itself and its keys that others may read or write, by their paths in it. What lies deeper is made 0600. */
export function filesOpenToOthers(dataDir: string): string[] {
  if (process.platform === 'win32') return []
  const names = ['', 'keys'].flatMap((folder) =>
    existsSync(join(dataDir, folder))
      ? readdirSync(join(dataDir, folder)).map((name) => join(folder, name))
      : [],
  )
  return names.filter((name) => {
    const found = lstatSync(join(dataDir, name), { throwIfNoEntry: false })
    return found?.isFile() && (found.mode & 0o077) !== 0
  })
}

/** Makes them 0600. Answers which; where they are somebody else's or the disk is read-only they stay, and the doctor tells. */
export function closeToOthers(dataDir: string): string[] {
  return filesOpenToOthers(dataDir).filter((name) => {
    try {
      chmodSync(join(dataDir, name), 0o600)
      return true
    } catch {
      return false
    }
  })
}
