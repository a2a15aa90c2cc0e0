import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { incomingMessages, outgoingMessages, takedowns } from '../../src/db/schema.ts'
import { systemClock } from '../../src/lib/clock.ts'
import { cli } from '../support/cli.ts'
import { mailOf } from '../support/mail.ts'
import { startTestApp, stopTestApp } from '../support/test-app.ts'

async function runningApp() {
  const app = await startTestApp({}, { clock: systemClock })
  onTestFinished(() => stopTestApp(app))
  return app
}

async function folderOf() {
  const folder = await mkdtemp(join(tmpdir(), 'rightsdesk-mail-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

it('keeps a mail from a pipe beside a running server, which makes the takedown', async () => {
  const app = await runningApp()
  expect(await cli(app.dataDir, ['inbox', 'file', '-'], await mailOf())).toMatchObject({ code: 0 })
  const rows = () => app.services.db.select().from(takedowns).all()
  await vi.waitFor(() => expect(rows()).toHaveLength(1), { timeout: 15_000 })
  expect(rows()[0]?.source).toBe('email')
})

it('keeps what is no mail and says 65, and says 75 where nothing can be kept', async () => {
  const app = await runningApp()
  expect(await cli(app.dataDir, ['inbox', 'file', '-'], 'not a mail at all')).toMatchObject({ code: 65 })
  expect(app.services.db.select().from(incomingMessages).all()).toHaveLength(1)
  const folder = await folderOf()
  expect(await cli(app.dataDir, ['inbox', 'file', join(folder, 'missing.eml')])).toMatchObject({ code: 75 })
  await chmod(folder, 0o500)
  const blocked = process.getuid?.() === 0 ? '/proc/nowhere' : join(folder, 'data')
  expect(await cli(blocked, ['inbox', 'file', '-'], await mailOf())).toMatchObject({ code: 75 })
  await chmod(folder, 0o700)
})

it('imports an mbox and a Maildir, sends no letter, and goes on where it stopped', async () => {
  const app = await runningApp()
  const folder = await folderOf()
  const mails = await Promise.all(
    [1, 2, 3].map((n) =>
      mailOf({
        from: `p${n}@example.org`,
        text: `https://ashams.com/articles/${n}\n\nFrom here on it is quoted.`,
      }),
    ),
  )
  const mbox = mails
    .map(
      (mail) =>
        `From p@example.org Mon Nov  2 10:00:00 2020\n${mail
          .toString('latin1')
          .replaceAll('\r\n', '\n')
          .replace(/^From (?=here)/gm, '>From ')}\n\n`,
    )
    .join('')
  await writeFile(join(folder, 'past.mbox'), mbox, 'latin1')
  const first = await cli(app.dataDir, ['inbox', 'import', join(folder, 'past.mbox')])
  expect(first).toMatchObject({ code: 0, out: expect.stringContaining('3 kept, 0 known') })
  const again = await cli(app.dataDir, ['inbox', 'import', join(folder, 'past.mbox')])
  expect(again.out).toContain('0 kept, 3 known')
  for (const part of ['cur', 'new', 'tmp']) await mkdir(join(folder, 'dir', part), { recursive: true })
  await writeFile(
    join(folder, 'dir/cur/1:2,S'),
    await mailOf({ from: 'q@example.org', text: 'https://ashams.com/articles/9' }),
  )
  expect((await cli(app.dataDir, ['inbox', 'import', join(folder, 'dir')])).out).toContain('1 kept')
  const { db } = app.services
  await vi.waitFor(() => expect(db.select().from(takedowns).all()).toHaveLength(4), { timeout: 15_000 })
  expect(db.select().from(outgoingMessages).all()).toEqual([])
  expect(db.select().from(takedowns).all()[0]?.receivedAt).toBe(Date.parse('Mon Nov  2 10:00:00 2020'))
  expect(db.select().from(takedowns).all()[0]?.statement).toContain('\nFrom here on')
})

it('refuses what is neither', async () => {
  const folder = await folderOf()
  await writeFile(join(folder, 'x.txt'), 'hello there')
  expect(await cli(join(folder, 'data'), ['inbox', 'import', join(folder, 'x.txt')])).toMatchObject({
    code: 1,
  })
  expect(await cli(join(folder, 'data'), ['inbox', 'import'])).toMatchObject({ code: 2 })
})
