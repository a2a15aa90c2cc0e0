import { mkdtempSync, rmSync } from 'node:fs'
import net, { type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { onTestFinished } from 'vitest'
import { type Db, openDatabase } from '../../src/db/open.ts'
import { screenshots, takedowns } from '../../src/db/schema.ts'
import { enqueueLetter, type NewLetter, newMessageId } from '../../src/outbox/store.ts'

/** Noon of a day; the tests own the time. */
export const noon = Date.UTC(2026, 10, 23, 12)

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'outbox-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export function openTestDatabase(folder = temporaryFolder()): Db {
  const db = openDatabase(join(folder, 'takedowns.sqlite'))
  onTestFinished(() => {
    db.$client.close()
  })
  return db
}

let letters = 0

export function newLetter(over: Partial<NewLetter> = {}): NewLetter {
  letters += 1
  return {
    takedownId: null,
    kind: 'receipt',
    dedupeKey: `letter-${letters}`,
    messageId: newMessageId('publisher.example'),
    rootMessageId: null,
    recipient: { name: 'Rana Khoury', address: 'rana@example.org' },
    replyTo: null,
    subject: '[TD-4K7M-9X2P] Your request',
    text: 'We have your request.\n',
    html: '<p>We have your request.</p>',
    attachedScreenshots: [],
    waitForCopiesUntil: null,
    now: noon,
    ...over,
  }
}

export function enqueue(db: Db, over: Partial<NewLetter> = {}): NewLetter {
  const letter = newLetter(over)
  enqueueLetter(db, letter)
  return letter
}

let cases = 0

export function insertTakedown(db: Db): { id: number; reference: string } {
  cases += 1
  return db
    .insert(takedowns)
    .values({
      reference: `TD-4K7M-${1000 + cases}`,
      source: 'form',
      locale: 'ar',
      status: 'received',
      claimantName: 'رنا خوري',
      phoneTyped: '050-123-4567',
      privacyVersion: '1',
      submissionKey: `submission-${cases}`,
      submissionDigest: 'digest',
      accessKeyNonce: 'nonce',
      accessKeyHash: 'hash',
      receivedAt: noon,
      dueAt: noon,
      lastEventAt: noon,
    })
    .returning({ id: takedowns.id, reference: takedowns.reference })
    .get()
}

export const insertScreenshot = (
  db: Db,
  takedownId: number,
  over: Partial<typeof screenshots.$inferInsert> = {},
): number =>
  db
    .insert(screenshots)
    .values({
      takedownId,
      position: 0,
      sha256: 'a'.repeat(64),
      fileName: 'screen.png',
      mediaType: 'image/png',
      bytes: 1000,
      copyState: 'pending',
      at: noon,
      ...over,
    })
    .returning({ id: screenshots.id })
    .get().id

export interface TakenMail {
  to: string[]
  raw: string
}

/** A real mail server on loopback that takes everything, unless the options say otherwise. */
export async function startMailServer(options: SMTPServerOptions = {}) {
  const taken: TakenMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 50,
    onData(stream, session, callback) {
      text(stream).then((raw) => {
        taken.push({ to: session.envelope.rcptTo.map((recipient) => recipient.address), raw })
        callback()
      }, callback)
    },
    ...options,
  })
  // A client that hangs up in the middle is no fault of the test.
  server.on('error', () => undefined)
  const port = await listening(server.server)
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return { url: `smtp://127.0.0.1:${port}`, port, taken }
}

/** Answers each command by its first word; `null`: says nothing, `'drop'`: destroys the connection. */
export interface Script {
  greeting?: string | null
  /** After the dot. */
  dot?: string | null
  [command: string]: string | null | undefined
}

const polite: Script = {
  greeting: '220 ready',
  EHLO: '250 ready',
  MAIL: '250 ok',
  RCPT: '250 ok',
  DATA: '354 go on',
  dot: '250 2.0.0 taken as 1',
  QUIT: '221 bye',
}

/** A hostile server by hand, which keeps what it was given before its answer to the dot. */
export async function startScriptedServer(script: Script) {
  const answers = { ...polite, ...script }
  const received: string[] = []
  const sockets = new Set<Socket>()
  const server = net.createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    converse(socket, answers, received)
  })
  const port = await listening(server)
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { url: `smtp://127.0.0.1:${port}`, received, connections: sockets }
}

function converse(socket: Socket, answers: Script, received: string[]): void {
  const say = (answer: string | null | undefined) => {
    if (answer === 'drop') socket.destroy()
    else if (answer != null) socket.write(`${answer}\r\n`)
  }
  let buffered = ''
  let inData = false
  say(answers.greeting)
  socket.on('data', (chunk) => {
    buffered += chunk.toString('latin1')
    if (inData && buffered.includes('\r\n.\r\n')) {
      received.push(buffered.slice(0, buffered.indexOf('\r\n.\r\n') + 2))
      buffered = ''
      inData = false
      say(answers.dot)
    }
    while (!inData && buffered.includes('\r\n')) {
      const command = buffered.slice(0, 4).toUpperCase()
      buffered = buffered.slice(buffered.indexOf('\r\n') + 2)
      inData = command === 'DATA' && answers.DATA?.startsWith('354') === true
      say(answers[command])
    }
  })
}

const listening = (server: net.Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(address !== null && typeof address === 'object' ? address.port : 0)
    })
  })
