import type { DeliveryReport } from './found.ts'
import { type MailHeaders, messageIdsIn } from './mail-headers.ts'

export interface ReportParts {
  readonly headers: MailHeaders
  readonly senderAddress: string | null
  readonly text: string
  /** Of `message/delivery-status`, as text; empty where there is none. */
  readonly status: string
  /** The headers of the letter that is reported on, or the whole of it, as text. */
  readonly original: string
  /** Right-hand side of our own Message-IDs. */
  readonly mailDomain: string
}

const longestReply = 2000

/**
 * What a mail server says of one of our letters: by RFC 3464, or in the words of programs that have their own way
 * (qmail, Exim, Exchange and those that only write a text). Null for any other mail.
 */
export function readDeliveryReport(parts: ReportParts): DeliveryReport | null {
  const { headers, status, original, text, mailDomain } = parts
  const isDeliveryStatus = status !== ''
  if (!isDeliveryStatus && !isFromServer(parts)) return null
  const replied = [headers.first('in-reply-to') ?? '', headers.first('references') ?? '']
  const messageIds = [original, status, text, ...replied]
    .flatMap(messageIdsIn)
    .filter((id) => id.toLowerCase().endsWith(`@${mailDomain.toLowerCase()}>`))
  const failed = headers.first('x-failed-recipients')
  if (!isDeliveryStatus && messageIds.length === 0 && failed === undefined) return null
  return {
    kind: kindOf(parts),
    messageIds: [...new Set(messageIds)],
    recipient: recipientOf(status, failed, text),
    reply: replyOf(status, text),
  }
}

const isFromServer = ({ headers, senderAddress }: ReportParts): boolean =>
  headers.first('return-path')?.trim() === '<>' ||
  headers.has('x-failed-recipients') ||
  /^(?:mailer-daemon|postmaster)@/i.test(senderAddress ?? '') ||
  /multipart\/report/i.test(headers.first('content-type') ?? '')

/** `Action` decides, where it stands; the worst of several recipients. */
function kindOf({ status, text, headers }: ReportParts): DeliveryReport['kind'] {
  const said = [...status.matchAll(/^action\s*:\s*([a-z]+)/gim)].map(([, action = '']) =>
    action.toLowerCase(),
  )
  if (said.includes('failed')) return 'failed'
  if (said.includes('delayed')) return 'delayed'
  if (said.length > 0) return 'delivered'
  const words = `${headers.subject}\n${text.slice(0, 4000)}`
  if (/\b5\.\d{1,3}\.\d{1,3}\b|\b55[0-9]\b|permanent|undeliver|failure/i.test(words)) return 'failed'
  return /delay|will (?:be )?retr|still trying|not (?:yet )?been delivered/i.test(words)
    ? 'delayed'
    : 'failed'
}

function recipientOf(status: string, failed: string | undefined, text: string): string | null {
  const named = /^(?:final|original)-recipient\s*:\s*(?:[a-z0-9-]+\s*;)?\s*<?([^\s<>]+@[^\s<>]+)>?/im.exec(
    status,
  )?.[1]
  const said = named ?? failed?.split(',')[0]?.trim() ?? /<([^\s<>@]+@[^\s<>@]+)>:?\s*$/m.exec(text)?.[1]
  return said?.toLowerCase() ?? null
}

/** The diagnostic, else the status code, else the first line that holds a server's answer, else the beginning. */
function replyOf(status: string, text: string): string {
  const unfolded = status.replace(/\r?\n[ \t]+/g, ' ')
  const diagnostic = /^diagnostic-code\s*:\s*(?:[a-z0-9-]+\s*;)?\s*(.+)$/im.exec(unfolded)?.[1]
  const code = /^status\s*:\s*(\S+)/im.exec(unfolded)?.[1]
  const answer = text.split('\n').find((line) => /\b[45]\d\d[ -]|\b[45]\.\d{1,3}\.\d{1,3}\b/.test(line))
  const words = diagnostic ?? answer ?? code ?? text.slice(0, 300)
  return words.replace(/\s+/g, ' ').trim().slice(0, longestReply)
}
