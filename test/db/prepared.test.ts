import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { type Db, openDatabase } from '../../src/db/open.ts'
import { insertReturning, insertRow, insertUnlessThere, prepared } from '../../src/db/prepared.ts'
import { staff, staffSessions } from '../../src/db/schema.ts'

const open = (): Db => openDatabase(join(mkdtempSync(join(tmpdir(), 'prepared-')), 'takedowns.sqlite'))

const person = (email: string) =>
  ({ email, name: 'مثال', role: 'editor', locale: 'ar', passwordHash: '-', createdAt: 1 }) as const

const staffByEmail = prepared((tx) =>
  tx
    .select()
    .from(staff)
    .where(eq(staff.email, sql.placeholder('email')))
    .prepare(),
)

test('a prepared query belongs to the database it was built for', () => {
  const [here, there] = [open(), open()]
  insertRow(here, staff, person('a@example.org'))
  insertRow(there, staff, person('b@example.org'))
  expect(staffByEmail(here).get({ email: 'a@example.org' })?.name).toBe('مثال')
  expect(staffByEmail(there).get({ email: 'a@example.org' })).toBeUndefined()
  expect(staffByEmail(there).get({ email: 'b@example.org' })?.disabledAt).toBeNull()
})

test('a prepared query and insert run inside the open transaction, and are undone with it', () => {
  const db = open()
  const broken = () =>
    db.transaction((tx) => {
      insertRow(tx, staff, person('a@example.org'))
      expect(staffByEmail(tx).get({ email: 'a@example.org' })).toBeDefined()
      throw new Error('undone')
    })
  expect(broken).toThrow('undone')
  expect(staffByEmail(db).get({ email: 'a@example.org' })).toBeUndefined()
})

test('rows with other columns get a statement of their own, defaults included', () => {
  const db = open()
  const first = insertReturning(db, staff, person('a@example.org'))
  const second = insertReturning(db, staff, { ...person('b@example.org'), disabledAt: 7 })
  expect([first.disabledAt, second.disabledAt]).toEqual([null, 7])
  expect(second.id).toBeGreaterThan(first.id)
})

test('what must be new is left out where it is there, and only then', () => {
  const db = open()
  const { id } = insertReturning(db, staff, person('a@example.org'))
  insertUnlessThere(db, staff, staff.email, { ...person('a@example.org'), name: 'again' })
  expect(staffByEmail(db).get({ email: 'a@example.org' })?.name).toBe('مثال')
  const session = { tokenHash: 'x', staffId: id + 1, createdAt: 1, lastSeenAt: 1 }
  expect(() => insertUnlessThere(db, staffSessions, staffSessions.tokenHash, session)).toThrow('FOREIGN KEY')
})
