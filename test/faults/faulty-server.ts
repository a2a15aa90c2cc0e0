import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { temporaryFolder } from '../outbox/rig.ts'
import { startServerProcess } from '../support/server-process.ts'
import { startTestApp } from '../support/test-app.ts'
import { createFaultyDisk } from './faulty-disk.ts'

/** A data directory with one submission in it whose letters have gone, left as a stop leaves it. */
export async function preparedData(): Promise<string> {
  const dataDir = join(temporaryFolder(), 'data')
  const app = await startTestApp({ CANARY_HOURS: '0' }, { dataDir })
  await app.submit()
  await app.letters(2)
  await app.stop()
  return dataDir
}

/** The built server on a copy of `prepared`, on a disk that does what it is told. */
export async function startOnFaultyDisk(prepared: string, environment: Record<string, string> = {}) {
  const folder = temporaryFolder()
  const dataDir = join(folder, 'data')
  await cp(prepared, dataDir, { recursive: true })
  const disk = createFaultyDisk(folder, dataDir)
  const server = startServerProcess({
    DATA_DIR: dataDir,
    LOG_LEVEL: 'fatal',
    CANARY_HOURS: '0',
    ...environment,
    ...disk.environment,
  })
  onTestFinished(async () => {
    server.child.kill('SIGKILL')
    await server.ended
  })
  return { dataDir, disk, server, origin: await server.origin }
}
