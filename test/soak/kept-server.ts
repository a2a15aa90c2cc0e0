import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ServerProcess, startServerProcess } from '../support/server-process.ts'

/** The built server, started again whenever it was ended, always at the same address. */
export interface KeptServer {
  readonly origin: string
  /** The running process's id; null while there is none. */
  pid(): number | null
  kill(): Promise<void>
  /** SIGTERM; its exit code and how long it took. */
  stop(): Promise<{ code: number | NodeJS.Signals | null; seconds: number }>
  start(): Promise<void>
  /** What the processes wrote that was not JSON of level info or warn. */
  readonly noise: string[]
  readonly refusedStarts: string[]
}

export async function keepServer(environment: Record<string, string>): Promise<KeptServer> {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const noise: string[] = []
  const refusedStarts: string[] = []
  let running: ServerProcess | null = null

  /** A start on a full disk may be refused: it is tried again, as a service manager does. */
  async function start() {
    for (;;) {
      const server = startServerProcess({ ...environment, PORT: String(port), BASE_URL: origin })
      try {
        await server.origin
        running = server
        return
      } catch {
        refusedStarts.push(server.output().slice(-300))
        await sleep(1000)
      }
    }
  }

  async function end(signal: NodeJS.Signals) {
    const server = running
    if (!server) return null
    running = null
    server.child.kill(signal)
    const code = await server.ended
    noise.push(...loudLines(server.output()))
    return code
  }

  return {
    origin,
    noise,
    refusedStarts,
    start,
    pid: () => running?.child.pid ?? null,
    kill: async () => void (await end('SIGKILL')),
    async stop() {
      const begun = performance.now()
      const code = await end('SIGTERM')
      return { code, seconds: (performance.now() - begun) / 1000 }
    },
  }
}

const loudLines = (output: string) =>
  output.split('\n').filter((line) => line !== '' && !line.startsWith(' ') && !line.startsWith('rightsdesk'))

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return address.port
}

/** An account that can sign in, made as an operator makes it. */
export function addAccount(dataDir: string, main: string, email: string, password: string) {
  execFileSync(
    process.execPath,
    [
      main,
      'staff',
      'add',
      '--email',
      email,
      '--name',
      'Example Staff',
      '--role',
      'admin',
      '--password-stdin',
    ],
    {
      input: password,
      env: { PATH: process.env.PATH, DATA_DIR: dataDir },
      stdio: ['pipe', 'ignore', 'inherit'],
    },
  )
}
