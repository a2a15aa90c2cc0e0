import { createHash } from 'node:crypto'
import PostalMime, { type Address, type Attachment, addressParser, type Email } from 'postal-mime'
import type { Locale } from '../i18n/locales.ts'
import { readAuthenticity } from './authenticity.ts'
import { isMarkedSpam, whyAutomatic } from './automatic.ts'
import { readDeliveryReport } from './delivery-report.ts'
import type { FoundIn, FoundPage, ReadMail, Unreadable } from './found.ts'
import { htmlText } from './html-text.ts'
import { languageOf } from './language.ts'
import { type MailHeaders, mailHeaders, messageIdsIn } from './mail-headers.ts'
import { mendEncoding } from './mend-encoding.ts'
import { mentionsInHtml, mentionsInText } from './mentions.ts'
import { splitQuoted } from './quoted.ts'
import { findName, findPhone, type PhoneReader, type Text } from './sender-details.ts'

/** Beyond these a mail is kept and marked, and staff look at it themselves. */
export const mailLimits = { bytes: 60 * 1024 * 1024, files: 200, depth: 20, headerBytes: 1024 * 1024 }

/** Characters of each text that is kept for reading; the raw mail has the rest. */
const longestText = 64 * 1024
const longestLine = 998
const deepestForward = 3

/** What a mail is read with: the publisher's own names, and readers of what people write. */
export interface Reading {
  readonly mailDomain: string
  /** Whose Authentication-Results count. */
  readonly trustedHost: string | null
  readonly defaultLocale: Locale
  readonly phones: PhoneReader
  /** The site's pages that a text names. */
  pagesIn(text: string): readonly { reportedUrl: string; canonicalUrl: string }[]
  /** The canonical spelling, or null. */
  reference(text: string): string | null
}

/** A mail with the mails that it carries on, their files after its own. */
interface Opened {
  readonly email: Email
  readonly headers: MailHeaders
  readonly files: Attachment[]
  readonly forwarded: readonly Opened[]
  /** Parts of a delivery report, as text. */
  readonly status: string
  readonly original: string
}

/** Understands the raw bytes of a mail; asks nobody and never throws for what a stranger sent. */
export async function readMail(raw: Uint8Array, reading: Reading): Promise<ReadMail> {
  if (raw.byteLength > mailLimits.bytes) return { ok: false, reason: 'too_large' }
  const opened = await open(withoutEnvelopeLine(raw), 0)
  if (typeof opened === 'string') return { ok: false, reason: opened }
  const files = allFiles(opened)
  if (files.length > mailLimits.files) return { ok: false, reason: 'too_many_parts' }
  return understand(opened, files, reading)
}

/** A pipe of some mail servers puts a line `From sender date` first. */
function withoutEnvelopeLine(raw: Uint8Array): Uint8Array {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
  return bytes.subarray(0, 5).toString('latin1') === 'From ' ? raw.subarray(bytes.indexOf(10) + 1) : raw
}

async function open(raw: Uint8Array, depth: number): Promise<Opened | Unreadable> {
  const email = await parse(raw)
  if (typeof email === 'string') return email
  const [carried, files] = partition(email.attachments, ({ mimeType }) => isMail(mimeType))
  const isReport = files.some(({ mimeType }) => mimeType === 'message/delivery-status')
  const forwarded: Opened[] = []
  for (const { content } of isReport || depth >= deepestForward ? [] : carried) {
    const inner = await open(bytesOf(content), depth + 1)
    if (typeof inner !== 'string') forwarded.push(inner)
  }
  const textOf = (wanted: (type: string) => boolean) =>
    files
      .concat(isReport ? carried : [])
      .filter(({ mimeType }) => wanted(mimeType))
      .map(({ content }) => decodeText(bytesOf(content).subarray(0, longestText)))
      .join('\n')
  return {
    email,
    headers: mailHeaders(email.headers, email.subject ?? ''),
    files: files
      .filter(({ mimeType }) => !isReportPart(mimeType))
      .concat(depth >= deepestForward ? carried : []),
    forwarded,
    status: textOf((type) => type === 'message/delivery-status'),
    original: textOf((type) => type === 'text/rfc822-headers' || isMail(type)),
  }
}

