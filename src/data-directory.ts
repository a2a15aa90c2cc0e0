import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from './config.ts'
import { DatabaseRefused, type Db, openDatabase } from './db/open.ts'
import { createDiskSpace, type DiskSpace } from './lib/disk-space.ts'

/** The reserve goes first: on a full disk the database could not be opened. */
export async function openData(config: Config): Promise<{ disk: DiskSpace; db: Db }> {
  const disk = diskOf(config)
  await disk.giveUpWhenFull()
  return { disk, db: openDatabaseOf(config) }
}

const diskOf = ({ dataDir, limits }: Config): DiskSpace =>
  createDiskSpace(dataDir, {
    floorBytes: limits.minFreeBytes,
    warnBytes: limits.warnFreeBytes,
    reserveBytes: limits.reserveBytes,
  })

/** Evidence without its database is a lost database: starting empty would make strangers of every file. */
function openDatabaseOf({ dataDir, isDatabaseReplicated }: Config): Db {
  const path = join(dataDir, 'takedowns.sqlite')
  const originals = join(dataDir, 'evidence', 'originals')
  const isThere = existsSync(path) && statSync(path).size > 0
  if (!isThere && existsSync(originals) && readdirSync(originals).length > 0) {
    throw new DatabaseRefused(
      `${path} is missing or empty, but evidence is there. Restore the database from a backup.`,
    )
  }
  return openDatabase(path, { isReplicated: isDatabaseReplicated })
}
