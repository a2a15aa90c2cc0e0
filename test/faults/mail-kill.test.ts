import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { inOnePiece, keepArrivingMail } from '../../src/actions/keep-mail.ts'
import { temporaryFolder } from '../outbox/rig.ts'
import { jpegOf } from '../support/images.ts'
import { killReader } from '../support/kill-reader.ts'
import { mailOf } from '../support/mail.ts'
import { startServerProcess } from '../support/server-process.ts'
import { createFaultyDisk } from './faulty-disk.ts'
import { preparedData } from './faulty-server.ts'

it('P15: the reader killed at any moment over 500 mails, each is kept once, made a takedown once and answered once', () =>
  killReader({ total: 500, withPage: 180, kills: 12 }))

it('P15: a mail that is in hand at six kills, and then while the disk hangs longer than a mail may take, becomes its takedown', async () => {
  const dataDir = await preparedData(async ({ services }) => {
    const { db, evidence, clock, mailReading } = services
    await mailReading.stop()
    const raw = await mailOf({ attachments: [{ filename: 'shot.jpg', content: await jpegOf(320, 240) }] })
    const arriving = { raw: inOnePiece(raw), door: 'pipe', takenInAt: clock.now(), place: null } as const
    await keepArrivingMail(db, evidence, arriving, clock.now())
  })
  const client = new Sqlite(join(dataDir, 'takedowns.sqlite'))
  onTestFinished(() => void client.close())
  const mail = client.prepare('SELECT standing, attempts FROM incoming_messages')
  const disk = createFaultyDisk(temporaryFolder(), dataDir)
  const start = () => {
    const environment = { DATA_DIR: dataDir, LOG_LEVEL: 'fatal', CANARY_HOURS: '0', ...disk.environment }
    const server = startServerProcess(environment)
    onTestFinished(() => void server.child.kill('SIGKILL'))
    return server
  }
  disk.order({ act: 'hang', call: 'fsync', path: 'evidence/incoming/', last: 1_000_000 })
  for (let kill = 0; kill < 6; kill++) {
    const server = start()
    await server.origin
    await expect.poll(() => mail.get()).toEqual({ standing: 'kept', attempts: 1 })
    await sleep(300)
    server.child.kill('SIGKILL')
    await server.ended
  }
  const last = start()
  await last.origin
  await expect.poll(() => mail.get()).toEqual({ standing: 'kept', attempts: 2 })
  await sleep(25_000)
  expect(mail.get(), 'the disk is to blame').toEqual({ standing: 'kept', attempts: 1 })
  disk.relent()
  await expect.poll(() => mail.get(), { timeout: 60_000 }).toEqual({ standing: 'takedown', attempts: 2 })
  last.child.kill('SIGTERM')
  expect(await last.ended).toBe(0)
})
