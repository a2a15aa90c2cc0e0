import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Backup, findBackup } from '../backup/layout.ts'
import { unpackTar } from '../backup/unpack-tar.ts'
import { verifyBackup } from '../backup/verify-backup.ts'
import type { Command } from './command.ts'
import { Exit } from './exit.ts'
import { firstLines } from './first-lines.ts'
import { endProgress, showProgress } from './progress-bar.ts'
import { WrongUsage } from './wrong-usage.ts'

export const verifyBackupCommand: Command = {
  name: 'backup verify',
  usage: 'backup verify <folder|snapshot|-> [--json]',
  does: 'reads a backup through: the manifest, every hash, the database, and that nothing is left out',
  async run(words) {
    const { place, isJson } = readWords(words)
    const { snapshot, faults, absent } = await withBackup(place, async (backup) => ({
      snapshot: backup.snapshot,
      ...(await verifyBackup(backup, showProgress)),
    }))
    endProgress()
    const isWhole = faults.length + absent.length === 0
    if (isJson) process.stdout.write(`${JSON.stringify({ snapshot, whole: isWhole, faults, absent })}\n`)
    else if (isWhole) process.stdout.write(`backup ${snapshot} is whole\n`)
    else
      process.stdout.write(
        `${firstLines([...faults, ...absent.map((words) => `${words} before the backup`)])}\n`,
      )
    if (isWhole) return
    const mend = faults.some((fault) => fault.startsWith('evidence/'))
      ? '; `backup --check` into the same folder brings again what is missing or damaged of it'
      : ''
    throw new Exit(1, `backup ${snapshot} is not whole${mend}`)
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
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      options: { json: { type: 'boolean' } },
      allowPositionals: true,
    })
    const [place, ...rest] = positionals
    if (place === undefined || rest.length > 0) throw new Error('one backup is needed: a folder, or -')
    return { place, isJson: values.json === true }
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : 'the words are not understood')
  }
}
