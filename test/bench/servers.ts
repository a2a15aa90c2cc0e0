import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { projectRoot } from '../../src/lib/project-root.ts'
import { treeOf } from './process-tree.ts'

export interface BenchServer {
  readonly pid: number
  readonly origin: string
  /** Where it takes the form. */
  readonly path: string
  readonly dataDir: string
  /** Stops every process of it where it stands, so that what it does afterwards costs the others nothing. */
  freeze(): void
  thaw(): void
  end(): Promise<void>
}

const startScript = z.object({ scripts: z.object({ start: z.string() }) })

/** Variables for both the product and what it is measured against. */
export type Surroundings = Readonly<Record<string, string>>

async function startCommand(): Promise<string> {
  const text = await readFile(join(projectRoot, 'package.json'), 'utf8')
  return startScript.parse(JSON.parse(text)).scripts.start
}

/** The engine's flags that `npm start` gives, and the variables that it sets. */
const startFlags = async (): Promise<string[]> => (await startCommand()).match(/--\S+/g) ?? []
const startVariables = async (): Promise<Surroundings> =>
  Object.fromEntries(
    [...(await startCommand()).matchAll(/(?:^|\s)([A-Z_]+)=(\S+)/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  )

/** The built product as it is started by `npm start`, with the limits on submissions raised and nothing else. */
export async function startProduct(
  server: string,
  dataDir: string,
  surroundings: Surroundings = {},
): Promise<BenchServer> {
  const environment = {
    ...(await startVariables()),
    ...surroundings,
    DATA_DIR: dataDir,
    PORT: '0',
    LOG_LEVEL: 'info',
    SUBMISSIONS_PER_HOUR: '1000000',
    SUBMISSIONS_PER_HOUR_OVERALL: '10000000',
  }
  return start([...(await startFlags()), server], dataDir, environment, '/ar/takedowns')
}

/** `shared` shows what one process can give here, and so has as many threads for files as the product. */
export async function startBare(
  mode: 'nothing' | 'decode' | 'shared' | 'parse',
  dataDir: string,
  surroundings: Surroundings = {},
): Promise<BenchServer> {
  const module = fileURLToPath(new URL('./bare-handler.ts', import.meta.url))
  const environment = { ...(mode === 'shared' && (await startVariables())), ...surroundings }
  return start(['--import', 'tsx', module, dataDir, mode], dataDir, environment, '/takedowns')
}

async function start(
  args: string[],
  dataDir: string,
  environment: Record<string, string>,
  path: string,
): Promise<BenchServer> {
  await mkdir(dataDir, { recursive: true })
  const logPath = join(dataDir, 'server.log')
  const log = openSync(logPath, 'w')
  const env = { PATH: process.env.PATH, NODE_ENV: 'production', ...environment }
  const child = spawn(process.execPath, args, { stdio: ['ignore', log, log], env })
  closeSync(log)
  const pid = child.pid ?? 0
  const signalAll = (signal: NodeJS.Signals) => {
    for (const member of treeOf(pid)) process.kill(member, signal)
  }
  return {
    pid,
    origin: await originIn(logPath, child),
    path,
    dataDir,
    freeze: () => signalAll('SIGSTOP'),
    thaw: () => signalAll('SIGCONT'),
    async end() {
      const exit = once(child, 'exit')
      signalAll('SIGKILL')
      await exit
    },
  }
}

/** Two minutes: before it listens the server reads its database through, and a large one was just written. */
async function originIn(logPath: string, child: ChildProcess): Promise<string> {
  for (let tries = 0; tries < 2400 && child.exitCode === null; tries++) {
    const origin = /form\s+(http:\S+)\//.exec(readFileSync(logPath, 'utf8'))?.[1]
    if (origin) return origin
    await sleep(50)
  }
  throw new Error(`a server did not start:\n${readFileSync(logPath, 'utf8')}`)
}
