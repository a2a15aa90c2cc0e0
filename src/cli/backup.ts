import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openFolderSink } from '../backup/folder-sink.ts'
import { snapshotNameAt } from '../backup/layout.ts'
import { pruneBackups } from '../backup/prune-backups.ts'
import { type Taken, takeBackup } from '../backup/take-backup.ts'
import { openTarSink } from '../backup/tar-sink.ts'
import { readConfig } from '../config.ts'
import { AlreadyRunning, lockProcess } from '../db/process-lock.ts'
import { systemClock } from '../lib/clock.ts'
import { counted } from '../lib/counted.ts'
import { makeDirectory } from '../lib/make-directory.ts'
import type { Command } from './command.ts'
import { Exit } from './exit.ts'
import { firstLines } from './first-lines.ts'
import { isInside } from './is-inside.ts'
import { endProgress, showProgress } from './progress-bar.ts'
import { refuseTerminal } from './refuse-terminal.ts'
import { WrongUsage } from './wrong-usage.ts'

export const backupCommand: Command = {
  name: 'backup',
  usage: 'backup <folder|-> [--keep N] [--check] [--json]',
  does: 'copies everything that a restore needs, beside a running server; a second one into the same folder brings what is new, and what has another size than it had. --check: reads all evidence of the folder and brings again what is damaged. - writes one tar to standard output',
  async run(words) {
    const { place, keep, check, json } = readWords(words)
    const { dataDir } = readConfig(process.env)
    if (!existsSync(join(dataDir, 'takedowns.sqlite'))) {
      throw new Error(`there is no database in ${resolve(dataDir)}; see DATA_DIR`)
    }
    const now = systemClock.now()
    const snapshot = snapshotNameAt(now)
    const { taken, removed } =
      place === '-'
        ? { taken: await toTar(dataDir, snapshot, now), removed: 0 }
        : await toFolder(dataDir, place, { snapshot, now, keep, check })
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
  refuseTerminal(process.stdout)
  const sink = await openTarSink(process.stdout, snapshot)
  try {
    return await takeBackup(dataDir, sink, now, showProgress)
  } finally {
    await sink.close()
  }
}

interface FolderOptions {
  snapshot: string
  now: number
  keep: number | null
  check: boolean
}

async function toFolder(dataDir: string, place: string, { snapshot, now, keep, check }: FolderOptions) {
  const folder = resolve(place)
  if (isInside(folder, dataDir)) {
    throw new WrongUsage(`${place} is in the data directory: what destroys that must not destroy its backup`)
  }
  makeDirectory(folder)
  const lock = lockFolder(folder)
  try {
    const taken = await takeBackup(dataDir, await openFolderSink(folder, snapshot, check), now, showProgress)
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
    throw new Error(`nothing can be written into ${folder}: it is full, or no folder of yours`, {
      cause: error,
    })
  }
}

const summary = ({ manifest, newFiles, newBytes, mended }: Taken, snapshot: string, removed: number) => ({
  snapshot,
  createdAt: manifest.createdAt,
  files: manifest.files.length,
  bytes: manifest.files.reduce((sum, { bytes }) => sum + bytes, 0),
  newFiles,
  newBytes,
  mended,
  absent: manifest.absent,
  removed,
})

const inWordsLost = ({ path, fault }: Taken['manifest']['absent'][number]) =>
  `not in it, ${fault} in the data directory: ${path}`

function inWords(taken: Taken, snapshot: string, removed: number): string {
  const { files, bytes, newFiles, mended, absent } = summary(taken, snapshot, removed)
  return [
    `backup ${snapshot}: ${counted(files, 'file')}, ${Math.ceil(bytes / 1_000_000)} MB; ${counted(newFiles, 'of evidence is new', 'of evidence are new')}`,
    ...(mended > 0
      ? [
          `${counted(mended, 'of evidence was damaged in the folder and is', 'of evidence were damaged in the folder and are')} whole again`,
        ]
      : []),
    ...(removed > 0 ? [`${removed} older removed`] : []),
    ...(absent.length > 0 ? [firstLines(absent.map(inWordsLost))] : []),
    '',
  ].join('\n')
}

function readWords(words: readonly string[]) {
  const { values, positionals } = parseOrExplain(words)
  const [place, ...rest] = positionals
  if (place === undefined || rest.length > 0) throw new WrongUsage('one place is needed: a folder, or -')
  const keep = values.keep === undefined ? null : Number(values.keep)
  if (keep !== null && !(Number.isInteger(keep) && keep >= 1))
    throw new WrongUsage('--keep needs a number from 1')
  const check = values.check === true
  if ((keep !== null || check) && place === '-')
    throw new WrongUsage('--keep and --check are for a folder of backups')
  return { place, keep, check, json: values.json === true }
}

function parseOrExplain(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: { keep: { type: 'string' }, check: { type: 'boolean' }, json: { type: 'boolean' } },
      allowPositionals: true,
    })
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : 'the words are not understood')
  }
}
