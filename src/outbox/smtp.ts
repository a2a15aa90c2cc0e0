import { Readable } from 'node:stream'
import SMTPConnection, {
  type SMTPConnectionAuth,
  type SMTPConnectionOptions,
} from 'nodemailer/lib/smtp-connection'
import type { Channel } from './channel.ts'
import { classifyFailure, type Settlement, submitted } from './classify.ts'
import type { ComposedLetter } from './compose.ts'

/** Milliseconds. */
export interface SmtpTimeouts {
  connection: number
  greeting: number
  /** Of silence, at any step. */
  socket: number
  /** Of one whole attempt, for a server that answers one byte at a time. */
  attempt: number
  /** For the answer to QUIT, after the letter is settled. */
  quit: number
}

export const smtpTimeouts: SmtpTimeouts = {
  connection: 10_000,
  greeting: 10_000,
  socket: 30_000,
  attempt: 180_000,
  quit: 1_000,
}

/** A connection of its own for each letter, so that one hung server conversation is nobody else's. */
export function createSmtpChannel(smtpUrl: string, timeouts: SmtpTimeouts = smtpTimeouts): Channel {
  const { options, auth } = readSmtpUrl(smtpUrl, timeouts)
  return {
    description: `${options.host}:${options.port}`,
    send: (letter, signal) => submit(new SMTPConnection(options), auth, letter, signal, timeouts),
  }
}

/** TLS is required, except towards this very machine, where there is neither a listener between nor a name to certify. */
export function readSmtpUrl(smtpUrl: string, timeouts: SmtpTimeouts) {
  const url = new URL(smtpUrl)
  const secure = url.protocol === 'smtps:'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isLoopback = /^(localhost|127(\.\d+){3}|::1)$/.test(host)
  const user = decoded(url.username)
  const options: SMTPConnectionOptions = {
    host,
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    requireTLS: !secure && !isLoopback,
    tls: { rejectUnauthorized: !isLoopback },
    allowInternalNetworkInterfaces: isLoopback,
    connectionTimeout: timeouts.connection,
    greetingTimeout: timeouts.greeting,
    dnsTimeout: timeouts.connection,
    socketTimeout: timeouts.socket,
    socketCloseTimeout: timeouts.quit,
  }
  const auth: SMTPConnectionAuth | null =
    user === '' ? null : { user, credentials: { user, pass: decoded(url.password) } }
  return { options, auth }
}

/** A password may hold a bare %. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

function submit(
  connection: SMTPConnection,
  auth: SMTPConnectionAuth | null,
  letter: ComposedLetter,
  signal: AbortSignal,
  timeouts: SmtpTimeouts,
): Promise<Settlement> {
  const content = inPieces(letter.raw)
  let dataEnded = false
  content.once('end', () => {
    dataEnded = true
  })
  return new Promise<Settlement>((resolve) => {
    const fail = (error: unknown) => {
      resolve(classifyFailure(error, dataEnded))
      connection.close()
    }
    const stopped = () => fail(new Error('stopped before the server answered'))
    const timer = setTimeout(() => fail(new Error('the server took too long')), timeouts.attempt)
    connection.on('error', fail)
    // A 421 ends the connection before it reaches the callback that knows which step it answered.
    connection.once('end', () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stopped)
      setImmediate(fail, new Error('the connection ended'))
    })
    const send = () =>
      connection.send({ ...letter.envelope, size: letter.raw.length }, content, (error, info) => {
        if (error || !info) return fail(error)
        // The server has taken it: whatever becomes of QUIT changes nothing.
        resolve(submitted(info.response))
        hangUp(connection, timeouts.quit)
      })
    signal.addEventListener('abort', stopped, { once: true })
    if (signal.aborted) return stopped()
    connection.connect((error) => {
      if (error) return fail(error)
      if (auth === null || !connection.allowsAuth) return send()
      connection.login({ ...auth }, (refusal) => (refusal ? fail(refusal) : send()))
    })
  })
}

function hangUp(connection: SMTPConnection, quitMs: number) {
  connection.quit()
  setTimeout(() => connection.close(), quitMs).unref()
}

const pieceBytes = 16 * 1024

/** In pieces, so that the end of the stream comes when nearly all of it has left, not when it was handed over. */
function inPieces(raw: Buffer): Readable {
  let offset = 0
  return new Readable({
    highWaterMark: pieceBytes,
    read() {
      const piece = raw.subarray(offset, offset + pieceBytes)
      offset += piece.length
      this.push(piece.length > 0 ? piece : null)
    },
  })
}
