import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { projectRoot } from '../../src/lib/project-root.ts'
import { filledForm } from '../support/test-app.ts'

const serverModule = join(projectRoot, 'dist/src/server.js')

/** Where it will listen: nobody can be told by a log that nobody reads. */
async function settingFor() {
  const dataDir = await mkdtemp(join(tmpdir(), 'rightsdesk-log-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true, maxRetries: 20 }))
  const finder = createServer().listen(0, '127.0.0.1')
  await once(finder, 'listening')
  const address = finder.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  await new Promise((resolve) => finder.close(resolve))
  const env = { PATH: process.env.PATH, DATA_DIR: dataDir, PORT: `${port}`, MIN_FREE_MB: '0' }
  return { env, origin: `http://127.0.0.1:${port}` }
}

async function waitFor(origin: string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (
      await fetch(`${origin}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return
    await sleep(100)
  }
  throw new Error('the server did not come up in 30 s')
}

async function submitTo(origin: string): Promise<number> {
  const headers = { origin, accept: 'application/json' }
  const answer = await fetch(`${origin}/ar/takedowns`, { method: 'POST', headers, body: await filledForm() })
  return answer.status
}

const onLinux = it.runIf(process.platform === 'linux')

onLinux(
  'P17: with a full disk under both its outputs the server starts, takes forms and ends with 0',
  async () => {
    const { env, origin } = await settingFor()
    const full = openSync('/dev/full', 'w')
    const server = spawn(process.execPath, [serverModule], { env, stdio: ['ignore', full, full] })
    const ended = once(server, 'exit')
    onTestFinished(() => void server.kill('SIGKILL'))
    await waitFor(origin)
    expect([await submitTo(origin), await submitTo(origin)]).toEqual([201, 201])
    server.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
  },
)

it('P17: when whoever read the log is gone, forms are taken as before', async () => {
  const { env, origin } = await settingFor()
  const server = spawn(process.execPath, [serverModule], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(server, 'exit')
  onTestFinished(() => void server.kill('SIGKILL'))
  server.stdout.destroy()
  server.stderr.destroy()
  await waitFor(origin)
  expect([await submitTo(origin), await submitTo(origin)]).toEqual([201, 201])
  server.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
})

onLinux('P17: when whoever reads the log stands still, nobody waits for it', async () => {
  const { env, origin } = await settingFor()
  // A pipe of the shell holds its writer up when it is full, as those of containers do.
  const command = '"$0" "$1" | { head -n 1 >/dev/null; exec sleep 100; }'
  const shell = spawn('sh', ['-c', command, process.execPath, serverModule], {
    env,
    stdio: 'ignore',
    detached: true,
  })
  onTestFinished(() => void process.kill(-(shell.pid ?? 0), 'SIGKILL'))
  await waitFor(origin)
  // Some hundred kilobytes of lines: more than a pipe holds.
  const asked = await Promise.all(
    Array.from({ length: 2000 }, () =>
      fetch(`${origin}/healthz`, { signal: AbortSignal.timeout(20_000) }).then(
        ({ status }) => status,
        () => 0,
      ),
    ),
  )
  expect(asked.filter((status) => status !== 200)).toEqual([])
  expect(await submitTo(origin)).toBe(201)
})
