import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openFolderSink } from '../backup/folder-sink.ts'
import { type Backup, findBackup, snapshotNameAt } from '../backup/layout.ts'
import { pruneBackups } from '../backup/prune-backups.ts'
import { type Taken, takeBackup } from '../backup/take-backup.ts'
import { openTarSink } from '../backup/tar-sink.ts'
import { unpackTar } from '../backup/unpack-tar.ts'
import { verifyBackup } from '../backup/verify-backup.ts'
import { readConfig } from '../config.ts'
import { AlreadyRunning, lockProcess } from '../db/process-lock.ts'
import { systemClock } from '../lib/clock.ts'
import { makeDirectory } from '../lib/make-directory.ts'
import type { Command } from './command.ts'
import { Exit } from './exit.ts'
import { endProgress, showProgress } from './progress-bar.ts'
import { WrongUsage } from './wrong-usage.ts'

export const backupCommand: Command = {
  name: 'backup',
  usage: 'backup <folder|-> [--keep N] [--json]',
  does: 'copies everything that a restore needs, beside a running server; a second one into the same folder brings what is new. - writes one tar to standard output',
  async run(words) {
    const { place, keep, json } = readWords(words)
    const { dataDir } = readConfig(process.env)
    const now = systemClock.now()
    const snapshot = snapshotNameAt(now)
    const { taken, removed } =
      place === '-'
        ? { taken: await toTar(dataDir, snapshot, now), removed: 0 }
        : await toFolder(dataDir, place, snapshot, now, keep)
    endProgress()
    // Standard output is the tar's.
    const out = place === '-' ? process.stderr : process.stdout
    out.write(
      json ? `${JSON.stringify(summary(taken, snapshot, removed))}\n` : inWords(taken, snapshot, removed),
    )
    if (taken.manifest.absent.length > 0) throw new Exit(1, 'the data directory has lost files; see `doctor`')
  },
}

async function toTar(dataDir: string, snapshot: string, now: number): Promise<Taken> {
  if (process.stdout.isTTY)
    throw new WrongUsage('a tar is not written to a terminal: lead it into a file or a pipe')
  const sink = await openTarSink(process.stdout, snapshot)
  try {
    return await takeBackup(dataDir, sink, now, showProgress)
  } finally {
    await sink.close()
  }
}

async function toFolder(dataDir: string, place: string, snapshot: string, now: number, keep: number | null) {
  const folder = resolve(place)
  makeDirectory(folder)
  const lock = lockFolder(folder)
  try {
    const taken = await takeBackup(dataDir, await openFolderSink(folder, snapshot), now, showProgress)
    // Under the same lock: another backup counts on the evidence that it found.
    return { taken, removed: keep === null ? 0 : await pruneBackups(folder, keep) }
  } finally {
    lock.release()
  }
}

function lockFolder(folder: string) {
  try {
    return lockProcess(join(folder, 'backup.lock'))
  } catch (error) {
    if (error instanceof AlreadyRunning) throw new Error(`another backup into ${folder} is under way`)
    throw error
  }
}

const summary = ({ manifest, newFiles, newBytes }: Taken, snapshot: string, removed: number) => ({
  snapshot,
  createdAt: manifest.createdAt,
  files: manifest.files.length,
  bytes: manifest.files.reduce((sum, { bytes }) => sum + bytes, 0),
  newFiles,
  newBytes,
  absent: manifest.absent,
  removed,
})

function inWords(taken: Taken, snapshot: string, removed: number): string {
  const { files, bytes, newFiles, absent } = summary(taken, snapshot, removed)
  return [
    `backup ${snapshot}: ${files} files, ${Math.ceil(bytes / 1_000_000)} MB; ${newFiles} of evidence are new`,
    ...(removed > 0 ? [`${removed} older removed`] : []),
    ...absent.map(({ path, fault }) => `not in it, ${fault} in the data directory: ${path}`),
    '',
  ].join('\n')
}

export const verifyBackupCommand: Command = {
  name: 'backup verify',
  usage: 'backup verify <folder|snapshot|-> [--json]',
  does: 'reads a backup through: the manifest, every hash, the database, and that nothing is left out',
  async run(words) {
    const { place, json } = readWords(words)
    const { snapshot, faults, absent } = await withBackup(place, async (backup) => ({
      snapshot: backup.snapshot,
      ...(await verifyBackup(backup, showProgress)),
    }))
    endProgress()
    const isWhole = faults.length + absent.length === 0
    if (json) process.stdout.write(`${JSON.stringify({ snapshot, whole: isWhole, faults, absent })}\n`)
    else if (isWhole) process.stdout.write(`backup ${snapshot} is whole\n`)
    else
      process.stdout.write(
        `${[...faults, ...absent.map((words) => `${words} before the backup`)].join('\n')}\n`,
      )
    if (!isWhole) throw new Exit(1, `backup ${snapshot} is not whole`)
  },
}

/** A tar is unpacked into a folder of its own first, in the system's temporary one, and removed afterwards. */
export async function withBackup<Result>(
  place: string,
  use: (backup: Backup) => Promise<Result>,
  parent = tmpdir(),
): Promise<Result> {
  if (place !== '-') return use(await findBackup(place))
  const folder = await mkdtemp(join(parent, '.rightsdesk-unpacked-'))
  try {
    await unpackTar(process.stdin, folder)
    return await use(await findBackup(folder))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function readWords(words: readonly string[]) {
  const { values, positionals } = parseOrExplain(words)
  const [place, ...rest] = positionals
  if (place === undefined || rest.length > 0) throw new WrongUsage('one place is needed: a folder, or -')
  const keep = values.keep === undefined ? null : Number(values.keep)
  if (keep !== null && !(Number.isInteger(keep) && keep >= 1))
    throw new WrongUsage('--keep needs a number from 1')
  if (keep !== null && place === '-') throw new WrongUsage('--keep is for a folder')
  return { place, keep, json: values.json === true }
}

function parseOrExplain(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: { keep: { type: 'string' }, json: { type: 'boolean' } },
      allowPositionals: true,
    })
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : 'the words are not understood')
  }
}
