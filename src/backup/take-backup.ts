import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { schemaVersion } from '../db/check-database.ts'
import { copyDatabase } from '../db/copy-database.ts'
import type { Db } from '../db/open.ts'
import { openReadOnly } from '../db/open-read-only.ts'
import { type NamedFile, namedFiles } from '../evidence/named-files.ts'
import { version } from '../lib/version.ts'
import { type Manifest, sealManifest } from './manifest.ts'
import { neededKeys } from './needed-keys.ts'
import type { BackupSink } from './sink.ts'

export interface Taken {
  readonly manifest: Manifest
  /** Evidence files that no earlier backup of the folder had. */
  readonly newFiles: number
  readonly newBytes: number
  /** Evidence files that an earlier backup brought and that were damaged in the folder since: copied again. */
  readonly mended: number
}

/**
 * Takes a backup of the data directory into `sink`, beside a running server or without one. `onProgress` hears 0 to 1.
 * A file that is lost already is named in the manifest and holds up no other: the rest is worth keeping all the more.
 *
 * The order is what makes it whole. A file is on disk before its row, and is never changed or deleted (P4): every file
 * that a row of the copied database names is there when the copy is done, and stays. The other way round, a row written
 * between the two would come without its file. Keys are older than the first row that needs them.
 */
export async function takeBackup(
  dataDir: string,
  sink: BackupSink,
  now: number,
  onProgress: (done: number) => void = () => undefined,
): Promise<Taken> {
  const schema = await copyLiveDatabase(dataDir, sink, (done) => onProgress(done * databaseShare))
  const files: Manifest['files'] = []
  const take = async (path: string, from: string) => {
    const hashed = await sink.keep(path, from)
    if (hashed) files.push({ path, ...hashed })
  }
  for (const name of await keyFiles(dataDir)) await take(`keys/${name}`, join(dataDir, 'keys', name))
  const copy = openReadOnly(sink.databasePath)
  const needed = neededKeys(copy)
  const evidence = await takeEvidence(dataDir, copy, sink, (done) =>
    onProgress(databaseShare + done * (1 - databaseShare)),
  ).finally(() => copy.$client.close())
  const lostKeys = needed.filter((key) => !files.some(({ path }) => path === key))
  files.push(...evidence.files)
  await take('takedowns.sqlite', sink.databasePath)
  const manifest: Manifest = {
    format: 1,
    program: version,
    schema,
    createdAt: new Date(now).toISOString(),
    files,
    absent: [...lostKeys.map((path) => ({ path, fault: 'missing' as const })), ...evidence.absent],
  }
  await sink.finish(sealManifest(manifest))
  const { newFiles, newBytes, mended } = evidence
  return { manifest, newFiles, newBytes, mended }
}

/** Of the progress. */
const databaseShare = 0.2

/** Answers how many migrations it has seen. */
async function copyLiveDatabase(dataDir: string, sink: BackupSink, onProgress: (done: number) => void) {
  const live = openReadOnly(join(dataDir, 'takedowns.sqlite'))
  try {
    await copyDatabase(live, sink.databasePath, onProgress)
    return schemaVersion(live.$client).applied
  } finally {
    live.$client.close()
  }
}

/** Without the drafts of a key that is being made (lib/secret-file.ts): they end in a UUID. */
async function keyFiles(dataDir: string): Promise<string[]> {
  const folder = join(dataDir, 'keys')
  const names = existsSync(folder) ? await readdir(folder) : []
  return names.filter((name) => /^[A-Za-z0-9][\w.-]*$/.test(name) && !/\.[0-9a-f-]{36}$/.test(name)).sort()
}

async function takeEvidence(dataDir: string, copy: Db, sink: BackupSink, onProgress: (done: number) => void) {
  const files: Manifest['files'] = []
  const absent: Manifest['absent'] = []
  let newFiles = 0
  let newBytes = 0
  let mended = 0
  const named = namedFiles(copy)
  for (const [index, { shelf, sha256 }] of named.entries()) {
    onProgress(index / named.length)
    const path = `evidence/${shelf}/${sha256.slice(0, 2)}/${sha256}`
    const live = await stat(join(dataDir, path)).catch(() => null)
    const known = await sink.known(path, sha256, live?.size ?? null)
    if (typeof known === 'number') {
      files.push({ path, sha256, bytes: known })
      continue
    }
    const kept = await keepOne(dataDir, path, sha256, sink)
    if (typeof kept === 'string') {
      absent.push({ path, fault: kept })
      continue
    }
    if (known === 'missing') newFiles++
    else mended++
    newBytes += kept.bytes
    files.push({ path, ...kept })
  }
  onProgress(1)
  return { files, absent, newFiles, newBytes, mended }
}

async function keepOne(dataDir: string, path: string, sha256: NamedFile['sha256'], sink: BackupSink) {
  const from = join(dataDir, path)
  try {
    return (await sink.keep(path, from, sha256)) ?? 'damaged'
  } catch (error) {
    if (!isMissing(error)) throw error
  }
  // A form that was never sent may have been swept since the database was copied.
  const swept = await findInQuarantine(dataDir, sha256)
  const kept = swept === null ? null : await sink.keep(path, swept, sha256)
  return kept ?? 'missing'
}

async function findInQuarantine(dataDir: string, sha256: string): Promise<string | null> {
  const folder = join(dataDir, 'evidence', 'quarantine')
  const names = existsSync(folder) ? await readdir(folder) : []
  const name = names.find((candidate) => candidate.endsWith(`-${sha256}`))
  return name === undefined ? null : join(folder, name)
}

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT'
