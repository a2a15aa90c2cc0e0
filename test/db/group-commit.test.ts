import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createGroupCommit, type GroupCommit } from '../../src/db/group-commit.ts'

let path: string
let client: Sqlite.Database
let commit: GroupCommit

beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'group-commit-')), 'db.sqlite')
  client = new Sqlite(path, { timeout: 20 })
  client.pragma('journal_mode = WAL')
  client.exec('CREATE TABLE notes (text TEXT PRIMARY KEY)')
  commit = createGroupCommit({ $client: client })
})
afterEach(() => {
  client.close()
})

const write = (text: string) => () => {
  client.prepare('INSERT INTO notes VALUES (?)').run(text)
  return text.toUpperCase()
}
/** As another process sees it: only what is committed. */
function committed(): unknown[] {
  const other = new Sqlite(path, { readonly: true })
  const rows = other.prepare('SELECT text FROM notes ORDER BY text').pluck().all()
  other.close()
  return rows
}

test('acts of one turn are committed together, each with its own result', async () => {
  let commits = 0
  const counting = new Sqlite(path, { verbose: (sql) => sql === 'COMMIT' && commits++ })
  const together = createGroupCommit({ $client: counting })
  const insert = (text: string) => () => counting.prepare('INSERT INTO notes VALUES (?)').run(text).changes
  expect(await Promise.all(['a', 'b', 'c'].map((text) => together(insert(text))))).toEqual([1, 1, 1])
  expect(commits).toBe(1)
  expect(committed()).toEqual(['a', 'b', 'c'])
  counting.close()
})

test('in a crowd the first act waits for those that follow it, as long as commits are costly', async () => {
  let commits = 0
  const slow = new Sqlite(path, {
    verbose: (sql) => {
      if (sql !== 'COMMIT') return
      commits++
      for (const until = performance.now() + 20; performance.now() < until; );
    },
  })
  const gathering = createGroupCommit({ $client: slow }, { othersOnTheirWay: () => 10 })
  const insert = (text: string) => () => slow.prepare('INSERT INTO notes VALUES (?)').run(text)
  // Until it knows the disk.
  for (let n = 0; n < 16; n++) await gathering(insert(`before ${n}`))
  commits = 0
  const first = gathering(insert('first'))
  await sleep(12)
  await Promise.all([first, gathering(insert('second'))])
  expect(commits).toBe(1)
  slow.close()
})

test('P1: nobody is told before it is on disk', async () => {
  const seen = await Promise.all([commit(write('a')).then(committed), commit(write('b')).then(committed)])
  expect(seen).toEqual([
    ['a', 'b'],
    ['a', 'b'],
  ])
})

test('an act that throws leaves nothing behind and costs the others nothing', async () => {
  const failing = commit(() => {
    write('half')()
    throw new Error('no')
  })
  const results = await Promise.allSettled([
    commit(write('a')),
    failing,
    commit(write('a')),
    commit(write('b')),
  ])
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
  expect(committed()).toEqual(['a', 'b'])
})

test('P1: where SQLite rolls everything back, all are told that nothing was written', async () => {
  const rollsBack = commit(() => {
    client.exec("INSERT OR ROLLBACK INTO notes VALUES ('b')")
    client.exec("INSERT OR ROLLBACK INTO notes VALUES ('b')")
  })
  const results = await Promise.allSettled([commit(write('a')), rollsBack, commit(write('c'))])
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(committed()).toEqual([])
  expect(await commit(write('d'))).toBe('D')
})

test('while another holds the database all fail as busy, and later ones go through', async () => {
  const other = new Sqlite(path)
  other.exec('BEGIN IMMEDIATE')
  await expect(Promise.all([commit(write('a')), commit(write('b'))])).rejects.toMatchObject({
    code: 'SQLITE_BUSY',
  })
  other.exec('ROLLBACK')
  other.close()
  expect(await commit(write('a'))).toBe('A')
  expect(committed()).toEqual(['a'])
})
