import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { secondFactors } from '../../src/db/schema.ts'
import { findAccount } from '../../src/staff/accounts.ts'
import { hasSecondFactor } from '../../src/staff/second-factor.ts'
import { staffEventsOf } from '../../src/staff/staff-events.ts'
import { cli } from '../support/cli.ts'
import { staffPassword, testApp } from '../support/test-app.ts'

const addWords = [
  'staff',
  'add',
  '--email',
  'New@Example.org',
  '--name',
  'اسم للمثال',
  '--role',
  'admin',
  '--password-stdin',
]

it('an account added beside a running server can sign in at once', async () => {
  const app = await testApp()
  const added = await cli(app.dataDir, addWords, `${staffPassword}\n`)
  expect(added).toMatchObject({ code: 0, err: '' })
  const body = new URLSearchParams({ email: 'new@example.org', password: staffPassword })
  expect((await app.post('/staff/sign-in', body)).status).toBe(303)
  const listed = await cli(app.dataDir, ['staff', 'list', '--json'])
  const account = { email: 'new@example.org', name: 'اسم للمثال', role: 'admin', locale: 'ar', id: 1 }
  expect(JSON.parse(listed.out)).toEqual([account])
  expect(await cli(app.dataDir, addWords, staffPassword)).toMatchObject({ code: 1, out: '' })
})

it('wrong words end with 2, say what is wrong and make nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rightsdesk-cli-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const dataDir = join(folder, 'data')
  for (const words of [
    ['no', 'such'],
    ['staff', 'add', '--email', 'a@example.org'],
    ['staff', 'add', '--email', 'nobody', '--name', 'N', '--role', 'king', '--password-stdin'],
    ['staff', 'add', '--unknown'],
    ['staff', 'disable'],
    [...addWords, '--first-password'],
    ['staff', 'set-password', '--email', 'a@example.org'],
  ]) {
    const { code, err } = await cli(dataDir, words, staffPassword)
    expect({ words, code }).toEqual({ words, code: 2 })
    expect(err).not.toBe('')
  }
  for (const [password, reason] of [
    ['short', '12 characters'],
    ['qwerty123456', 'others would try'],
  ] as const)
    expect(await cli(dataDir, addWords, password)).toMatchObject({
      code: 2,
      err: expect.stringContaining(reason),
    })
  expect(existsSync(dataDir)).toBe(false)
}, 60_000)

it('the help lists every command', async () => {
  const { code, out } = await cli('unused', ['--help'])
  expect(code).toBe(0)
  for (const command of [
    'staff add',
    'staff list',
    'staff set-password',
    'staff disable',
    'staff reset-second-factor',
  ]) {
    expect(out).toContain(command)
  }
})

it('P14: the operator takes a second factor away, which stays on record', async () => {
  const app = await testApp()
  await app.signIn({ email: 'one@example.org' })
  const { db } = app.services
  const id = findAccount(db, 'one@example.org')?.id ?? 0
  const words = ['staff', 'reset-second-factor', '--email', 'one@example.org']
  expect(await cli(app.dataDir, words)).toMatchObject({
    code: 1,
    err: expect.stringContaining('no second factor'),
  })
  db.insert(secondFactors).values({ staffId: id, sealedSecret: 'x', lastStep: 0, setAt: 0 }).run()
  expect(await cli(app.dataDir, words)).toMatchObject({ code: 0 })
  expect(hasSecondFactor(db, id)).toBe(false)
  expect(staffEventsOf(db, id)[0]).toMatchObject({ type: 'second_factor_removed', byStaffId: null })
})

it('P14: a password set by the operator is not made of the name, and ends the sessions', async () => {
  const app = await testApp()
  const cookie = await app.signIn({ email: 'one@example.org', name: 'Zebra Kettle' })
  const words = ['staff', 'set-password', '--email', 'one@example.org', '--password-stdin']
  const isIn = async () => (await app.get('/staff', { cookie })).status === 200
  expect(await cli(app.dataDir, words, 'zebra kettle 9')).toMatchObject({ code: 2 })
  expect(await isIn()).toBe(true)
  expect(await cli(app.dataDir, words, 'four lemons under a bridge')).toMatchObject({ code: 0 })
  expect(await isIn()).toBe(false)
})

it('P14: a first password made by the operator is shown, lets in and has to be changed; a chosen one has not', async () => {
  const app = await testApp()
  const words = ['staff', 'add', '--email', 'one@example.org', '--name', 'One', '--first-password']
  const opensAt = async (password: string) => {
    const body = new URLSearchParams({ email: 'one@example.org', password })
    const answer = await app.post('/staff/sign-in', body)
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    return (await app.get('/staff', { cookie })).headers.get('location')
  }
  const madeBy = async (out: Promise<{ code: number | null; out: string }>) => {
    const { code, out: said } = await out
    expect(code).toBe(0)
    return /^first password: (\S{35})$/m.exec(said)?.[1] ?? ''
  }
  const first = await madeBy(cli(app.dataDir, words))
  const second = await madeBy(
    cli(app.dataDir, ['staff', 'set-password', '--email', 'one@example.org', '--first-password']),
  )
  expect(await opensAt(second)).toBe('/staff/settings/password')
  expect(await opensAt(first)).toBe('/staff/sign-in?next=%2Fstaff')
  const chosen = ['staff', 'set-password', '--email', 'one@example.org', '--password-stdin']
  expect(await cli(app.dataDir, chosen, staffPassword)).toMatchObject({ code: 0 })
  expect(await opensAt(staffPassword)).toBeNull()
})
