import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { watchDrain } from './backlog.ts'
import type { Measured } from './load-messages.ts'
import type { LoadProcess } from './load-process.ts'
import { usageOf } from './process-tree.ts'
import { type BenchServer, startProduct } from './servers.ts'
import type { Plan } from './uploads.ts'

export interface PagesResult {
  readonly restBytes: number
  readonly restAfterLoadBytes: number | null
  /** Whole answers over HTTP, with nothing else going on. */
  readonly form: Measured
  readonly status: Measured
  readonly statusUnderLoad: Measured
  readonly uploadsMeanwhile: Measured
}

/** The image processes end when they had nothing to do for 30 s. */
const untilAtRestMs = 32_000

/** How fast pages are with nothing else to do, and while eight clients send screenshots; and what memory is held. */
export async function measurePages(
  load: LoadProcess,
  readers: LoadProcess,
  plan: Plan,
  { restAfterLoad }: { restAfterLoad: boolean },
): Promise<PagesResult> {
  const server = await startProduct(plan.server, join(plan.directory, 'pages'))
  try {
    await sleep(1500)
    const restBytes = usageOf(server.pid).residentBytes
    const { origin } = server
    const look = (path: string, cookie: string, pauseMs: number) =>
      readers.run({ kind: 'pages', origin, path, cookie, pauseMs, ms: 2000 })
    const status = await openStatus(load, server)
    await look('/ar', '', 0)
    const form = await look('/ar', '', 2)
    await look(status.path, status.cookie, 0)
    const statusAtRest = await look(status.path, status.cookie, 2)
    const ms = plan.seconds * 1000
    const [uploadsMeanwhile, statusUnderLoad] = await Promise.all([
      load.run({ kind: 'uploads', origin, path: server.path, picture: 'png', concurrency: 8, ms }),
      readers.run({ kind: 'pages', origin, ...status, pauseMs: 10, ms }),
    ])
    const restAfterLoadBytes = restAfterLoad ? await atRestAgain(server) : null
    return { restBytes, restAfterLoadBytes, form, status: statusAtRest, statusUnderLoad, uploadsMeanwhile }
  } finally {
    await server.end()
  }
}

/** Sends one takedown and opens its status page: its path, and the cookie for it. */
export async function openStatus(load: LoadProcess, { origin, path }: BenchServer) {
  const sent = await load.run({ kind: 'uploads', origin, path, picture: 'png', concurrency: 1, ms: 1 })
  const answer = await fetch(new URL(sent.location, origin), { redirect: 'manual' })
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0]
  const place = answer.headers.get('location')
  if (!cookie || !place) throw new Error(`the status page did not open: ${answer.status}`)
  return { path: place, cookie }
}

async function atRestAgain(server: BenchServer): Promise<number> {
  await watchDrain(server.dataDir, 60)
  await sleep(untilAtRestMs)
  return usageOf(server.pid).residentBytes
}
