import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { projectRoot } from '../lib/project-root.ts'
import { appliedMigrations, type Db, knownMigrations } from './open.ts'

export interface DatabaseCheck {
  /** SQLite's own words; empty when the file is whole. */
  readonly damage: readonly string[]
  /** Rows that name a row that is not there, by table. */
  readonly brokenReferences: readonly string[]
  readonly missingTriggers: readonly string[]
  readonly schema: SchemaVersion
}

export interface SchemaVersion {
  readonly applied: number
  readonly known: number
  /** Written by a newer version of this program. */
  readonly isNewer: boolean
}

const rowsOf = z.array(z.object({ table: z.string() }))
const words = z.array(z.string())

/** Reads the whole file: seconds for each gigabyte. */
export function checkDatabase({ $client: client }: Db): DatabaseCheck {
  const damage = words.parse(client.prepare('PRAGMA integrity_check(20)').pluck().all())
  const broken = rowsOf.parse(client.prepare('PRAGMA foreign_key_check').all())
  const schema = schemaVersion(client)
  return {
    damage: damage.filter((line) => line !== 'ok'),
    brokenReferences: [...new Set(broken.map(({ table }) => table))],
    missingTriggers: schema.applied === schema.known ? missingTriggers(client) : [],
    schema,
  }
}

export function schemaVersion(client: Db['$client']): SchemaVersion {
  const known = knownMigrations()
  const applied = appliedMigrations(client)
  return {
    applied: applied.length,
    known: known.length,
    isNewer: applied.some((when) => !known.includes(when)),
  }
}

/** Of all that migrations made and none took away again. */
function missingTriggers(client: Db['$client']): string[] {
  const there = words.parse(
    client.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all(),
  )
  return [...triggersOfMigrations()].filter((name) => !there.includes(name))
}

function triggersOfMigrations(): Set<string> {
  const folder = join(projectRoot, 'migrations')
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql'))
  const names = new Set<string>()
  for (const file of files.sort()) {
    const sql = readFileSync(join(folder, file), 'utf8')
    for (const [, act, name = ''] of sql.matchAll(
      /\b(CREATE|DROP) TRIGGER (?:IF \w+ (?:NOT )?EXISTS )?`?(\w+)/gi,
    )) {
      if (act?.toUpperCase() === 'CREATE') names.add(name)
      else names.delete(name)
    }
  }
  return names
}
