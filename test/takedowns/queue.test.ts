import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { openDatabase } from '../../src/db/open.ts'
import { countQueue, type QueueQuery, readQueue } from '../../src/takedowns/queue.ts'

const total = 12_000
const folder = mkdtempSync(join(tmpdir(), 'queue-'))
const db = openDatabase(join(folder, 'takedowns.sqlite'))
afterAll(() => {
  db.$client.close()
  rmSync(folder, { recursive: true })
})

/** `common` stands in all of them, `some` in every third, `rare` in every thousandth; five come at each moment. */
db.$client.exec(`
  WITH RECURSIVE numbers (nth) AS (SELECT 1 UNION ALL SELECT nth + 1 FROM numbers WHERE nth < ${total})
  INSERT INTO takedowns (reference, source, locale, status, claimant_name, phone_typed, privacy_version, submission_key,
    submission_digest, access_key_nonce, access_key_hash, received_at, due_at, next_due_at, last_event_at)
  SELECT nth, 'form', 'he', CASE nth % 4 WHEN 0 THEN 'in_review' ELSE 'closed' END, 'x', 'x', '1', nth, 'x', 'x', 'x',
    1e12 + nth / 5, 1e12, CASE nth % 4 WHEN 0 THEN 1e12 + nth * 7919 % 5000 END, 1e12 + nth * 3571 % 5000 FROM numbers;
  INSERT INTO reported_pages (takedown_id, position, reported_url, canonical_url, use_state, use_state_at)
  SELECT id, 0, 'x', 'x', 'live', 1e12 FROM takedowns;
  INSERT INTO search_words (rowid, text)
  SELECT id, 'common' || iif(id % 3 = 0, ' some', '') || iif(id % 1000 = 0, ' rare', '') FROM takedowns;
  INSERT INTO search_fragments (rowid, text, address)
  SELECT id, '', 'common.example' FROM takedowns`)

const everyNth: Readonly<Record<string, number>> = { common: 1, some: 3, rare: 1000, 'common rare': 1000 }
const columns = { due: 'due_rank', received: 'received_at DESC', event: 'last_event_at DESC' } as const

/** As SQL alone has them, without the index of words. */
function idsOf({ search, sort, status }: QueueQuery): unknown[] {
  const inStatus = status === 'all' ? '' : `AND status ${status === 'open' ? "= 'in_review'" : "= 'closed'"}`
  const direction = sort === 'due' ? '' : 'DESC'
  return db.$client
    .prepare(
      `SELECT id FROM takedowns WHERE id % ${everyNth[search] ?? 1} = 0 ${inStatus} ORDER BY ${columns[sort]}, id ${direction}`,
    )
    .pluck()
    .all()
}

const queries: QueueQuery[] = Object.keys(everyNth).flatMap((search) =>
  (['all', 'open', 'closed'] as const).flatMap((status) =>
    (['due', 'received', 'event'] as const).map((sort) => ({ search, status, sort })),
  ),
)

describe('a search', () => {
  test('finds the same in the same order, be the word in few takedowns or in all', () => {
    for (const query of [
      ...queries,
      { search: '', address: 'common.ex', status: 'all', sort: 'due' } as const,
    ]) {
      const first = readQueue(db, query)
      const second = first.next ? readQueue(db, { ...query, cursor: first.next }) : { rows: [] }
      const found = [...first.rows, ...second.rows].map(({ id }) => id)
      const name = JSON.stringify(query)
      expect(found, name).toEqual(idsOf(query).slice(0, 100))
      expect(countQueue(db, query), name).toBe(idsOf(query).length)
    }
  })

  test('P6: for a word that is in all walks the queue; for one that is in few it does not', () => {
    const plans = (query: Partial<QueueQuery>) => planOf({ search: '', status: 'all', sort: 'due', ...query })
    for (const query of [{ search: 'common' }, { address: 'common.example' }]) {
      expect(plans(query)).toContain('SCAN takedowns USING INDEX takedowns_due_rank')
      expect(plans(query)).not.toContain('TEMP B-TREE FOR ORDER BY')
    }
    for (const search of ['rare', 'common rare']) {
      expect(plans({ search })).toContain('SEARCH takedowns USING INTEGER PRIMARY KEY')
    }
  })
})

/** How SQLite goes about reading that part of the queue. */
function planOf(query: QueueQuery): string {
  const prepare = vi.spyOn(db.$client, 'prepare')
  readQueue(db, query)
  const statement = prepare.mock.calls.map(([text]) => text).find((text) => text.includes('order by'))
  prepare.mockRestore()
  const values = (statement?.match(/\?/g) ?? []).map(() => 1)
  const rows = db.$client.prepare(`EXPLAIN QUERY PLAN ${statement}`).all(...values)
  return rows.map((row) => JSON.stringify(row)).join('\n')
}
