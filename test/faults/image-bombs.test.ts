import { setTimeout as sleep } from 'node:timers/promises'
import sharp from 'sharp'
import { expect, it, onTestFinished } from 'vitest'
import { treeOf, usageOf } from '../bench/process-tree.ts'
import { temporaryFolder } from '../outbox/rig.ts'
import { gifOfFrames, heic, pngBomb, pngOf, svg } from '../support/images.ts'
import { startServerProcess } from '../support/server-process.ts'
import { filledForm } from '../support/test-app.ts'

/** Just under 50 megapixels: the largest that is taken. */
const large = sharp({ create: { width: 8000, height: 6200, channels: 4, background: '#fff8' } })
/** A page of few bytes that is large to unpack. */
const flat = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#fff' } })

const flatAs = (format: 'jpeg' | 'png', options: object) =>
  flat(8000, 6200).toFormat(format, options).toBuffer()

const bombs: [string, () => Promise<Buffer> | Buffer][] = [
  ['SVG', () => svg],
  ['400 megapixels of PNG', () => pngBomb()],
  ['49 megapixels of one bit', () => pngBomb(8000, 6200)],
  ['49 megapixels of interlaced PNG', () => large.png({ progressive: true, compressionLevel: 1 }).toBuffer()],
  ['49 megapixels of WebP', () => large.webp({ lossless: true, effort: 0 }).toBuffer()],
  ['49 megapixels of AVIF', () => flat(8000, 6200).avif({ effort: 0 }).toBuffer()],
  ['49 megapixels of progressive JPEG', () => flatAs('jpeg', { progressive: true })],
  [
    '49 megapixels of JPEG on its side',
    () => flat(8000, 6200).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
  ],
  ['a GIF of 2000 frames', () => gifOfFrames(2000)],
  ['a PNG cut short', async () => (await flat(4000, 4000).png().toBuffer()).subarray(0, -100)],
  ['a HEIC that is none', () => heic],
]

/** On top of what the server and its image processes took before. */
const mostBytes = 300e6
/** In which the copy is made. */
const settleMs = 4000
const longestStallMs = 1500

it.runIf(process.platform === 'linux')(
  'P6: no picture takes more than 300 MB, stalls the others or ends the server',
  async () => {
    const server = startServerProcess({ DATA_DIR: temporaryFolder(), LOG_LEVEL: 'fatal' })
    onTestFinished(() => void server.child.kill('SIGKILL'))
    const origin = await server.origin
    const pid = treeOf(server.child.pid ?? 0).at(-1) ?? 0
    const submit = async (content: Uint8Array) =>
      (
        await fetch(`${origin}/en/takedowns`, {
          method: 'POST',
          headers: { origin, accept: 'application/json' },
          body: await filledForm({ files: [{ name: 'screenshot.png', content }] }),
        })
      ).status
    await submit(await pngOf())
    await sleep(settleMs)
    let most = 0
    const watching = setInterval(() => {
      most = Math.max(most, usageOf(pid).residentBytes)
    }, 50)
    const stalls = watchStalls(origin)
    for (const [name, make] of bombs) {
      const content = await make()
      const before = usageOf(pid).residentBytes
      most = before
      const began = performance.now()
      const status = await submit(content)
      const ms = performance.now() - began
      if (status === 201) await sleep(settleMs)
      const megabytes = (most - before) / 1e6
      process.stdout.write(
        `${name}: ${content.length} bytes, ${status}, ${ms.toFixed(0)} ms, ${megabytes.toFixed(0)} MB\n`,
      )
      expect([201, 422], name).toContain(status)
      expect(most - before, name).toBeLessThan(mostBytes)
    }
    clearInterval(watching)
    expect(await stalls.longest()).toBeLessThan(longestStallMs)
    server.child.kill('SIGTERM')
    expect(await server.ended).toBe(0)
  },
)

/** Asks for a sign of life again and again; answers the longest wait for one, in milliseconds. */
function watchStalls(origin: string) {
  let isOver = false
  let longest = 0
  const asking = (async () => {
    while (!isOver) {
      const began = performance.now()
      await (await fetch(`${origin}/healthz`)).arrayBuffer()
      longest = Math.max(longest, performance.now() - began)
      await sleep(50)
    }
  })()
  return {
    async longest() {
      isOver = true
      await asking
      return longest
    },
  }
}
