import { type Placeholder, sql } from 'drizzle-orm'
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Tx } from './open.ts'

/**
 * Queries that are built and compiled once per database and not at every call, which takes longer than most queries
 * themselves. They run inside an open transaction too: a database has one connection.
 */
export function prepared<Queries>(build: (tx: Tx) => Queries): (tx: Tx) => Queries {
  const built = new WeakMap<object, Queries>()
  return (tx) => {
    // The one object that drizzle makes for each database and shares with its transactions.
    const { schema } = tx._
    const known = schema && built.get(schema)
    if (known) return known
    const queries = build(tx)
    if (schema) built.set(schema, queries)
    return queries
  }
}

// --- inserts: a statement is kept for rows of the same table with the same columns ----------------------------

type Row = Record<string, unknown>

export function insertRow<Table extends SQLiteTable>(tx: Tx, table: Table, row: Table['$inferInsert']): void
export function insertRow(tx: Tx, table: SQLiteTable, row: Row): void {
  once(plainInserts(tx), table, row, (values) => tx.insert(table).values(values).prepare()).run(row)
}

/** Answers the row as it now stands. */
export function insertReturning<Table extends SQLiteTable>(
  tx: Tx,
  table: Table,
  row: Table['$inferInsert'],
): Table['$inferSelect']
export function insertReturning(tx: Tx, table: SQLiteTable, row: Row): unknown {
  const prepare = (values: Places) => tx.insert(table).values(values).returning().prepare()
  return once(returningInserts(tx), table, row, prepare).get(row)
}

/** Changes nothing where a row has the same value in `column` already. */
export function insertUnlessThere<Table extends SQLiteTable>(
  tx: Tx,
  table: Table,
  column: AnySQLiteColumn,
  row: Table['$inferInsert'],
): void
export function insertUnlessThere(tx: Tx, table: SQLiteTable, target: AnySQLiteColumn, row: Row): void {
  const prepare = (values: Places) =>
    tx.insert(table).values(values).onConflictDoNothing({ target }).prepare()
  once(firstInserts(tx), target, row, prepare).run(row)
}

type Places = Record<string, Placeholder>
type Runs = { run(row: Row): unknown }
type Gets = { get(row: Row): unknown }
/** By the table, or the column that must be new, and then by the names of the columns given. */
type ByColumns<Insert> = Map<SQLiteTable | AnySQLiteColumn, Map<string, Insert>>

const plainInserts = prepared((): ByColumns<Runs> => new Map())
const returningInserts = prepared((): ByColumns<Gets> => new Map())
const firstInserts = prepared((): ByColumns<Runs> => new Map())

function once<Insert>(
  inserts: ByColumns<Insert>,
  place: SQLiteTable | AnySQLiteColumn,
  row: Row,
  prepare: (values: Places) => Insert,
): Insert {
  const known = inserts.get(place) ?? new Map<string, Insert>()
  inserts.set(place, known)
  const columns = Object.keys(row)
  const key = columns.join()
  const insert =
    known.get(key) ?? prepare(Object.fromEntries(columns.map((column) => [column, sql.placeholder(column)])))
  known.set(key, insert)
  return insert
}
