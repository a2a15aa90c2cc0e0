import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Held, holdRestored } from '../actions/hold-restored.ts'
import type { Backup } from '../backup/layout.ts'
import { BackupDamaged, type Manifest } from '../backup/manifest.ts'
import { isFree, putInPlace, restoreFiles } from '../backup/restore-files.ts'
import { verifyBackup } from '../backup/verify-backup.ts'
import { readConfig } from '../config.ts'
import { openDatabase } from '../db/open.ts'
import { systemClock } from '../lib/clock.ts'
import { counted } from '../lib/counted.ts'
import { makeDirectory } from '../lib/make-directory.ts'
import { localDayOf } from '../takedowns/working-time.ts'
import type { Command } from './command.ts'
import { firstLines } from './first-lines.ts'
import { endProgress, showProgress } from './progress-bar.ts'
import { withBackup } from './verify-backup.ts'
import { WrongUsage } from './wrong-usage.ts'

export const restoreCommand: Command = {
  name: 'restore',
  usage: 'restore <folder|snapshot|-> --data-dir <new> [--despite-absent] [--json]',
  does: 'makes a data directory of a backup after reading all of it through; letters that had not gone out wait for staff. --despite-absent: also where evidence or keys were lost before the backup',
  async run(words) {
    const { place, target, acceptsAbsent, json } = readWords(words)
    if (!(await isFree(target)))
      throw new Error(`${target} is not empty: nothing is restored over what is there`)
    makeDirectory(dirname(target))
    const { manifest, held } = await withBackup(
      place,
      (backup) => restore(backup, target, acceptsAbsent),
      dirname(target),
    )
    endProgress()
    const { createdAt, files, absent } = manifest
    if (json) {
      process.stdout.write(`${JSON.stringify({ createdAt, files: files.length, absent, held })}\n`)
      return
    }
    process.stdout.write(
      `restored to ${target} as it was at ${createdAt}: ${counted(files.length, 'file')}\n` +
        `${counted(held.letters, 'letter that had not gone out waits', 'letters that had not gone out wait')} at /staff/mail, ` +
        `${counted(held.acts, 'act is a draft', 'acts are drafts')} again, ` +
        `${counted(held.sessions, 'staff session has', 'staff sessions have')} ended\n`,
    )
  },
}

/** In a directory beside the target, which gets its name when all is done. */
async function restore(
  backup: Backup,
  target: string,
  acceptsAbsent: boolean,
): Promise<{ manifest: Manifest; held: Held }> {
  const manifest = await verifiedManifest(backup, acceptsAbsent)
  const stage = `${target}.restoring-${randomBytes(6).toString('hex')}`
  try {
    await restoreFiles(backup, manifest, stage, (done) => showProgress((1 + done) / 2))
    const held = holdDatabase(join(stage, 'takedowns.sqlite'))
    await putInPlace(stage, target)
    return { manifest, held }
  } catch (error) {
    await rm(stage, { recursive: true, force: true })
    throw error
  }
}

async function verifiedManifest(backup: Backup, acceptsAbsent: boolean): Promise<Manifest> {
  const { manifest, faults, absent } = await verifyBackup(backup, (done) => showProgress(done / 2))
  if (manifest === null || faults.length > 0) {
    throw new BackupDamaged(
      `nothing was restored; backup ${backup.snapshot} is damaged:\n${firstLines(faults)}`,
    )
  }
  if (absent.length > 0 && !acceptsAbsent) {
    throw new BackupDamaged(
      `nothing was restored; this was lost before the backup (--despite-absent goes on):\n${firstLines(absent)}`,
    )
  }
  return manifest
}

/**
 * Migrates it, too; a copy of before would be one more database here, in which no letter is held. Closing writes
 * everything into the one file.
 */
function holdDatabase(path: string): Held {
  const db = openDatabase(path, { isCopy: true })
  try {
    const now = systemClock.now()
    return holdRestored(db, localDayOf(now, readConfig(process.env).calendar.timeZone), now)
  } finally {
    db.$client.close()
  }
}

function readWords(words: readonly string[]) {
  const { values, positionals } = parseOrExplain(words)
  const [place, ...rest] = positionals
  const target = values['data-dir']
  if (place === undefined || rest.length > 0 || !target) {
    throw new WrongUsage('one backup (a folder, or -) and --data-dir are needed')
  }
  return {
    place,
    target: resolve(target),
    acceptsAbsent: values['despite-absent'] === true,
    json: values.json === true,
  }
}

function parseOrExplain(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        'data-dir': { type: 'string' },
        'despite-absent': { type: 'boolean' },
        json: { type: 'boolean' },
      },
      allowPositionals: true,
    })
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : 'the words are not understood')
  }
}
