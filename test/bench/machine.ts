import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import sharp from 'sharp'
import { createImageProcess } from '../../src/evidence/image-process.ts'
import { fsyncTimes } from './disk.ts'
import type { LoadProcess } from './load-process.ts'
import { sum } from './numbers.ts'
import { jpegScreenshot, type Picture, pngScreenshot } from './pictures.ts'
import { startBare } from './servers.ts'
import type { Plan } from './uploads.ts'

/** What the machine can do of one thing alone, a second. */
export interface MachineLimits {
  readonly syncs: number
  readonly commits: number
  readonly parsed: PerPicture
  readonly decodedHere: PerPicture
  readonly checked: PerPicture
}
type PerPicture = Readonly<Record<'png' | 'jpeg', number>>

const measureMs = 3000

/** Each alone, with nothing else going on: what a submission is made of, and the product's image checking. */
export async function measureMachine(load: LoadProcess, plan: Plan): Promise<MachineLimits> {
  const [png, jpeg] = [await pngScreenshot(), await jpegScreenshot()]
  const each = async (measure: (picture: Picture) => Promise<number>): Promise<PerPicture> => ({
    png: await measure(png),
    jpeg: await measure(jpeg),
  })
  const syncMs = await fsyncTimes(plan.directory, 300)
  return {
    syncs: (1000 * syncMs.length) / sum(syncMs),
    commits: commitsPerSecond(plan.directory),
    parsed: await parsedPerSecond(load, plan),
    decodedHere: await each((picture) => perSecond(1, () => decode(picture.content))),
    checked: await each((picture) => checkedPerSecond(picture, plan.directory)),
  }
}

/** One row and its commit on disk, one after the other. */
function commitsPerSecond(directory: string): number {
  const db = new Sqlite(join(directory, 'commits.sqlite'))
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec('CREATE TABLE row (id INTEGER PRIMARY KEY, text)')
  const insert = db.prepare('INSERT INTO row (text) VALUES (?)')
  const begun = performance.now()
  let count = 0
  for (; performance.now() - begun < measureMs; count++) insert.run('x'.repeat(500))
  db.close()
  return (count * 1000) / (performance.now() - begun)
}

/** Forms of eight clients read into memory and answered. */
async function parsedPerSecond(load: LoadProcess, plan: Plan): Promise<PerPicture> {
  const server = await startBare('parse', join(plan.directory, 'parse'))
  const { origin, path } = server
  const run = async (picture: 'png' | 'jpeg') =>
    (await load.run({ kind: 'uploads', origin, path, picture, concurrency: 8, ms: measureMs })).perSecond
  try {
    await run('png')
    return { png: await run('png'), jpeg: await run('jpeg') }
  } finally {
    await server.end()
  }
}

const decode = (content: Buffer) =>
  sharp(content, { limitInputPixels: 50e6, failOn: 'error', sequentialRead: true, autoOrient: true })
    .resize({ width: 8, height: 8, fit: 'fill', kernel: 'linear' })
    .raw()
    .toBuffer()

/** The product's own check, in its process, as many at once as it allows. */
async function checkedPerSecond(picture: Picture, directory: string): Promise<number> {
  const images = createImageProcess({ role: 'check' })
  const path = join(directory, `checked.${picture.name}`)
  await writeFile(path, picture.content)
  const mediaType = picture.name === 'png' ? 'image/png' : 'image/jpeg'
  try {
    return await perSecond(2, async () => {
      const checked = await images.check(path, mediaType)
      if (!checked.ok) throw new Error(`the picture was refused: ${checked.fault}`)
    })
  } finally {
    await images.stop()
  }
}

async function perSecond(atOnce: number, once: () => Promise<unknown>): Promise<number> {
  // Until the process is up and the engine has compiled.
  for (let warm = 0; warm < 20; warm++) await once()
  const begun = performance.now()
  let count = 0
  const strand = async () => {
    for (; performance.now() - begun < measureMs; count++) await once()
  }
  await Promise.all(Array.from({ length: atOnce }, strand))
  return (count * 1000) / (performance.now() - begun)
}
