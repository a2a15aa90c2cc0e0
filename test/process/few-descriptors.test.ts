import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../outbox/rig.ts'
import { startServerProcess } from '../support/server-process.ts'
import { filledForm } from '../support/test-app.ts'

/** Few, but enough to start: its modules are read many at a time. */
const openFiles = 512

async function startedServer() {
  const server = startServerProcess({ DATA_DIR: temporaryFolder(), LOG_LEVEL: 'fatal' }, { openFiles })
  onTestFinished(() => void server.child.kill('SIGKILL'))
  return { ...server, origin: await server.origin }
}

async function submitTo(origin: string): Promise<number> {
  const answer = await fetch(`${origin}/ar/takedowns`, {
    method: 'POST',
    headers: { origin, accept: 'application/json', connection: 'close' },
    body: await filledForm(),
  })
  await answer.arrayBuffer()
  return answer.status
}

it('P6: with few file descriptors, clients that hold connections take none that a form needs', async () => {
  const { origin, child, ended } = await startedServer()
  expect(await submitTo(origin)).toBe(201)
  const { hostname, port } = new URL(origin)
  const held: Socket[] = []
  const hold = () => {
    const socket = connect(Number(port), hostname).on('error', () => undefined)
    socket.write('POST /ar/takedowns HTTP/1.1\r\nHost: x\r\n')
    held.push(socket)
    return new Promise((resolve) => socket.once('connect', resolve).once('close', resolve))
  }
  // A connection that was there before is worked for as ever.
  const early = connect(Number(port), hostname).on('error', () => undefined)
  let answer = ''
  early.on('data', (chunk) => {
    answer += chunk
  })
  await new Promise((resolve) => early.once('connect', resolve))
  for (let count = 0; count < 2 * openFiles; count++) await hold()
  const body = await new Response(await filledForm()).blob()
  const head = `Host: x\r\nOrigin: ${origin}\r\nAccept: application/json\r\nConnection: close`
  early.write(`POST /ar/takedowns HTTP/1.1\r\n${head}\r\nContent-Type: ${body.type}\r\n`)
  early.write(`Content-Length: ${body.size}\r\n\r\n`)
  early.write(new Uint8Array(await body.arrayBuffer()))
  await expect.poll(() => answer, { timeout: 10_000 }).toMatch(/^HTTP\/1.1 201 /)
  for (const socket of held) socket.destroy()
  await sleep(200)
  expect(await submitTo(origin)).toBe(201)
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
})
