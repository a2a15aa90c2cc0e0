import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { seedDesk } from './desk-seed.ts'
import type { Measured } from './load-messages.ts'
import type { LoadProcess } from './load-process.ts'
import { openStatus } from './pages.ts'
import { startProduct } from './servers.ts'
import type { Plan } from './uploads.ts'

export interface DeskResult {
  readonly takedowns: number
  readonly pages: readonly { readonly what: string; readonly measured: Measured }[]
}

export const deskSizes = [1_000, 100_000, 1_000_000]
const measureMs = 3000

/** Whole answers over HTTP at one size of the database: of pages, to one reader; of forms, to eight claimants at once. */
export async function measureDesk(load: LoadProcess, takedowns: number, plan: Plan): Promise<DeskResult> {
  const dataDir = join(plan.directory, `desk-${takedowns}`)
  await mkdir(dataDir, { recursive: true })
  const { token, reference } = seedDesk(dataDir, takedowns)
  const server = await startProduct(plan.server, dataDir)
  const paths = {
    'what needs me now': '/staff',
    queue: '/staff/takedowns',
    'queue, all, newest first': '/staff/takedowns?status=all&sort=received',
    'search for a reference': `/staff/takedowns?status=all&q=${reference.slice(3)}`,
    'search for a phone': '/staff/takedowns?status=all&q=0510000000',
    'search for a rare name': '/staff/takedowns?status=all&q=needle',
    'one takedown': `/staff/takedowns/${reference}`,
  }
  try {
    const { origin } = server
    const cookie = `session=${token}`
    const look = (path: string) =>
      load.run({ kind: 'pages', origin, path, cookie, pauseMs: 2, ms: measureMs })
    // Compiled, and what is read often is in memory.
    for (const path of Object.values(paths)) await look(path)
    const pages = []
    for (const [what, path] of Object.entries(paths)) pages.push({ what, measured: await look(path) })
    const claimant = await openStatus(load, server)
    for (const [what, page] of Object.entries({
      form: { path: '/ar', cookie: '' },
      'status page': claimant,
    })) {
      const see = () => load.run({ kind: 'pages', origin, ...page, pauseMs: 2, ms: measureMs })
      await see()
      pages.push({ what, measured: await see() })
    }
    const submit = () =>
      load.run({ kind: 'uploads', origin, path: server.path, picture: 'jpeg', concurrency: 8, ms: measureMs })
    await submit()
    pages.push({ what: 'submission, JPEG 40 kB, 8 at once', measured: await submit() })
    return { takedowns, pages }
  } finally {
    await server.end()
  }
}
