import { createServer, type RequestListener, type Server } from 'node:http'
import type { Config } from './config.ts'
import { mostOpenFiles } from './lib/open-files.ts'

/** With bounds on time, headers and connections: what no client may take from the others. */
export function createLimitedServer(): Server {
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

/** The public origin is known only once the server listens: who comes before the app is there waits for it. */
export function holdArrivals(server: Server): { release(): void } {
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

/** Resolves with where it listens, `http://127.0.0.1:3000`. */
export function listen(server: Server, { host, port }: Pick<Config, 'host' | 'port'>): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, mostWaiting, () => {
      const address = server.address()
      const bound = typeof address === 'object' && address !== null ? address.port : port
      resolve(`http://${host.includes(':') ? `[${host}]` : host}:${bound}`)
    })
  })
}

/** Uploads under way get this long; systems send SIGKILL after 30 s. */
const graceMs = 20_000

/** Takes nothing new; what is under way finishes, or is cut off. */
export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  // A connection that has had its answer would be kept alive for a further request.
  const idle = setInterval(() => server.closeIdleConnections(), 50)
  const cutOff = setTimeout(() => server.closeAllConnections(), graceMs)
  await closed
  clearInterval(idle)
  clearTimeout(cutOff)
}
