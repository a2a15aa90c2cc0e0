import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import { join } from 'node:path'
import { createApp } from './app.ts'
import type { Config } from './config.ts'
import { DatabaseRefused, type Db, openDatabase } from './db/open.ts'
import { lockProcess } from './db/process-lock.ts'
import type { Clock } from './lib/clock.ts'
import { createDiskSpace, type DiskSpace } from './lib/disk-space.ts'
import type { Logger } from './lib/logger.ts'
import { makeDirectory } from './lib/make-directory.ts'
import { createServices, type Services } from './services.ts'

export interface Running {
  /** Where the server listens, `http://127.0.0.1:3000`. */
  readonly listening: string
  readonly services: Services
  /** Takes nothing new; what is under way finishes, or is cut off after `graceMs`. */
  stop(): Promise<void>
}

/** Uploads under way get this long; systems send SIGKILL after 30 s. */
const graceMs = 20_000

/**
 * Opens the data directory and serves. Throws before anything is listened on when the directory is in use
 * (AlreadyRunning) or its database is not to be opened (DatabaseRefused).
 */
export async function serve(config: Config, clock: Clock, logger: Logger): Promise<Running> {
  makeDirectory(config.dataDir)
  const lock = lockProcess(join(config.dataDir, 'process.lock'))
  const { disk, db } = await openData(config).catch((error: unknown) => {
    lock.release()
    throw error
  })
  const server = createLimitedServer()
  const arrivals = holdArrivals(server)
  const listening = await listen(server, config)
  const origin = config.baseUrl ?? listening
  const services = await createServices(config, { db, disk, clock, logger, origin, listening })
  server.on('request', createApp(services))
  arrivals.release()
  return {
    listening,
    services,
    async stop() {
      // Mail ends beside the requests: one after the other, both graces would last longer than systems wait.
      await Promise.all([closeServer(server), services.stopMail()])
      await services.stop()
      db.$client.close()
      lock.release()
    },
  }
}

/** The reserve goes first: on a full disk the database could not be opened. */
async function openData(config: Config): Promise<{ disk: DiskSpace; db: Db }> {
  const disk = diskOf(config)
  await disk.giveUpWhenFull()
  return { disk, db: openDatabaseOf(config.dataDir) }
}

const diskOf = ({ dataDir, limits }: Config): DiskSpace =>
  createDiskSpace(dataDir, {
    floorBytes: limits.minFreeBytes,
    warnBytes: limits.warnFreeBytes,
    reserveBytes: limits.reserveBytes,
  })

/** Evidence without its database is a lost database: starting empty would make strangers of every file. */
function openDatabaseOf(dataDir: string): Db {
  const path = join(dataDir, 'takedowns.sqlite')
  const originals = join(dataDir, 'evidence', 'originals')
  const isThere = existsSync(path) && statSync(path).size > 0
  if (!isThere && existsSync(originals) && readdirSync(originals).length > 0) {
    throw new DatabaseRefused(
      `${path} is missing or empty, but evidence is there. Restore the database from a backup.`,
    )
  }
  return openDatabase(path)
}

function createLimitedServer(): Server {
  const server = createServer({
    headersTimeout: 15_000,
    requestTimeout: 120_000,
    connectionsCheckingInterval: 5_000,
    keepAliveTimeout: 10_000,
    maxHeaderSize: 16 * 1024,
  })
  server.maxConnections = mostConnections()
  return server
}

/** Connections never take the last file descriptors: files, the image process and the way to the mail server need theirs. */
function mostConnections(): number {
  const files = mostOpenFiles()
  return Math.min(20_000, Math.max(Math.floor(files / 2), files - 1024))
}

/** Linux tells it as text; where nobody tells, the common limit is far above what is needed. */
function mostOpenFiles(): number {
  try {
    const limits = readFileSync('/proc/self/limits', 'utf8')
    return Number(/^Max open files +(\d+)/m.exec(limits)?.[1] ?? Number.POSITIVE_INFINITY)
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

/** The public origin is known only once the server listens: who comes before the app is there waits for it. */
function holdArrivals(server: Server): { release(): void } {
  const early: Parameters<RequestListener>[] = []
  const hold: RequestListener = (req, res) => void early.push([req, res])
  server.on('request', hold)
  return {
    release() {
      server.off('request', hold)
      for (const [req, res] of early) server.emit('request', req, res)
    },
  }
}

/** Connections that wait to be taken: at Node's 511 a burst of them makes an honest client try again only a second later. */
const mostWaiting = 4096

function listen(server: Server, { host, port }: Config): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, mostWaiting, () => {
      const address = server.address()
      const bound = typeof address === 'object' && address !== null ? address.port : port
      resolve(`http://${host.includes(':') ? `[${host}]` : host}:${bound}`)
    })
  })
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  // A connection that has had its answer would be kept alive for a further request.
  const idle = setInterval(() => server.closeIdleConnections(), 50)
  const cutOff = setTimeout(() => server.closeAllConnections(), graceMs)
  await closed
  clearInterval(idle)
  clearTimeout(cutOff)
}
