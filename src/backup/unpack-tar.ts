import { createWriteStream } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { extract } from 'tar-stream'
import { makeDirectory } from '../lib/make-directory.ts'
import { isStoredName } from './layout.ts'
import { BackupDamaged } from './manifest.ts'

/**
 * Unpacks a tar of `backup -` into `folder`, which is then a folder of backups. Nothing is written but what a backup may
 * hold. Throws BackupDamaged for anything else, and where the tar breaks off.
 */
export async function unpackTar(input: Readable, folder: string): Promise<void> {
  const tar = extract()
  const fed = pipeline(input, tar)
  fed.catch(() => undefined)
  try {
    for await (const entry of tar) {
      const { name, type } = entry.header
      if (type !== 'file' || !isStoredName(name))
        throw new BackupDamaged('the tar is no backup of this program')
      const path = join(folder, name)
      makeDirectory(dirname(path))
      await pipeline(entry, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
    }
    await fed
  } catch (error) {
    if (error instanceof BackupDamaged || !(error instanceof Error)) throw error
    if ('code' in error) throw error
    throw new BackupDamaged(`the tar is cut off or damaged: ${error.message}`)
  }
}
