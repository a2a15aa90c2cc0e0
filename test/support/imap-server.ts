import { createRequire } from 'node:module'
import type { AddressInfo, Server, Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** The parts of hoodiecrow-imap (no types of its own) that are used here. */
interface Hoodiecrow {
  readonly server: Server
  listen(port: number, host: string, done: () => void): void
  appendMessage(folder: string, flags: string[], internaldate: string | false, raw: string): unknown
  getMailbox(folder: string): HoodiecrowMailbox
}
interface HoodiecrowMailbox {
  uidvalidity: number
  uidnext: number
  messages: { uid: number; flags: string[] }[]
}
type Create = (options: object) => Hoodiecrow

const create: Create = createRequire(import.meta.url)('hoodiecrow-imap')

export interface ImapServer {
  readonly url: string
  /** Another program puts a mail into the mailbox; clients that are idle are told. */
  append(raw: Uint8Array, takenInAt?: number): void
  /** Other people at the same mailbox. */
  flag(index: number, flag: string): void
  remove(index: number): void
  count(): number
  flags(): string[][]
  /** The mailbox is rebuilt: the same mail under other numbers. */
  rebuild(): void
  /** Cuts every connection, now and for each new one after so many bytes sent to the client; null cuts no more. */
  cutAfter(bytes: number | null): void
  cutAll(): void
  readonly connections: () => number
  close(): Promise<void>
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const two = (n: number) => String(n).padStart(2, '0')
const imapDate = (time: number): string => {
  const at = new Date(time)
  const day = `${two(at.getUTCDate())}-${months[at.getUTCMonth()]}-${at.getUTCFullYear()}`
  return `${day} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} +0000`
}

/** A real IMAP server on the loopback, with one account. */
export async function startImapServer(plugins = ['IDLE', 'UIDPLUS', 'MOVE', 'ID']): Promise<ImapServer> {
  const hoodiecrow = create({
    plugins,
    users: { office: { password: 'secret' } },
    storage: { INBOX: { messages: [] }, '': { folders: { Archive: {} } } },
  })
  const sockets = new Set<Socket>()
  let limit: number | null = null
  let total = 0
  hoodiecrow.server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    total++
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    if (limit !== null) cutSocketAfter(socket, limit)
  })
  await new Promise<void>((resolve) => hoodiecrow.listen(0, '127.0.0.1', resolve))
  const address = hoodiecrow.server.address() as AddressInfo
  const inbox = () => hoodiecrow.getMailbox('INBOX')
  return {
    url: `imap://office:secret@127.0.0.1:${address.port}/INBOX`,
    append: (raw, takenInAt = Date.now()) => {
      hoodiecrow.appendMessage('INBOX', [], imapDate(takenInAt), Buffer.from(raw).toString('binary'))
    },
    flag: (index, flag) => void inbox().messages[index]?.flags.push(flag),
    remove: (index) => void inbox().messages.splice(index, 1),
    count: () => inbox().messages.length,
    flags: () => inbox().messages.map(({ flags }) => flags),
    rebuild() {
      const mailbox = inbox()
      mailbox.uidvalidity += 1000
      for (const [index, message] of mailbox.messages.entries()) message.uid = 500 + index
      mailbox.uidnext = 500 + mailbox.messages.length
      for (const socket of sockets) socket.destroy()
    },
    cutAfter(bytes) {
      limit = bytes
    },
    cutAll() {
      for (const socket of sockets) socket.destroy()
    },
    connections: () => total,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => hoodiecrow.server.close(() => resolve()))
    },
  }
}

function cutSocketAfter(socket: Socket, bytes: number) {
  const write = socket.write.bind(socket)
  let left = bytes
  const cutting = (chunk: string | Uint8Array, ...rest: never[]): boolean => {
    left -= Buffer.byteLength(chunk)
    if (left > 0) return write(chunk, ...rest)
    socket.destroy()
    return false
  }
  Object.assign(socket, { write: cutting })
}

/** The same, closed when the test that asked for it is over. */
export async function imapServer(plugins?: string[]): Promise<ImapServer> {
  const server = await startImapServer(plugins)
  onTestFinished(() => server.close())
  return server
}
