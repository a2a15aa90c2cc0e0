import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished, vi } from 'vitest'
import { hashPassword } from '../../src/staff/password.ts'
import { openLimits } from '../../src/web/limits.ts'
import { temporaryFolder } from '../outbox/rig.ts'
import { readPage } from '../support/read-page.ts'
import { staffPassword, testApp } from '../support/test-app.ts'

/** Counters whose disk refuses everything, as a damaged or full one does. */
async function limitsThatCannotCount() {
  const path = join(temporaryFolder(), 'limits.sqlite')
  const limits = openLimits(path, { submissions: 2, submissionsOverall: 100 })
  onTestFinished(() => limits.close())
  const client = new Sqlite(path)
  onTestFinished(() => void client.close())
  const tables = () => client.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all()
  // They are made in the background.
  await vi.waitFor(() => expect(tables().length).toBeGreaterThanOrEqual(7))
  for (const table of tables()) client.exec(`DROP TABLE ${table}`)
  return limits
}

it('P14, P16: where nothing can be counted on disk, guesses are counted all the same, and claimants get through', async () => {
  const { signIns, signInsOfClient, signInsOfAccount, codesOfAccount, keyMisses, submissions } =
    await limitsThatCannotCount()
  for (const [limit, most] of [
    [signIns, 10],
    [signInsOfClient, 60],
    [signInsOfAccount, 100],
    [codesOfAccount, 20],
    [keyMisses, 60],
  ] as const) {
    for (let nth = 0; nth < most; nth++) expect(await limit.take('somebody')).toBeNull()
    expect(await limit.take('somebody')).toEqual(expect.any(Number))
    expect(await limit.take('somebody else')).toBeNull()
  }
  for (let nth = 0; nth < 5; nth++) expect(await submissions.take('somebody')).toBeNull()
})

/** Two passwords are hashed and a hundred wait, for as long as the test lasts. */
function crowd() {
  let isOver = false
  let hashed = 0
  const people = Array.from({ length: 102 }, async () => {
    for (; !isOver; hashed++) await hashPassword('a password of somebody')
  })
  const end = async () => {
    isOver = true
    await Promise.all(people)
  }
  onTestFinished(end)
  return { hashed: () => hashed, end }
}

it('P6, P16: whoever comes while too many passwords are looked at is told when to come back, and it was no guess', async () => {
  const app = await testApp()
  await app.signIn({ email: 'staff@example.org' })
  const signIn = (language: string) =>
    app.post('/staff/sign-in', new URLSearchParams({ email: 'staff@example.org', password: staffPassword }), {
      'accept-language': language,
    })
  const { end } = crowd()
  for (const [language, words] of [
    ['ar', 'عذرًا، لا يمكننا'],
    ['he', 'מצטערים, איננו'],
    ['en', 'Sorry, we cannot'],
  ] as const) {
    for (let nth = 0; nth < 5; nth++) {
      const answer = await signIn(language)
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30'])
      expect((await readPage(answer)).text).toContain(words)
    }
  }
  await end()
  expect((await signIn('en')).status).toBe(303)
})

it('P6: uploads go on while passwords are looked at', async () => {
  const app = await testApp()
  await app.submit()
  const { hashed } = crowd()
  await app.submit({ pages: ['https://ashams.com/articles/2'] })
  // Among the same threads a single file would wait behind a hundred of them.
  expect(hashed()).toBeLessThan(300)
})
