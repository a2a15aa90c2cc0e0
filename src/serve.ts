import { join } from 'node:path'
import { createApp } from './app.ts'
import type { Config } from './config.ts'
import { openData } from './data-directory.ts'
import { lockProcess } from './db/process-lock.ts'
import { closeServer, createLimitedServer, holdArrivals, listen } from './http-server.ts'
import type { Clock } from './lib/clock.ts'
import type { Logger } from './lib/logger.ts'
import { makeDirectory } from './lib/make-directory.ts'
import { closeToOthers } from './lib/private-files.ts'
import { createServices, type Services } from './services.ts'

export interface Running {
  /** Where the server listens, `http://127.0.0.1:3000`. */
  readonly listening: string
  readonly services: Services
  /** Takes nothing new; what is under way finishes, or is cut off. */
  stop(): Promise<void>
}

/**
 * Opens the data directory and serves. Throws before anything is listened on when the directory is in use
 * (AlreadyRunning) or its database is not to be opened (DatabaseRefused).
 */
export async function serve(config: Config, clock: Clock, logger: Logger): Promise<Running> {
  makeDirectory(config.dataDir)
  const lock = lockProcess(join(config.dataDir, 'process.lock'))
  const closed = closeToOthers(config.dataDir)
  if (closed.length > 0) logger.warn({ files: closed }, 'files_were_open_to_others')
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
