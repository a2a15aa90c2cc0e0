/*
 * What the product is measured against: the least that takes the same form and promises the same durability (file
 * synced, renamed, directory synced, committed with synchronous=FULL before the answer). `decode` adds the same
 * decoding of every pixel, in this process; `shared` decodes, and commits who come together with one sync, as the product
 * does; `parse` only reads the form into memory. No check, no limit, no letter, no page.
 * usage: bare-handler.ts <data directory> <nothing|decode|shared|parse>; prints its origin.
 */
import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { open, readFile, rename } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import express, { type Request } from 'express'
import multer from 'multer'
import sharp from 'sharp'
import { createGroupCommit } from '../../src/db/group-commit.ts'

const [dataDir = '.', mode = 'nothing'] = process.argv.slice(2)
const incoming = join(dataDir, 'incoming')
const kept = join(dataDir, 'kept')
for (const path of [incoming, kept]) mkdirSync(path, { recursive: true })

const db = new Sqlite(join(dataDir, 'bare.sqlite'))
db.pragma('journal_mode = WAL')
db.pragma('synchronous = FULL')
db.exec(
  'CREATE TABLE takedowns (id INTEGER PRIMARY KEY, at INTEGER, name, phone, page, email, statement, file)',
)
const insert = db.prepare(
  'INSERT INTO takedowns (at, name, phone, page, email, statement, file) VALUES (?, ?, ?, ?, ?, ?, ?)',
)

let underWay = 0
const commit = createGroupCommit({ $client: db }, { othersOnTheirWay: () => underWay - 1 })

sharp.cache(false)
sharp.concurrency(1)

/** The same call as the product's check (src/evidence/image-child.ts). */
async function decode(path: string) {
  const content = await readFile(path)
  const image = () =>
    sharp(content, {
      limitInputPixels: 50e6,
      pages: 1,
      failOn: 'error',
      sequentialRead: true,
      autoOrient: true,
    })
  await image().metadata()
  await image()
    .timeout({ seconds: 15 })
    .resize({ width: 8, height: 8, fit: 'fill', kernel: 'linear' })
    .raw()
    .toBuffer()
}

async function sync(path: string, flags: string) {
  const handle = await open(path, flags)
  await handle.sync()
  await handle.close()
}

async function keep(path: string): Promise<string> {
  const name = randomUUID()
  await sync(path, 'r+')
  await rename(path, join(kept, name))
  await sync(kept, 'r')
  return name
}

const text = ({ body }: Request, field: string): string => {
  const value: unknown = body[field]
  return typeof value === 'string' ? value : ''
}

const app = express()
const storage = mode === 'parse' ? { storage: multer.memoryStorage() } : { dest: incoming }
app.use((_req, res, next) => {
  underWay++
  res.once('close', () => underWay--)
  next()
})
app.post('/takedowns', multer(storage).single('screenshot'), async (req, res) => {
  if (!req.file) return void res.sendStatus(422)
  if (mode === 'parse') return void res.redirect(303, '/takedowns/0')
  if (mode === 'decode' || mode === 'shared') await decode(req.file.path)
  const file = await keep(req.file.path)
  const values = ['name', 'phone', 'page', 'email', 'statement'].map((field) => text(req, field))
  const keepRow = () => insert.run(Date.now(), ...values, file)
  const { lastInsertRowid } = mode === 'shared' ? await commit(keepRow) : keepRow()
  res.redirect(303, `/takedowns/${lastInsertRowid}`)
})

const server = createServer(app)
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  process.stdout.write(`form http://127.0.0.1:${port}/\n`)
})
