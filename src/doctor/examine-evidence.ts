import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Db } from '../db/open.ts'
import { namedFiles } from '../evidence/named-files.ts'
import type { Shelf } from '../evidence/store.ts'
import { counted } from '../lib/counted.ts'
import { hashFile } from '../lib/hash-file.ts'
import { type Finding, findingsOf } from './finding.ts'

const say = findingsOf('evidence')
const dayMs = 24 * 3_600_000
/** Of one kind of fault, so many are named; the rest is counted. */
const mostNamed = 20

/** Every file that a row names against its hash, files that no row names, and what lies in quarantine. */
export async function examineEvidence(
  directory: string,
  db: Db,
  now: number,
  onProgress: (done: number) => void = () => undefined,
): Promise<Finding[]> {
  const named = namedFiles(db)
  const missing: string[] = []
  const damaged: string[] = []
  for (const [index, { shelf, sha256 }] of named.entries()) {
    onProgress(index / named.length)
    const path = join(shelf, sha256.slice(0, 2), sha256)
    const found = await hashFile(join(directory, path)).catch(() => null)
    if (found === null) missing.push(path)
    else if (found.sha256 !== sha256) damaged.push(path)
  }
  const bring = 'copy it from a backup (files/ab/abcd...) to its place under evidence/'
  const findings = [
    ...listed(missing, (path) => say.fault(`${path} is missing or cannot be read`, bring)),
    ...listed(damaged, (path) => say.fault(`${path} is damaged: its hash is another`, bring)),
    ...(await examineStrays(directory, db, now)),
  ]
  const whole = named.length - missing.length - damaged.length
  return [say.ok(counted(whole, 'file is as its hash says', 'files are as their hashes say')), ...findings]
}

function listed(paths: readonly string[], finding: (path: string) => Finding): Finding[] {
  const rest = paths.length - mostNamed
  return [
    ...paths.slice(0, mostNamed).map(finding),
    ...(rest > 0 ? [say.fault(`${rest} more like the last one`, 'the same')] : []),
  ]
}

async function examineStrays(directory: string, db: Db, now: number): Promise<Finding[]> {
  // Asked anew: what was accepted while the files were read has its row by now.
  const named = new Set(namedFiles(db).map(({ shelf, sha256 }) => `${shelf}/${sha256}`))
  let strays = 0
  for (const shelf of ['originals', 'copies'] as const)
    strays += await countStrays(directory, shelf, named, now)
  const quarantine = (await namesIn(join(directory, 'quarantine'))).length
  return [
    ...(strays > 0
      ? [
          say.advice(
            `${counted(strays, 'file of more than two days has', 'files of more than two days have')} no row`,
            'the running server moves them to quarantine by itself; if their takedowns are missed, restore a backup',
          ),
        ]
      : []),
    ...(quarantine > 0
      ? [
          say.advice(
            `${counted(quarantine, 'file lies', 'files lie')} in quarantine: of forms that were never sent, or cut off`,
            'nothing needs them; delete them when your policy says so',
          ),
        ]
      : []),
  ]
}

/** The sweep looks every hour for what is a day old; only what it should have taken by now is told. */
async function countStrays(directory: string, shelf: Shelf, named: ReadonlySet<string>, now: number) {
  let strays = 0
  for (const part of await namesIn(join(directory, shelf))) {
    for (const name of await namesIn(join(directory, shelf, part))) {
      if (named.has(`${shelf}/${name}`)) continue
      const file = await stat(join(directory, shelf, part, name)).catch(() => null)
      if (file && file.mtimeMs < now - 2 * dayMs) strays++
    }
  }
  return strays
}

const namesIn = async (path: string): Promise<string[]> => (existsSync(path) ? readdir(path) : [])