const isMail = (type: string) => type === 'message/rfc822' || type === 'message/global'
const isReportPart = (type: string) =>
  type === 'message/delivery-status' ||
  type === 'text/rfc822-headers' ||
  type === 'message/disposition-notification'

async function parse(raw: Uint8Array): Promise<Email | Unreadable> {
  try {
    return await PostalMime.parse(raw, {
      maxNestingDepth: mailLimits.depth,
      maxHeadersSize: mailLimits.headerBytes,
      forceRfc822Attachments: true,
    })
  } catch (error) {
    return error instanceof Error && /nesting/i.test(error.message) ? 'too_deep' : 'malformed'
  }
}

function understand(opened: Opened, files: readonly Attachment[], reading: Reading): ReadMail {
  const { email, headers } = opened
  const sender = oneOf(email.from) ?? oneOf(email.sender)
  const address = sender?.address ? strictAddress(sender.address) : null
  const { body, quoted, isForward } = splitQuoted(wordsOf(email))
  const carried = opened.forwarded.map(({ email: inner }) => inner)
  const subject = line(headers.subject)
  const texts: Text[] = [
    { text: body, foundIn: 'text' },
    ...[quoted, ...carried.map(wordsOf)].map((text) => ({ text, foundIn: 'forwarded' as const })),
  ]
  const report = readDeliveryReport({
    headers,
    senderAddress: address,
    text: wordsOf(email),
    status: opened.status,
    original: opened.original,
    mailDomain: reading.mailDomain,
  })
  const contents = files.map(({ content }) => bytesOf(content))
  return {
    ok: true,
    contents,
    found: {
      messageId: messageIdsIn(email.messageId ?? '')[0] ?? null,
      answers: answersOf(headers),
      sender: { name: line(sender?.name ?? ''), address },
      recipients: recipientsOf(email, headers),
      subject,
      body: plain(body),
      quoted: plain([quoted, ...carried.map(asForwarded)].filter((text) => text !== '').join('\n\n')),
      locale: languageOf([body, subject, sender?.name ?? '', quoted], reading.defaultLocale),
      pages: findPages(subject, body, quoted, email, carried, reading),
      name: findName(sender?.name ?? '', texts),
      phone: findPhone(texts, reading.phones),
      files: files.map((file, part) => ({
        part,
        fileName: line(file.filename ?? '').slice(0, 255) || nameless(file.mimeType, part),
        bytes: contents[part]?.byteLength ?? 0,
        sha256: createHash('sha256')
          .update(contents[part] ?? new Uint8Array())
          .digest('hex'),
        isInline: file.disposition === 'inline' || file.related === true,
      })),
      references: referencesIn(subject, reading),
      automatic: whyAutomatic(headers, address, report !== null || opened.status !== ''),
      isSpam: isMarkedSpam(headers),
      report,
      isForward: isForward || carried.length > 0,
      authenticity: readAuthenticity(headers, address, reading.trustedHost),
    },
  }
}

// --- texts -------------------------------------------------------------------------------------------------------

/** Its plain text where it has one with words in it, else the words of its HTML. */
function wordsOf(email: Email): string {
  const text = mendEncoding(email.text ?? '')
  return /[\p{L}\p{N}]/u.test(text) || !email.html ? text : mendEncoding(htmlText(email.html))
}

function asForwarded(email: Email): string {
  const from = oneOf(email.from)
  const head = [`${from?.name ?? ''} <${from?.address ?? ''}>`.trim(), email.subject ?? ''].map(line)
  return ['----------', ...head, '', wordsOf(email)].join('\n')
}

/** Without what no text needs: control characters, lone halves of pairs; line ends as LF. */
const plain = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .slice(0, longestText)
    .trim()

const line = (text: string): string => plain(text).replace(/\s+/gu, ' ').slice(0, longestLine)

