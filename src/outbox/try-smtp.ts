import { TLSSocket } from 'node:tls'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { readSmtpUrl, smtpTimeouts } from './smtp.ts'

export interface SmtpTried {
  readonly isEncrypted: boolean
  /** When the server's certificate ends, milliseconds since the epoch; null without one. */
  readonly certificateEnds: number | null
}

/** Connects and signs in as a letter would, and leaves. Rejects with what the server or the network says. */
export function trySmtp(smtpUrl: string): Promise<SmtpTried> {
  const { options, auth } = readSmtpUrl(smtpUrl, smtpTimeouts)
  const connection = new SMTPConnection(options)
  return new Promise<SmtpTried>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the server took too long')), tryMs)
    connection.on('error', reject)
    connection.once('end', () => {
      clearTimeout(timer)
      reject(new Error('the connection ended'))
    })
    const done = () => resolve(seen(connection))
    connection.connect((error) => {
      if (error) return reject(error)
      if (auth === null || !connection.allowsAuth) return done()
      connection.login({ ...auth }, (refusal) => (refusal ? reject(refusal) : done()))
    })
  }).finally(() => connection.close())
}

const tryMs = 30_000

function seen(connection: SMTPConnection): SmtpTried {
  const socket: unknown = Reflect.get(connection, '_socket')
  const ends = socket instanceof TLSSocket ? Date.parse(socket.getPeerCertificate().valid_to) : Number.NaN
  return {
    isEncrypted: socket instanceof TLSSocket,
    certificateEnds: Number.isFinite(ends) ? ends : null,
  }
}
