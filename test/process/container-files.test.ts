import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, it, onTestFinished } from 'vitest'
import { projectRoot } from '../../src/lib/project-root.ts'
import { temporaryFolder } from '../outbox/rig.ts'

/** What the image's last stage takes from the build, laid out as there: no sources, no tsconfig.json. */
function asInTheImage(): string {
  const folder = temporaryFolder()
  const dockerfile = readFileSync(join(projectRoot, 'deploy/Dockerfile'), 'utf8')
  for (const [, path = ''] of dockerfile.matchAll(/^COPY --from=build \/app\/(\S+) /gm)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    if (path === 'node_modules') symlinkSync(join(projectRoot, path), join(folder, path))
    else cpSync(join(projectRoot, path), join(folder, path), { recursive: true })
  }
  return folder
}

const run = (folder: string, words: readonly string[]) =>
  spawn(process.execPath, words, {
    cwd: folder,
    env: { PATH: process.env.PATH, DATA_DIR: join(folder, 'data'), PORT: '0', LOG_LEVEL: 'fatal' },
  })

it('the files of the image are enough: it starts, serves, and the command that it names for the first account is there', async () => {
  const folder = asInTheImage()
  const server = run(folder, ['dist/src/server.js'])
  onTestFinished(() => void server.kill('SIGKILL'))
  let words = ''
  server.stdout.on('data', (chunk) => {
    words += chunk
  })
  const told = async (pattern: RegExp) => {
    await expect.poll(() => words, { timeout: 30_000 }).toMatch(pattern)
    return pattern.exec(words)?.[1] ?? ''
  }
  const origin = await told(/form +(http:\S+)\/\n/)
  const form = await fetch(`${origin}/ar`)
  expect(form.status).toBe(200)
  const style = /href="(\/assets\/[^"]+\.css)"/.exec(await form.text())?.[1]
  expect((await fetch(`${origin}${style}`)).status).toBe(200)
  const command = await told(/^ {4}node (\S+) staff add /m)
  const help = run(folder, [command, 'staff', 'add', '--help'])
  expect(await text(help.stdout)).toMatch(/^ *staff add /)
})
