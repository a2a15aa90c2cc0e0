import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
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
  const account = { email: 'new@example.org', name: 'اسم للمثال', role: 'admin', locale: 'ar' }
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
  ]) {
    const { code, err } = await cli(dataDir, words, staffPassword)
    expect({ words, code }).toEqual({ words, code: 2 })
    expect(err).not.toBe('')
  }
  expect(await cli(dataDir, addWords, 'short')).toMatchObject({ code: 2 })
  expect(existsSync(dataDir)).toBe(false)
})

it('the help lists every command', async () => {
  const { code, out } = await cli('unused', ['--help'])
  expect(code).toBe(0)
  for (const command of ['staff add', 'staff list', 'staff set-password', 'staff disable']) {
    expect(out).toContain(command)
  }
})
