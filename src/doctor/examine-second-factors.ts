import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Db } from '../db/open.ts'
import { secondFactors } from '../db/schema.ts'
import { counted } from '../lib/counted.ts'
import { readSecret } from '../lib/secret-file.ts'
import { unsealFactorSecret } from '../staff/second-factor.ts'
import { type Finding, findingsOf } from './finding.ts'

const name = 'keys/second-factor.key'

/** Whether the key that the second factors are sealed with is there, and is theirs. Tells how many, never whose. */
export function examineSecondFactors(db: Db, dataDir: string): Finding[] {
  const say = findingsOf('second factors')
  const factors = hasTable(db) ? db.select().from(secondFactors).all() : []
  if (factors.length === 0) return []
  const path = join(dataDir, name)
  const reset = '`cli staff reset-second-factor` for each account'
  if (!existsSync(path)) {
    return [
      say.fault(
        `${name} is missing: ${counted(factors.length, 'account')} cannot sign in`,
        `copy it from a backup before the next start makes another; without one, ${reset}`,
      ),
    ]
  }
  const key = readSecret(path)
  const closed = factors.filter(({ staffId, sealedSecret }) => !opens(key, staffId, sealedSecret)).length
  if (closed === 0) return [say.ok(`${counted(factors.length, 'account has one', 'accounts have one')}`)]
  return [
    say.fault(
      `${name} does not open what ${counted(closed, 'account signs', 'accounts sign')} in with: it is another key`,
      `copy the right one from a backup; without one, ${reset}`,
    ),
  ]
}

/** A database from before second factors is brought up to date by the next start. */
const hasTable = ({ $client }: Db) =>
  $client.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'second_factors'").get() !==
  undefined

const keyBytes = 32

const opens = (key: Uint8Array | null, staffId: number, sealed: string) =>
  key?.length === keyBytes && unsealFactorSecret(key, staffId, sealed) !== null
