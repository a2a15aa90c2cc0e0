/*
 * The clients, in a process of their own: takes tasks over IPC and answers what was measured. Each upload is another
 * file under another submission key, so that nothing is answered from memory.
 */
import { randomUUID } from 'node:crypto'
import { Agent, type IncomingMessage, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { type LoadTask, type Measured, type PageTask, parseTask, type UploadTask } from './load-messages.ts'
import { jpegScreenshot, type Picture, pngScreenshot } from './pictures.ts'

interface Answer {
  readonly status: number
  readonly location: string
}

const pictures: Record<'png' | 'jpeg', Picture> = { png: await pngScreenshot(), jpeg: await jpegScreenshot() }
const boundary = '----bench0f8c1e7a5b'
const statement =
  'الصورة الأولى في المقال من تصويري، نُشرت في معرض عام 2019. The first picture of the article is mine.'

function formOf(picture: Picture): Buffer {
  const fields = {
    name: 'Example Claimant مثال',
    phone: '050-123-4567',
    page: 'https://www.ashams.com/articles/2026/11/example?utm_source=x',
    email: 'claimant@example.org',
    statement,
    capacity: 'owner',
    submission: randomUUID(),
  }
  const texts = Object.entries(fields)
    .map(
      ([name, value]) =>
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    )
    .join('')
  const file = `--${boundary}\r\nContent-Disposition: form-data; name="screenshot"; filename="screenshot.${picture.name}"\r\nContent-Type: ${picture.mediaType}\r\n\r\n`
  const end = Buffer.from(`\r\n--${boundary}--\r\n`)
  return Buffer.concat([Buffer.from(texts + file), ...picture.unlike(randomUUID()), end])
}

function ask(
  url: URL,
  {
    method,
    agent,
    headers,
    body,
  }: { method: string; agent: Agent; headers: Record<string, string>; body?: Buffer },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, agent, headers }, (answer: IncomingMessage) => {
      answer.resume()
      answer.once('error', reject)
      answer.once('end', () =>
        resolve({ status: answer.statusCode ?? 0, location: answer.headers.location ?? '' }),
      )
    })
    sent.once('error', reject)
    sent.end(body)
  })
}

interface Pace {
  readonly ms: number
  readonly strands: number
  /** Between an answer and the next request of the same strand. */
  readonly pauseMs: number
  readonly expected: number
}

/** Runs `once` over and over until the time is up; what is under way then is finished. */
async function measure(
  { ms, strands, pauseMs, expected }: Pace,
  once: (agent: Agent) => Promise<Answer>,
): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: strands })
  const result = { latencies: [] as number[], perSecond: 0, faults: [] as string[], location: '' }
  const begun = performance.now()
  let inTime = 0
  const strand = async () => {
    while (performance.now() - begun < ms) {
      const sentAt = performance.now()
      const answer = await once(agent).catch((error: unknown) => ({ status: 0, location: String(error) }))
      const now = performance.now()
      result.latencies.push(now - sentAt)
      if (now - begun <= ms) inTime++
      if (answer.status !== expected) result.faults.push(`${answer.status} ${answer.location}`.trim())
      else result.location = answer.location
      if (pauseMs > 0) await sleep(pauseMs)
    }
  }
  await Promise.all(Array.from({ length: strands }, strand))
  agent.destroy()
  return { ...result, perSecond: (inTime * 1000) / ms }
}

function upload({ origin, path, picture, concurrency, ms }: UploadTask): Promise<Measured> {
  const url = new URL(path, origin)
  return measure({ ms, strands: concurrency, pauseMs: 0, expected: 303 }, (agent) => {
    const body = formOf(pictures[picture])
    const headers = {
      origin: url.origin,
      accept: 'text/html',
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': String(body.length),
    }
    return ask(url, { method: 'POST', agent, headers, body })
  })
}

function look({ origin, path, cookie, pauseMs, ms }: PageTask): Promise<Measured> {
  const url = new URL(path, origin)
  return measure({ ms, strands: 1, pauseMs, expected: 200 }, (agent) =>
    ask(url, { method: 'GET', agent, headers: { cookie } }),
  )
}

const run = (task: LoadTask) => (task.kind === 'uploads' ? upload(task) : look(task))

process.on('message', (message) => {
  void run(parseTask(message)).then((result) => process.send?.(result))
})
process.on('disconnect', () => process.exit(0))
process.send?.('ready')
