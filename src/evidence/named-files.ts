import { z } from 'zod'
import type { Db } from '../db/open.ts'
import type { Shelf } from './store.ts'

/** An evidence file that a row names. */
export interface NamedFile {
  readonly shelf: Shelf
  readonly sha256: string
}

/** Which columns name files; a database of an older version may lack a table. */
const naming = [
  { table: 'screenshots', column: 'sha256', shelf: 'originals' },
  { table: 'screenshots', column: 'copy_sha256', shelf: 'copies' },
  { table: 'kept_uploads', column: 'sha256', shelf: 'originals' },
  { table: 'incoming_messages', column: 'sha256', shelf: 'originals' },
] as const

const rows = z.array(z.object({ shelf: z.enum(['originals', 'copies']), sha256: z.string() }))

/** Every evidence file that a row names, each once. */
export function namedFiles({ $client: client }: Db): NamedFile[] {
  const tables = client.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all()
  const selects = naming
    .filter(({ table }) => tables.includes(table))
    .map(
      ({ table, column, shelf }) =>
        `SELECT '${shelf}' AS shelf, ${column} AS sha256 FROM ${table} WHERE ${column} IS NOT NULL`,
    )
  if (selects.length === 0) return []
  return rows.parse(client.prepare(`${selects.join(' UNION ')} ORDER BY 1 DESC, 2`).all())
}
