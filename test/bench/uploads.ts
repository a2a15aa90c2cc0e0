import { join } from 'node:path'
import { type Drain, watchDrain } from './backlog.ts'
import type { Measured } from './load-messages.ts'
import type { LoadProcess } from './load-process.ts'
import { usageOf } from './process-tree.ts'
import { type BenchServer, startBare, startProduct } from './servers.ts'
import { slowDisk } from './slow-disk.ts'

export interface Case {
  readonly picture: 'png' | 'jpeg'
  readonly concurrency: number
  /** Every sync takes five milliseconds longer. */
  readonly isSlowDisk: boolean
}

/** The product, and what it is measured against (bare-handler.ts); of these the first shows what one process can give here. */
export const handlers = ['product', 'bare + decode, shared', 'bare + decode', 'bare'] as const
export type Handler = (typeof handlers)[number]

export interface Round extends Measured {
  /** Of the handler's whole process tree, over this round. */
  readonly cpuMs: number
  readonly mostResidentBytes: number
}

export interface CaseResult {
  readonly case: Case
  readonly rounds: Readonly<Record<Handler, readonly Round[]>>
  readonly drain: Drain
}

export interface Plan {
  readonly directory: string
  /** The product's built server.js. */
  readonly server: string
  /** Per case and handler, all rounds together. */
  readonly seconds: number
  readonly rounds: number
  readonly drainSeconds: number
}

/** Until the engine has compiled what a submission runs through: by then the figures stand still. */
const warmUpMs = 12_000
const residentEveryMs = 100

export const nameOf = ({ picture, concurrency, isSlowDisk }: Case): string =>
  `${isSlowDisk ? 'slow-' : ''}${picture}-${concurrency}`

/**
 * One case: the handlers, freshly started, take turns for `rounds` rounds. While another has its turn the product
 * is frozen, because it goes on working after its answers: safe copies and letters count in its own turns only. It is never
 * frozen for longer than a picture may take, or its image processes would be given up and started anew.
 */
export async function measureCase(load: LoadProcess, one: Case, plan: Plan): Promise<CaseResult> {
  const directory = join(plan.directory, nameOf(one))
  const surroundings = one.isSlowDisk ? slowDisk(plan.directory) : {}
  const servers: Record<Handler, BenchServer> = {
    product: await startProduct(plan.server, join(directory, 'product'), surroundings),
    'bare + decode, shared': await startBare('shared', join(directory, 'shared'), surroundings),
    'bare + decode': await startBare('decode', join(directory, 'decode'), surroundings),
    bare: await startBare('nothing', join(directory, 'bare'), surroundings),
  }
  const { product } = servers
  const rounds: Record<Handler, Round[]> = {
    product: [],
    'bare + decode, shared': [],
    'bare + decode': [],
    bare: [],
  }
  try {
    for (const handler of handlers.toReversed()) await inTurn(load, servers[handler], product, one, warmUpMs)
    for (let round = 0; round < plan.rounds; round++) {
      for (const handler of handlers) {
        const ms = (plan.seconds * 1000) / plan.rounds
        rounds[handler].push(await inTurn(load, servers[handler], product, one, ms))
      }
    }
    product.thaw()
    return { case: one, rounds, drain: await watchDrain(product.dataDir, plan.drainSeconds) }
  } finally {
    for (const server of Object.values(servers)) await server.end()
  }
}

async function inTurn(
  load: LoadProcess,
  server: BenchServer,
  product: BenchServer,
  one: Case,
  ms: number,
): Promise<Round> {
  if (server === product) product.thaw()
  else product.freeze()
  const before = usageOf(server.pid)
  let most = before.residentBytes
  const watch = setInterval(() => {
    most = Math.max(most, usageOf(server.pid).residentBytes)
  }, residentEveryMs)
  const { origin, path } = server
  const measured = await load.run({
    kind: 'uploads',
    origin,
    path,
    picture: one.picture,
    concurrency: one.concurrency,
    ms,
  })
  clearInterval(watch)
  const { cpuMs } = usageOf(server.pid)
  if (server === product) product.freeze()
  return { ...measured, cpuMs: cpuMs - before.cpuMs, mostResidentBytes: most }
}
