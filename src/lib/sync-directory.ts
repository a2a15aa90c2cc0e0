import { open } from 'node:fs/promises'

/** Puts the names in a directory on disk. Windows has no handle for one; there NTFS's journal is all there is. */
export async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const directory = await open(path, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}
