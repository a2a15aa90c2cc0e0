import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { startScriptedServer, temporaryFolder } from '../outbox/rig.ts'
import { pngBomb } from '../support/images.ts'
import { type ServerProcess, startServerProcess } from '../support/server-process.ts'
import { filledForm } from '../support/test-app.ts'

/** Service managers kill after 30 s; some of that is theirs. */
const longestStopMs = 25_000

async function started(environment: Record<string, string> = {}) {
  const dataDir = temporaryFolder()
  const server = startServerProcess({ DATA_DIR: dataDir, LOG_LEVEL: 'fatal', ...environment })
  onTestFinished(() => void server.child.kill('SIGKILL'))
  return { server, dataDir, origin: await server.origin }
}

const submitTo = async (origin: string, content?: Uint8Array) =>
  fetch(`${origin}/en/takedowns`, {
    method: 'POST',
    headers: { origin, accept: 'application/json' },
    body: await filledForm(content ? { files: [{ name: 'screenshot.png', content }] } : {}),
  })

/** Signals, and answers with what it ended; fails when it took too long. */
async function stop(server: ServerProcess): Promise<number | string | null> {
  server.child.kill('SIGTERM')
  return Promise.race([server.ended, sleep(longestStopMs, 'still running')])
}

it('P7: neither a client who never ends nor a letter to a server that says nothing holds up the stop', async () => {
  const mail = await startScriptedServer({ dot: null })
  const { server, origin, dataDir } = await started({ SMTP_URL: mail.url })
  expect((await submitTo(origin)).status).toBe(201)
  await expect.poll(() => mail.received.length, { timeout: 20_000 }).toBeGreaterThan(0)
  const { hostname, port } = new URL(origin)
  const slow = connect(Number(port), hostname).on('error', () => undefined)
  const head = `Host: x\r\nOrigin: ${origin}\r\nContent-Type: multipart/form-data; boundary=B`
  slow.write(`POST /en/takedowns HTTP/1.1\r\n${head}\r\nContent-Length: 9000\r\n\r\n--B`)
  const dribble = setInterval(() => slow.write('x'), 500)
  const cut = new Promise((resolve) => slow.once('close', resolve))
  await sleep(500)
  const stopped = stop(server)
  const isTaken = () =>
    fetch(`${origin}/healthz`).then(
      () => true,
      () => false,
    )
  await expect.poll(isTaken).toBe(false)
  expect(await stopped).toBe(0)
  await cut
  clearInterval(dribble)
  const database = new Sqlite(`${dataDir}/takedowns.sqlite`, { readonly: true })
  const states = database.prepare('SELECT DISTINCT state FROM outgoing_messages').pluck().all()
  database.close()
  expect(states.filter((state) => state !== 'uncertain' && state !== 'queued')).toEqual([])
})

it('P7: pictures being looked at when the signal comes are answered, and what was answered is there', async () => {
  const { server, origin, dataDir } = await started()
  const large = pngBomb(6900, 6900)
  const answers = Array.from({ length: 6 }, () =>
    submitTo(origin, large).then(
      ({ status }) => status,
      () => 'cut off',
    ),
  )
  await sleep(150)
  expect(await stop(server)).toBe(0)
  const statuses = await Promise.all(answers)
  const taken = statuses.filter((status) => status === 201).length
  expect(statuses.filter((status) => status !== 201 && status !== 503 && status !== 'cut off')).toEqual([])
  const database = new Sqlite(`${dataDir}/takedowns.sqlite`, { readonly: true })
  expect(database.prepare('SELECT count(*) FROM takedowns').pluck().get()).toBe(taken)
  database.close()
})
