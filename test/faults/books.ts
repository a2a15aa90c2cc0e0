import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type Sqlite from 'better-sqlite3'
import { z } from 'zod'

/** What a data directory holds, held against itself. */
export interface Books {
  /** References by submission key. */
  readonly takedowns: ReadonlyMap<string, readonly string[]>
  /** What is half: rows without their kin or their file, files that are not what their name says, damage. */
  readonly half: readonly string[]
  /** Whole files on the shelves that no row names, as `originals/HASH`; the sweep takes them after a day. */
  readonly strays: readonly string[]
}

const textRows = z.array(z.object({ key: z.string(), reference: z.string() }))
const fileRows = z.array(z.object({ original: z.string(), copy: z.string().nullable(), state: z.string() }))

const missingKin = `
  SELECT reference || ' has no page' FROM takedowns t
    WHERE NOT EXISTS (SELECT 1 FROM reported_pages p WHERE p.takedown_id = t.id)
  UNION ALL SELECT reference || ' has not one screenshot' FROM takedowns t
    WHERE 1 <> (SELECT count(*) FROM screenshots s WHERE s.takedown_id = t.id)
  UNION ALL SELECT reference || ' was not submitted once' FROM takedowns t
    WHERE 1 <> (SELECT count(*) FROM events e WHERE e.takedown_id = t.id AND e.type = 'submitted')
  UNION ALL SELECT reference || ' has not its two letters' FROM takedowns t
    WHERE 'new-takedown,receipt' <> ifnull((SELECT group_concat(kind ORDER BY kind) FROM outgoing_messages o
      WHERE o.takedown_id = t.id), '')
  UNION ALL SELECT 'a letter was given up' FROM outgoing_messages WHERE state = 'failed'
  UNION ALL SELECT 'a copy was given up' FROM screenshots WHERE copy_state = 'failed'
  UNION ALL SELECT 'a reference leads nowhere' FROM pragma_foreign_key_check
  UNION ALL SELECT 'damage: ' || integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'`

/** Of takedowns with one screenshot and an email address, sent by the form. */
export function booksOf(client: Sqlite.Database, dataDir: string): Books {
  const takedowns = new Map<string, string[]>()
  for (const { key, reference } of textRows.parse(
    client.prepare('SELECT submission_key AS key, reference FROM takedowns').all(),
  )) {
    takedowns.set(key, [...(takedowns.get(key) ?? []), reference])
  }
  // Rows first: the server makes files before their rows.
  const named = namedFiles(client)
  const shelved = [...filesOn(dataDir, 'originals'), ...filesOn(dataDir, 'copies')]
  return {
    takedowns,
    half: [
      ...z.array(z.string()).parse(client.prepare(missingKin).pluck().all()),
      ...named.screenshots.filter((name) => !shelved.includes(name)).map((name) => `${name} is missing`),
      ...shelved.filter((name) => !isWhole(dataDir, name)).map((name) => `${name} is damaged`),
    ],
    strays: shelved.filter((name) => !named.all.has(name)),
  }
}

function namedFiles(client: Sqlite.Database) {
  const rows = fileRows.parse(
    client
      .prepare('SELECT sha256 AS original, copy_sha256 AS copy, copy_state AS state FROM screenshots')
      .all(),
  )
  const screenshots = rows.flatMap(({ original, copy }) => [
    `originals/${original}`,
    ...(copy === null ? [] : [`copies/${copy}`]),
  ])
  const kept = z.array(z.string()).parse(client.prepare('SELECT sha256 FROM kept_uploads').pluck().all())
  const keptOriginals = kept.map((sha256) => `originals/${sha256}`)
  return { screenshots: [...screenshots, ...keptOriginals], all: new Set([...screenshots, ...keptOriginals]) }
}

const shelfOf = (dataDir: string, shelf: string) => join(dataDir, 'evidence', shelf)

const filesOn = (dataDir: string, shelf: 'originals' | 'copies'): string[] =>
  readdirSync(shelfOf(dataDir, shelf)).flatMap((part) =>
    readdirSync(join(shelfOf(dataDir, shelf), part)).map((name) => `${shelf}/${name}`),
  )

function isWhole(dataDir: string, name: string): boolean {
  const [shelf = '', hash = ''] = name.split('/')
  const path = join(shelfOf(dataDir, shelf), hash.slice(0, 2), hash)
  return existsSync(path) && createHash('sha256').update(readFileSync(path)).digest('hex') === hash
}
