import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import { temporaryFolder } from '../outbox/rig.ts'
import { startServerProcess } from '../support/server-process.ts'
import { type AppClient, startTestApp } from '../support/test-app.ts'
import { type Books, booksOf } from './books.ts'
import { createFaultyDisk, type FileCall } from './faulty-disk.ts'

/** A data directory with one submission in it whose letters have gone, and what `more` does, left as a stop leaves it. */
export async function preparedData(more = async (_app: AppClient) => {}): Promise<string> {
  const dataDir = join(temporaryFolder(), 'data')
  const app = await startTestApp({ CANARY_HOURS: '0' }, { dataDir })
  await app.submit()
  await app.letters(2)
  await more(app)
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
  return {
    dataDir,
    disk,
    server,
    origin: await server.origin,
    /** The server has done what it does at its start, and writes nothing by itself. */
    async still() {
      for (let seen = -1; seen !== 0; seen = disk.calls().length) {
        disk.order({ act: 'watch' })
        await sleep(1500)
      }
    },
  }
}

/**
 * Read through a connection of its own each time: one that stays open remembers parts of the search index (FTS5), and
 * calls it damaged when the server has written meanwhile.
 */
export function booksIn(dataDir: string): Books {
  const client = new Sqlite(join(dataDir, 'takedowns.sqlite'), { readonly: true })
  try {
    return booksOf(client, dataDir)
  } finally {
    client.close()
  }
}

/** Of the calls of one submission those up to the sync that ends its commit: workers commit too, before and after. */
export function untilCommit(calls: readonly FileCall[]): FileCall[] {
  const isKept = ({ call, path }: FileCall) => call === 'rename' && path.startsWith('evidence/originals/')
  const kept = calls.findIndex(isKept)
  const isLog = ({ path }: FileCall) => path === 'takedowns.sqlite-wal'
  // A log that begins anew has its header synced first, which is one write.
  const isCommit = ({ call }: FileCall, index: number) =>
    call === 'fsync' && calls.slice(kept, index).filter(isLog).length > 2
  const commit = calls.findIndex((call, index) => index > kept && isLog(call) && isCommit(call, index))
  if (kept === -1 || commit === -1) throw new Error('no file was kept, or no commit synced')
  return calls.slice(0, commit + 1)
}