/** UTF-8 where it is that, else one byte a character: reports are ASCII in all that is read of them. */
function decodeText(bytes: Uint8Array): string {
  const text = new TextDecoder('utf-8').decode(bytes)
  return text.includes('\ufffd') ? Buffer.from(bytes).toString('latin1') : text
}

// --- pages and references ----------------------------------------------------------------------------------------

function findPages(
  subject: string,
  body: string,
  quoted: string,
  email: Email,
  carried: readonly Email[],
  reading: Reading,
): FoundPage[] {
  const places: { foundIn: FoundIn; mentions: readonly string[] }[] = [
    { foundIn: 'text', mentions: mentionsInText(body) },
    { foundIn: 'subject', mentions: mentionsInText(subject) },
    { foundIn: 'html', mentions: email.html ? mentionsInHtml(email.html) : [] },
    { foundIn: 'forwarded', mentions: mentionsInText(quoted) },
    ...carried.map((inner) => ({
      foundIn: 'forwarded' as const,
      mentions: [...mentionsInText(wordsOf(inner)), ...(inner.html ? mentionsInHtml(inner.html) : [])],
    })),
  ]
  const pages = new Map<string, FoundPage>()
  for (const { foundIn, mentions } of places) {
    for (const page of mentions.flatMap((mention) => reading.pagesIn(mention))) {
      if (!pages.has(page.canonicalUrl) && pages.size < mostPages)
        pages.set(page.canonicalUrl, { ...page, foundIn })
    }
  }
  return [...pages.values()]
}

const mostPages = 50

function referencesIn(subject: string, { reference }: Reading): string[] {
  const candidates =
    subject.match(/\bTD[-\u2010-\u2015 ]?[0-9A-Z]{4}[-\u2010-\u2015 ]?[0-9A-Z]{4}\b/giu) ?? []
  return [...new Set(candidates.flatMap((text) => reference(text) ?? []))]
}

// --- headers -----------------------------------------------------------------------------------------------------

function answersOf(headers: MailHeaders): string[] {
  const direct = messageIdsIn(headers.first('in-reply-to') ?? '')
  const chain = messageIdsIn(headers.first('references') ?? '').reverse()
  return [...new Set([...direct, ...chain])].slice(0, 100)
}

function recipientsOf(email: Email, headers: MailHeaders): string[] {
  const listed = [...(email.to ?? []), ...(email.cc ?? [])].flatMap(flat)
  const delivered = ['delivered-to', 'x-original-to', 'envelope-to', 'x-forwarded-to'].flatMap((name) =>
    headers.all(name).flatMap((value) => addressParser(value, { flatten: true })),
  )
  const addresses = [...listed, ...delivered].flatMap(({ address }) => strictAddress(address ?? '') ?? [])
  return [...new Set(addresses)].slice(0, 100)
}

const flat = (address: Address) => (address.group ? address.group : [address])
const oneOf = (address: Address | undefined) => (address ? flat(address)[0] : undefined)

/** A dot-atom or the like on both sides of one @, at most 254 bytes (RFC 5321); lower case. */
function strictAddress(text: string): string | null {
  const address = text.trim().toLowerCase()
  const isOne = /^[^\s"(),:;<>@[\\\]\p{C}]+@[^\s"(),:;<>@[\\\]\p{C}]+$/u.test(address)
  return isOne && !address.startsWith('-') && Buffer.byteLength(address) <= 254 ? address : null
}

// --- files -------------------------------------------------------------------------------------------------------

const allFiles = (opened: Opened): Attachment[] => [...opened.files, ...opened.forwarded.flatMap(allFiles)]

const bytesOf = (content: Attachment['content']): Uint8Array =>
  typeof content === 'string'
    ? Buffer.from(content, 'utf8')
    : content instanceof Uint8Array
      ? content
      : new Uint8Array(content)

const nameless = (mimeType: string, part: number): string =>
  `${part + 1}.${/^[a-z]+\/([a-z0-9]{1,10})/.exec(mimeType)?.[1] ?? 'bin'}`

function partition<Item>(items: readonly Item[], isFirst: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))]
}
