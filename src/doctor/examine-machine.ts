import { existsSync, statSync } from 'node:fs'
import { readdir, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { max } from 'drizzle-orm'
import type { Db } from '../db/open.ts'
import { events } from '../db/schema.ts'
import { counted } from '../lib/counted.ts'
import { filesOpenToOthers } from '../lib/private-files.ts'
import { type Finding, findingsOf } from './finding.ts'

/** The clock beside what was written by it, and whether this Node knows time zones. */
export function examineClock(db: Db, now: number, timeZone: string): Finding[] {
  const say = findingsOf('clock')
  const newest =
    db
      .select({ at: max(events.at) })
      .from(events)
      .get()?.at ?? 0
  const findings: Finding[] = []
  if (newest > now + 60_000) {
    const minutes = Math.ceil((newest - now) / 60_000)
    findings.push(
      say.fault(
        `the newest event is ${counted(minutes, 'minute')} ahead of the clock`,
        'set the clock by a time server; one of the two was wrong',
      ),
    )
  }
  if (now < Date.UTC(2024, 0)) findings.push(say.fault('it stands before 2024', 'set it by a time server'))
  const name = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'long' })
    .formatToParts(now)
    .find(({ type }) => type === 'timeZoneName')
  if (!name) findings.push(say.fault(`no rules for ${timeZone}`, 'use a Node with full time zone data'))
  return findings.length > 0
    ? findings
    : [say.ok(`${new Date(now).toISOString()}, rules of ${timeZone} known`)]
}

/** Room below the floor stops the form; twice the floor is soon reached. */
export async function examineDisk(dataDir: string, floorBytes: number): Promise<Finding[]> {
  const say = findingsOf('disk')
  const { bavail, bsize } = await statfs(dataDir)
  const free = bavail * bsize
  const words = `${Math.floor(free / 1_048_576)} MB free`
  const make = 'make room: the form answers 503 below MIN_FREE_MB'
  if (free < floorBytes) return [say.fault(words, make)]
  if (free < 2 * floorBytes) return [say.warning(words, make)]
  return [say.ok(words)]
}

/** The database's write-ahead log, which is folded in all the time and stays small when all is well. */
export function examineLog(dataDir: string, isReplicated: boolean): Finding[] {
  const log = statSync(join(dataDir, 'takedowns.sqlite-wal'), { throwIfNoEntry: false })
  if (!log || log.size < tooLongLogBytes) return []
  const advice = isReplicated
    ? 'see that Litestream runs, or set DATABASE_REPLICATION=off, and restart'
    : 'a program has the database open and reads on and on: end it'
  const megabytes = Math.floor(log.size / 1_048_576)
  return [findingsOf('disk').warning(`the database's log has ${megabytes} MB and is not folded in`, advice)]
}

const tooLongLogBytes = 256 * 1_048_576

/** Nobody but the account of the server reads the data, and the keys above all. */
export async function examineModes(dataDir: string, hasTakedowns: boolean): Promise<Finding[]> {
  const say = findingsOf('files')
  if (process.platform === 'win32') return []
  const findings: Finding[] = []
  const keys = join(dataDir, 'keys')
  for (const path of [dataDir, keys, join(dataDir, 'evidence')]) {
    if (existsSync(path) && isOpenToOthers(path)) {
      findings.push(say.warning(`others can enter ${path}`, `chmod 700 ${path}`))
    }
  }
  for (const name of filesOpenToOthers(dataDir)) {
    const level = name.startsWith('keys') ? 'fault' : 'warning'
    findings.push(say[level](`others can read ${name}`, `chmod 600 ${join(dataDir, name)}`))
  }
  const names = existsSync(keys) ? await readdir(keys) : []
  for (const name of ['access.key', 'receipt-ed25519.pem']) {
    if (hasTakedowns && !names.includes(name)) {
      findings.push(
        say.fault(`keys/${name} is missing`, 'copy it from a backup before the next start makes another'),
      )
    }
  }
  return findings.length > 0 ? findings : [say.ok('data and keys are for the server alone')]
}

const isOpenToOthers = (path: string) => (statSync(path).mode & 0o077) !== 0

export function examineNode(version: string): Finding[] {
  const say = findingsOf('node')
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    return [say.fault(`Node ${version} is too old`, 'install Node 20.19 or newer')]
  }
  return [say.ok(`Node ${version}`)]
}
