import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { TLSSocket } from 'node:tls'
import type { ImapFlow as Client } from 'imapflow'
import { ImapFlow } from 'imapflow'

/** A mailbox as IMAP_URL names it. */
export interface MailboxAddress {
  readonly host: string
  readonly port: number
  readonly isTls: boolean
  readonly user: string
  readonly password: string
  readonly folder: string
  /** Host, account and folder, without the password: under this its cursor is kept. */
  readonly name: string
}

export function mailboxAddress(imapUrl: string): MailboxAddress {
  const url = new URL(imapUrl)
  const isTls = url.protocol === 'imaps:'
  const folder = decodeURIComponent(url.pathname.slice(1)) || 'INBOX'
  const user = decodeURIComponent(url.username)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = url.port === '' ? (isTls ? 993 : 143) : Number(url.port)
  return {
    host,
    port,
    isTls,
    user,
    password: decodeURIComponent(url.password),
    folder,
    name: `${user}@${host}:${port}/${folder}`,
  }
}

/** What is known of a message before it is fetched. `takenInAt` is the host's own time (INTERNALDATE). */
export interface Listed {
  readonly uid: number
  readonly takenInAt: number | null
  readonly bytes: number
}

export interface OpenMailbox {
  /** Grows only, as a text: it is a number of 32 bits or more. */
  readonly uidValidity: string
  /** UIDs below were given before it was opened. */
  readonly uidNext: number
  /** False when the connection is lost. */
  isUsable(): boolean
  /** UIDs from `first` on, ascending, of mail that the host took in since then. */
  uidsFrom(first: number, since: number | null): Promise<number[]>
  list(uids: readonly number[]): Promise<Listed[]>
  /** The bytes of a message; null where it is gone. */
  raw(listed: Listed): Promise<AsyncIterable<Uint8Array> | null>
  /** Resolves when the server tells of new mail, after `ms`, or when `signal` is aborted; rejects when it is gone. */
  waitForMail(ms: number, signal: AbortSignal): Promise<void>
  close(): Promise<void>
}

/** The server refuses our user or password: nothing to be tried again soon. */
export class SignInRefused extends Error {}

/** Below this a message comes in one piece. */
const inOnePieceBytes = 1024 * 1024
const isLoopback = (host: string) => host === 'localhost' || host === '::1' || host.startsWith('127.')

/**
 * Opens the mailbox for reading alone: people read, move and flag there at the same time, and nothing of theirs is
 * touched. TLS is checked, and without it no password leaves this machine. Throws SignInRefused, or what the network says.
 */
export async function openMailbox(address: MailboxAddress): Promise<OpenMailbox> {
  const { client, uidValidity, uidNext } = await connect(address)
  return withClient(client, uidValidity, uidNext)
}

/** The same, and away again: when the server's certificate ends, milliseconds since the epoch; null without one. */
export async function tryMailbox(address: MailboxAddress): Promise<{ certificateEnds: number | null }> {
  const { client } = await connect(address)
  const socket: unknown = Reflect.get(client, 'socket')
  const ends = socket instanceof TLSSocket ? Date.parse(socket.getPeerCertificate().valid_to) : Number.NaN
  client.close()
  return { certificateEnds: Number.isFinite(ends) ? ends : null }
}

async function connect(address: MailboxAddress) {
  const { host, port, isTls, user, password, folder } = address
  const client = new ImapFlow({
    host,
    port,
    secure: isTls,
    doSTARTTLS: isTls || isLoopback(host) ? undefined : true,
    auth: { user, pass: password },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: 120_000,
  })
  // A lost connection also ends whatever command is under way, and that is where it is heard of.
  client.on('error', () => {})
  try {
    await client.connect()
    const { uidValidity, uidNext } = await client.mailboxOpen(folder, { readOnly: true })
    return { client, uidValidity: String(uidValidity), uidNext }
  } catch (error) {
    client.close()
    if (error instanceof Error && 'authenticationFailed' in error) throw new SignInRefused('sign-in refused')
    throw error
  }
}

function withClient(client: Client, uidValidity: string, uidNext: number): OpenMailbox {
  return {
    uidValidity,
    uidNext,
    isUsable: () => client.usable,

    async uidsFrom(first, since) {
      const query = { uid: `${first}:*`, ...(since !== null && { since: new Date(since) }) }
      const found = await client.search(query, { uid: true })
      if (found === false || found === undefined) throw new Error('the mailbox could not be searched')
      // `5:*` names the last message even where its UID is smaller (RFC 9051, 9).
      return [...found].filter((uid) => uid >= first).sort((a, b) => a - b)
    },

    async list(uids) {
      const listed: Listed[] = []
      for (let from = 0; from < uids.length; from += listedAtOnce) {
        const range = uids.slice(from, from + listedAtOnce).join(',')
        const query = { uid: true, internalDate: true, size: true }
        for await (const { uid, internalDate, size } of client.fetch(range, query, { uid: true })) {
          listed.push({ uid, takenInAt: timeOf(internalDate), bytes: size ?? 0 })
        }
      }
      return listed.sort((a, b) => a.uid - b.uid)
    },

    async raw({ uid, bytes }) {
      if (bytes <= inOnePieceBytes) {
        const message = await client.fetchOne(String(uid), { source: true }, { uid: true })
        const source = message ? message.source : undefined
        return source ? onePiece(source) : null
      }
      const download = await client.download(String(uid), undefined, {
        uid: true,
        chunkSize: inOnePieceBytes,
      })
      return download.content ?? null
    },

    async waitForMail(ms, signal) {
      const over = new AbortController()
      const waits = { signal: over.signal }
      const heard = once(client, 'exists', waits)
      const lost = once(client, 'close', waits).then(() => {
        throw new Error('the connection to the mailbox is lost')
      })
      // Aborted already: the race is over at once.
      const stopped = signal.aborted ? null : once(signal, 'abort', waits)
      const ends = [heard, lost, sleep(ms, undefined, waits), stopped]
      // Those that are not waited for to their end are let go of below.
      for (const end of ends) end?.catch(() => undefined)
      // Ended by the next command; a server without IDLE is asked from time to time instead.
      client.idle().catch(() => undefined)
      try {
        await Promise.race(ends)
        if (!signal.aborted) await client.noop()
      } finally {
        over.abort()
      }
    },

    async close() {
      const patience = setTimeout(() => client.close(), 2000)
      await client.logout().catch(() => undefined)
      clearTimeout(patience)
      client.close()
    },
  }
}

const listedAtOnce = 500

function timeOf(date: Date | string | undefined): number | null {
  const time = date === undefined ? Number.NaN : new Date(date).getTime()
  return Number.isFinite(time) ? time : null
}

async function* onePiece(source: Uint8Array) {
  yield source
}
