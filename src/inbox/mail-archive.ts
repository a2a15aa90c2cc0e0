import { createReadStream } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** One mail of an archive. `takenInAt` as the archive or the topmost Received header tells it, never the Date header. */
export interface ArchivedMail {
  readonly raw: Buffer
  readonly takenInAt: number | null
  /** How much of the archive is behind it, from 0 to 1. */
  readonly progress: number
}

/** The mails of an mbox file or a Maildir, in their order. Throws what the disk throws, and where it is neither. */
export async function* mailsOf(path: string): AsyncGenerator<ArchivedMail> {
  const found = await stat(path)
  if (found.isDirectory()) yield* mailsOfMaildir(path)
  else yield* mailsOfMbox(path, found.size)
}

async function* mailsOfMaildir(path: string): AsyncGenerator<ArchivedMail> {
  const names = await Promise.all(['cur', 'new'].map(async (part) => filesIn(join(path, part))))
  const files = names.flat().sort()
  if (names.every((part) => part.length === 0) && !(await isMaildir(path)))
    throw new Error(`${path} is no Maildir`)
  for (const [index, file] of files.entries()) {
    const raw = await readFile(file)
    const takenInAt = receivedAt(raw) ?? (await stat(file)).mtimeMs
    yield { raw, takenInAt: Math.floor(takenInAt), progress: (index + 1) / files.length }
  }
}

const filesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder).catch(() => []))
    .filter((name) => !name.startsWith('.'))
    .map((name) => join(folder, name))

const isMaildir = async (path: string): Promise<boolean> =>
  (await stat(join(path, 'cur')).catch(() => null))?.isDirectory() ?? false

const separator = Buffer.from('\nFrom ')

/** Every mail begins with a line `From sender date` after an empty line; `>From ` in a body is undone (mboxrd). */
async function* mailsOfMbox(path: string, size: number): AsyncGenerator<ArchivedMail> {
  let rest = Buffer.alloc(0)
  let read = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    const piece = Buffer.from(chunk)
    read += piece.byteLength
    const searchFrom = Math.max(0, rest.byteLength - separator.byteLength)
    rest = Buffer.concat([rest, piece])
    for (let at = nextMail(rest, searchFrom); at >= 0; at = nextMail(rest, 0)) {
      yield ofMbox(rest.subarray(0, at), read / size)
      rest = rest.subarray(at)
    }
  }
  if (rest.byteLength > 0) yield ofMbox(rest, 1)
}

/** Where the next mail begins: a `From ` line with a blank line before it. */
function nextMail(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(separator, from); at >= 0; at = bytes.indexOf(separator, at + 1)) {
    const before = bytes.subarray(Math.max(0, at - 2), at).toString('latin1')
    if (before.endsWith('\n') || before.endsWith('\n\r')) return at + 1
  }
  return -1
}

function ofMbox(bytes: Buffer, progress: number): ArchivedMail {
  const text = bytes.toString('latin1')
  const [line = ''] = /^From [^\n]*\n/.exec(text) ?? []
  if (line === '' && !/^[!-9;-~]+:/.test(text))
    throw new Error('this is no mbox: it does not begin with a mail')
  const raw = Buffer.from(
    text
      .slice(line.length)
      .replace(/^>(>*From )/gm, '$1')
      .replace(/\r?\n$/, ''),
    'latin1',
  )
  return { raw, takenInAt: receivedAt(raw) ?? dateOf(line.replace(/^From \S+\s*/, '')), progress }
}

/** The time of the topmost Received header: the one that the own mail host wrote. */
export function receivedAt(raw: Buffer): number | null {
  const head =
    raw
      .subarray(0, 64 * 1024)
      .toString('latin1')
      .split(/\r?\n\r?\n/, 1)[0] ?? ''
  const received = /^received:([^\n]*(?:\n[ \t][^\n]*)*)/im.exec(head)?.[1]
  return received ? dateOf(received.slice(received.lastIndexOf(';') + 1)) : null
}

function dateOf(text: string): number | null {
  const time = Date.parse(text.replace(/\([^()]*\)/g, ' ').trim())
  return Number.isFinite(time) ? time : null
}

/** Something that can be a mail: it begins with a header line. */
export const looksLikeMail = (head: Buffer): boolean =>
  /^(?:From [^\n]*\n)?[!-9;-~]+[ \t]*:/.test(head.subarray(0, 4096).toString('latin1'))
