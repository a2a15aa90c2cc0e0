import { type FileHandle, open } from 'node:fs/promises'

export type Syncable = Pick<FileHandle, 'sync' | 'close'>

/** Puts the names in a directory on disk. */
export async function syncDirectory(path: string): Promise<void> {
  const directory = await openDirectory(path)
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}

/** To be synced more than once. Windows has no handle for a directory; there NTFS's journal is all there is. */
export const openDirectory = async (path: string): Promise<Syncable> =>
  process.platform === 'win32' ? { sync: async () => {}, close: async () => {} } : open(path, 'r')
