import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { projectRoot } from '../../src/lib/project-root.ts'

/** One command of the cli as its own process, from source. */
export async function cli(dataDir: string, words: readonly string[], input: string | Uint8Array = '') {
  const child = spawn(process.execPath, ['--import', 'tsx', join(projectRoot, 'src/cli/main.ts'), ...words], {
    env: { PATH: process.env.PATH, DATA_DIR: dataDir },
  })
  child.stdin.end(input)
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { code: await ended, out, err }
}
