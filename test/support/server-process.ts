import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { projectRoot } from '../../src/lib/project-root.ts'

/** The built server as a process of its own, as `npm start` runs it. */
export interface ServerProcess {
  readonly child: ChildProcess
  /** What it has written so far, both streams. */
  output(): string
  /** Where it listens, once it says so; rejects when it ends before. */
  readonly origin: Promise<string>
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>
}

export interface ProcessOptions {
  /** File descriptors that it may have open at once; its modules alone take up to 300 at the start. */
  readonly openFiles?: number
  /** As the shell that starts it has it, `000`. */
  readonly umask?: string
}

export function startServerProcess(
  environment: Record<string, string>,
  { openFiles, umask }: ProcessOptions = {},
): ServerProcess {
  const limits = [openFiles && `ulimit -n ${openFiles}; `, umask && `umask ${umask}; `]
    .filter(Boolean)
    .join('')
  const module = join(projectRoot, 'dist/src/server.js')
  const child = spawn('sh', ['-c', `${limits}exec "$0" "$1"`, process.execPath, module], {
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      MIN_FREE_MB: '0',
      DISK_RESERVE_MB: '0',
      SUBMISSIONS_PER_HOUR: '100000',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const ended = once(child, 'exit').then(([code, signal]) => code ?? signal)
  const origin = new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      const found = /^ {2}form +(http:\/\/\S+?)\/$/m.exec(output)?.[1]
      if (found) resolve(found)
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    ended.then((code) => reject(new Error(`the server ended with ${code}: ${output}`)))
  })
  origin.catch(() => undefined)
  return { child, output: () => output, origin, ended }
}
