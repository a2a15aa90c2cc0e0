import { createHash } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer'
import { withoutKeys } from '../lib/without-keys.ts'
import { isOneAddress } from './address.ts'
import type { ClaimedLetter } from './claim.ts'
import { headerText } from './header-text.ts'

/**
 * Stands in stored letters where the claimant's access key belongs: three private-use characters, which no
 * keyboard types. The key itself is put in when the letter leaves, so that the database never holds a usable one.
 */
export const accessKeyPlaceholder = '\ue1a0\ue1a7\ue1a3'

export interface SafeCopy {
  fileName: string
  mediaType: string
  content: Buffer
}

export interface ComposeDeps {
  /** Whom all mail comes from. */
  sender: { name: string; address: string }
  /** The publisher's own addresses: no access key is ever written into a letter to one of them. */
  ownAddresses: readonly string[]
  accessKeyFor: (takedownId: number) => string | null
}

/** One letter ready to leave; the bytes are the same each time it is composed from the same row and copies. */
export interface ComposedLetter {
  id: number
  kind: string
  reference: string | null
  createdAt: number
  raw: Buffer
  envelope: { from: string; to: string }
}

/** This letter can never leave as it stands; another try would say the same. */
export class LetterUnsendable extends Error {}

/** Throws LetterUnsendable when the recipient is not exactly one address. */
export async function composeLetter(
  letter: ClaimedLetter,
  reference: string | null,
  copies: readonly SafeCopy[],
  deps: ComposeDeps,
): Promise<ComposedLetter> {
  if (!isOneAddress(letter.recipientAddress)) {
    throw new LetterUnsendable('the recipient is not one email address')
  }
  const fillIn = accessKeyFiller(letter, deps)
  const composer = new MailComposer({
    from: { name: headerText(deps.sender.name), address: deps.sender.address },
    to: { name: headerText(letter.recipientName), address: letter.recipientAddress },
    subject: headerText(letter.subject),
    messageId: letter.messageId,
    date: new Date(letter.createdAt),
    headers: { 'Auto-Submitted': 'auto-generated' },
    ...(letter.rootMessageId && { inReplyTo: letter.rootMessageId, references: letter.rootMessageId }),
    ...(letter.replyTo && isOneAddress(letter.replyTo) && { replyTo: { name: '', address: letter.replyTo } }),
    text: encodedText(fillIn(letter.textBody)),
    html: encodedText(fillIn(letter.htmlBody)),
    attachments: copies.map((copy) => ({
      filename: copy.fileName,
      contentType: copy.mediaType,
      content: copy.content,
    })),
    // Neither quoted-printable nor base64 ever holds "=_": a letter's text cannot forge the boundary (RFC 2045, 6.7).
    boundaryPrefix: '=_',
    baseBoundary: createHash('sha256').update(letter.messageId).digest('hex').slice(0, 32),
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    id: letter.id,
    kind: letter.kind,
    reference,
    createdAt: letter.createdAt,
    raw: await composer.compile().build(),
    envelope: { from: deps.sender.address, to: letter.recipientAddress },
  }
}

/**
 * Without a key to give, the placeholder goes: a link that opens nothing rather than strange characters. From a letter to
 * ourselves every key goes: one that was queued by an older version may repeat a claimant's link.
 */
function accessKeyFiller(letter: ClaimedLetter, deps: ComposeDeps): (text: string) => string {
  const recipient = letter.recipientAddress.toLowerCase()
  const isOurs = deps.ownAddresses.some((address) => address.toLowerCase() === recipient)
  const needed = `${letter.textBody}${letter.htmlBody}`.includes(accessKeyPlaceholder)
  const key = needed && !isOurs && letter.takedownId !== null ? deps.accessKeyFor(letter.takedownId) : null
  const fillIn = (text: string) => text.replaceAll(accessKeyPlaceholder, () => key ?? '')
  return isOurs ? (text) => withoutKeys(fillIn(text)) : fillIn
}

/** Never 7bit, in which a person's line could pass for a boundary; base64 where most of it is not ASCII. */
function encodedText(content: string) {
  const isMostlyAscii = content.replace(/[^\p{ASCII}]/gu, '').length * 4 > content.length * 3
  return { content, contentTransferEncoding: isMostlyAscii ? 'quoted-printable' : 'base64' }
}
