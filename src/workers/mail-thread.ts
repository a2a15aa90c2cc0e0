/*
 * Strangers' mail is read in a thread of its own: one that is made to take for ever is ended with it, and people who wait
 * for an answer do not wait for it (mail-reader.ts).
 */
import { createHash, randomBytes } from 'node:crypto'
import { open, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { headBytes, mediaTypeOf } from '../evidence/media-type.ts'
import type { ReadMail } from '../inbox/found.ts'
import { mailLimits, readMail } from '../inbox/parse.ts'
import type { MailSettings, MailTask, ReadAnswer, Stage, WrittenFile } from './mail-reader.ts'
import { readingOf } from './mail-reading.ts'

const settings: MailSettings = workerData

const reading = readingOf(settings)

async function parse({ id, path }: MailTask): Promise<ReadMail> {
  if ((await stat(path)).size > mailLimits.bytes) return { ok: false, reason: 'too_large' }
  const raw = await readFile(path)
  tell(id, 'parsing')
  return readMail(raw, reading)
}

const tell = (id: number, stage: Stage) => parentPort?.postMessage({ id, stage })

async function read(task: MailTask): Promise<ReadAnswer> {
  const mail = await parse(task)
  if (!mail.ok) return mail
  const files: WrittenFile[] = []
  for (const { part, fileName, bytes, sha256 } of mail.found.files) {
    const content = mail.contents[part] ?? new Uint8Array()
    const isEvidence =
      bytes > 0 && bytes <= task.maxFileBytes && mediaTypeOf(content.subarray(0, headBytes)) !== null
    if (!isEvidence || files.some((file) => file.sha256 === sha256)) continue
    files.push({
      part,
      fileName,
      bytes,
      sha256,
      head: content.slice(0, headBytes),
      path: await write(task, content),
    })
  }
  return { ok: true, found: mail.found, files }
}

async function write({ id, directory }: MailTask, content: Uint8Array): Promise<string> {
  tell(id, 'writing')
  const path = join(directory, randomBytes(16).toString('hex'))
  const handle = await open(path, 'wx', 0o600)
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
  return path
}

/** One file of a mail, for whoever downloads it: written to `directory`, null where the mail has no such part. */
async function extract(task: MailTask & { part: number }): Promise<WrittenFile | null> {
  const { part } = task
  const mail = await parse(task)
  const file = mail.ok ? mail.found.files[part] : undefined
  const content = mail.ok ? mail.contents[part] : undefined
  if (!file || !content) return null
  const { fileName, bytes } = file
  const sha256 = createHash('sha256').update(content).digest('hex')
  return {
    part,
    fileName,
    bytes,
    sha256,
    head: content.slice(0, headBytes),
    path: await write(task, content),
  }
}

parentPort?.on('message', (task: MailTask) => {
  const answer = task.part === undefined ? read(task) : extract({ ...task, part: task.part })
  answer.then(
    (value) => parentPort?.postMessage({ id: task.id, answer: value }),
    (error: unknown) => parentPort?.postMessage({ id: task.id, fault: String(error) }),
  )
})
