import { stripBidiControls } from '../lib/bidi.ts'
import { withoutKeys } from '../lib/without-keys.ts'

/** How an attempt ended, and the server's own words (or the network's error code) for staff. */
export interface Settlement {
  kind: 'submitted' | 'retry' | 'failed' | 'uncertain' | 'badCredentials'
  reply: string
}

const longestReply = 500

/** Printable, on one line, at most 500 characters. A server that dislikes a link quotes it; its key goes. */
export const cleanReply = (text: string): string =>
  withoutKeys(stripBidiControls(text))
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .trim()
    .slice(0, longestReply)
    .replace(/[\ud800-\udbff]$/, '')

export const submitted = (reply: string): Settlement => ({ kind: 'submitted', reply: cleanReply(reply) })

/**
 * Judges nodemailer's error. `dataEnded`: the whole letter, the final dot included, was handed to the network, so
 * that a server which then fell silent may or may not have taken it.
 */
export function classifyFailure(error: unknown, dataEnded: boolean): Settlement {
  const fault = describe(error)
  return { kind: kindOf(fault, dataEnded), reply: cleanReply(fault.reply) }
}

interface Fault {
  code: string
  command: string
  responseCode: number
  reply: string
}

const recipientCommands = ['MAIL FROM', 'RCPT TO', 'DATA']
/** "Authentication required", "credentials invalid", "encryption required for this mechanism" (RFC 4954, 6). */
const credentialCodes = [530, 534, 535, 538]

function kindOf(fault: Fault, dataEnded: boolean): Settlement['kind'] {
  // 454 and the like say that the server cannot check now (RFC 4954): that is no wrong password.
  if (fault.code === 'EAUTH') return isTemporary(fault) ? 'retry' : 'badCredentials'
  if (credentialCodes.includes(fault.responseCode)) return 'badCredentials'
  if (isPermanent(fault) || isRefusedHere(fault)) return 'failed'
  const answeredData = fault.command === 'DATA' && isTemporary(fault)
  return dataEnded && !answeredData ? 'uncertain' : 'retry'
}

const isTemporary = ({ responseCode }: Fault) => responseCode >= 400 && responseCode < 500

/** Of this letter and its recipient. A 5xx greeting, EHLO or STARTTLS is the server's own trouble. */
const isPermanent = ({ command, responseCode }: Fault) =>
  // 503, bad sequence, speaks of the session and not of the letter.
  responseCode >= 500 && responseCode !== 503 && recipientCommands.includes(command)

/** nodemailer itself refused: an address that is none, or a letter larger than the server's SIZE. */
const isRefusedHere = ({ code, command, responseCode }: Fault) =>
  responseCode === 0 &&
  ((code === 'EENVELOPE' && command === 'API') || (code === 'EMESSAGE' && command === 'MAIL FROM'))

function describe(error: unknown): Fault {
  if (!(error instanceof Error)) return { code: '', command: '', responseCode: 0, reply: 'unknown error' }
  const textOf = (name: string) => {
    const value: unknown = Reflect.get(error, name)
    return typeof value === 'string' ? value : ''
  }
  const responseCode: unknown = Reflect.get(error, 'responseCode')
  const code = textOf('code')
  const words = textOf('response') || `${textOf('originalCode') || code} ${error.message}`
  return {
    code,
    command: textOf('command'),
    responseCode: typeof responseCode === 'number' ? responseCode : 0,
    reply: words,
  }
}
