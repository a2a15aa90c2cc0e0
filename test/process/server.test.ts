import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { builtCli } from '../support/built-cli.ts'
import { startServerProcess } from '../support/server-process.ts'
import { filledForm } from '../support/test-app.ts'

async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rightsdesk-process-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

it('it starts on an empty folder, says where it is and where mail goes, and ends with 0 on SIGTERM', async () => {
  const server = startServerProcess({ DATA_DIR: join(await freshFolder(), 'a/b') })
  const origin = await server.origin
  expect((await fetch(`${origin}/healthz`)).status).toBe(200)
  expect(server.output()).toMatch(/nothing leaves this machine/)
  expect(server.output()).toMatch(/staff add --email/)
  server.child.kill('SIGTERM')
  expect(await server.ended).toBe(0)
})

it('every file of the data is for its own account alone, whoever starts it, and those of before as well', async () => {
  const dataDir = join(await freshFolder(), 'data')
  // A file of a moment may be gone before it is looked at.
  const gone = { mode: 0o600 }
  const modes = async () => {
    const entries = await readdir(dataDir, { recursive: true, withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    return Promise.all(
      files.map(async (file) => [
        file.slice(dataDir.length + 1),
        (await stat(file).catch(() => gone)).mode & 0o777,
      ]),
    )
  }
  const isOpen = ([, mode]: unknown[]) => mode !== 0o600
  const run = async () => {
    const server = startServerProcess({ DATA_DIR: dataDir, DISK_RESERVE_MB: '1' }, { umask: '000' })
    const origin = await server.origin
    const body = await filledForm()
    const headers = { origin }
    expect(
      (await fetch(`${origin}/en/takedowns`, { method: 'POST', body, headers, redirect: 'manual' })).status,
    ).toBe(303)
    const found = await modes()
    server.child.kill('SIGTERM')
    expect(await server.ended).toBe(0)
    return { found, output: server.output() }
  }
  const first = await run()
  expect(first.found.length).toBeGreaterThan(8)
  expect(first.found.filter(isOpen)).toEqual([])
  const old = ['takedowns.sqlite', 'limits.sqlite', 'process.lock', 'keys/clients.key']
  for (const name of old) await chmod(join(dataDir, name), 0o644)
  const second = await run()
  expect(second.found.filter(isOpen)).toEqual([])
  expect(second.output).toMatch(
    /"files":\[[^\]]*"takedowns.sqlite"[^\]]*\].*"msg":"files_were_open_to_others"/,
  )
})

it('what a command makes is for its own account alone', async () => {
  const dataDir = join(await freshFolder(), 'data')
  const words = [
    'staff',
    'add',
    '--email',
    'a@example.org',
    '--name',
    'A',
    '--role',
    'admin',
    '--password-stdin',
  ]
  const added = await builtCli(words, { DATA_DIR: dataDir }, Buffer.from('wandering marble 71 kettle'))
  expect(added).toMatchObject({ code: 0, err: '' })
  expect((await stat(join(dataDir, 'takedowns.sqlite'))).mode & 0o777).toBe(0o600)
})

it('P17: it logs that it started, what a request caused under its id, and that it stopped', async () => {
  const server = startServerProcess({ DATA_DIR: join(await freshFolder(), 'data') })
  const origin = await server.origin
  const body = await filledForm()
  const answer = await fetch(`${origin}/en/takedowns`, {
    method: 'POST',
    body,
    headers: { origin },
    redirect: 'manual',
  })
  expect(answer.status).toBe(303)
  server.child.kill('SIGTERM')
  expect(await server.ended).toBe(0)
  const line = (message: string) =>
    server
      .output()
      .split('\n')
      .find((text) => text.includes(`"msg":"${message}"`))
  expect(line('started')).toMatch(/"level":"info".*"version":"\d+\.\d+\.\d+"/)
  expect(line('takedown_taken')).toContain(`"requestId":"${answer.headers.get('x-request-id')}"`)
  expect(line('stopping')).toContain('"signal":"SIGTERM"')
  expect(line('stopped')).toContain('"level":"info"')
})

it('a wrong environment ends the start with 78, names every fault and touches no data', async () => {
  const dataDir = join(await freshFolder(), 'data')
  const server = startServerProcess({
    DATA_DIR: dataDir,
    PORT: 'many',
    INFO_ADDRESS: 'nobody',
    TIME_ZONE: 'Mars',
  })
  expect(await server.ended).toBe(78)
  for (const name of ['PORT', 'INFO_ADDRESS', 'TIME_ZONE']) expect(server.output()).toContain(name)
  expect(existsSync(dataDir)).toBe(false)
})

it('P8: a second process on the same data refuses to start and says why', async () => {
  const environment = { DATA_DIR: await freshFolder() }
  const first = startServerProcess(environment)
  await first.origin
  const second = startServerProcess(environment)
  expect(await second.ended).toBe(1)
  expect(second.output()).toMatch(/another process is serving this data directory/)
  first.child.kill('SIGKILL')
  await first.ended
  const third = startServerProcess(environment)
  await third.origin
  third.child.kill('SIGTERM')
  expect(await third.ended).toBe(0)
})

it('P8: on a data directory that it cannot write to it ends with 1, says so and leaves it as it is', async () => {
  const dataDir = await freshFolder()
  await mkdir(join(dataDir, 'process.lock'))
  const server = startServerProcess({ DATA_DIR: dataDir })
  expect(await server.ended).toBe(1)
  expect(server.output()).toMatch(/^DATA_DIR cannot be written to: .*unable to open database file/)
  expect(await readdir(dataDir)).toEqual(['process.lock'])
})

it('P7: a signal that comes while it starts ends it with 0 as soon as it has started', async () => {
  const dataDir = join(await freshFolder(), 'data')
  const server = startServerProcess({ DATA_DIR: dataDir })
  await expect
    .poll(() => existsSync(join(dataDir, 'process.lock')), { timeout: 30_000, interval: 1 })
    .toBe(true)
  server.child.kill('SIGTERM')
  expect(await server.ended).toBe(0)
})

it('P7: an upload under way at SIGTERM is finished and answered; then the process ends with 0', async () => {
  const server = startServerProcess({ DATA_DIR: await freshFolder() })
  const origin = await server.origin
  const encoded = new Response(await filledForm())
  const body = Buffer.from(await encoded.arrayBuffer())
  const answer = new Promise<number>((resolve, reject) => {
    const upload = request(
      `${origin}/ar/takedowns`,
      {
        method: 'POST',
        headers: {
          origin,
          'content-type': encoded.headers.get('content-type') ?? '',
          'content-length': body.length,
        },
      },
      (response) => resolve(response.resume().statusCode ?? 0),
    )
    upload.on('error', reject)
    upload.write(body.subarray(0, 400), () => {
      server.child.kill('SIGTERM')
      setTimeout(() => upload.end(body.subarray(400)), 500)
    })
  })
  expect(await answer).toBe(303)
  expect(await server.ended).toBe(0)
  await expect(fetch(`${origin}/healthz`)).rejects.toThrow()
})
