import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { buffer, text } from 'node:stream/consumers'
import { projectRoot } from '../../src/lib/project-root.ts'

/** One command of the built cli as its own process, as `npm run cli` runs it; `bytes` is its standard output. */
export async function builtCli(
  words: readonly string[],
  environment: Record<string, string>,
  input: Uint8Array = new Uint8Array(),
) {
  const child = spawn(process.execPath, [join(projectRoot, 'dist/src/cli/main.js'), ...words], {
    env: { PATH: process.env.PATH, ...environment },
  })
  // It may end before it has read everything.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
  const [bytes, err] = await Promise.all([buffer(child.stdout), text(child.stderr)])
  return { code: await ended, bytes, out: bytes.toString(), err }
}
