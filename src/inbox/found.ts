import type { Locale } from '../i18n/locales.ts'
import type { Authenticity } from './authenticity.ts'

/** Where in a mail a value stood. */
export type FoundIn = 'from' | 'subject' | 'text' | 'html' | 'signature' | 'forwarded' | 'attachment'

export interface FoundPage {
  /** As the mail has it, and in the one form in which addresses are compared. */
  readonly reportedUrl: string
  readonly canonicalUrl: string
  readonly foundIn: FoundIn
}

/** A part of a mail that is a file. `part` counts the files of the mail from 0. */
export interface MailFile {
  readonly part: number
  readonly fileName: string
  readonly bytes: number
  /** Hex, of the decoded content. */
  readonly sha256: string
  readonly isInline: boolean
}

/** What a report about one of our own letters says (RFC 3464, and programs that write it their own way). */
export interface DeliveryReport {
  readonly kind: 'failed' | 'delayed' | 'delivered'
  /** Message-IDs that it names, with angle brackets: one of them is the letter's. */
  readonly messageIds: readonly string[]
  readonly recipient: string | null
  /** The mail server's own words. */
  readonly reply: string
}

/**
 * What was understood of a mail, without asking anybody and without the database. Texts are plain, at most 64 KiB each,
 * without control characters. Addresses of people are lower case and strictly one address.
 */
export interface FoundMail {
  /** With angle brackets, or null. */
  readonly messageId: string | null
  /** In-Reply-To and References, with angle brackets, newest first. */
  readonly answers: readonly string[]
  readonly sender: { readonly name: string; readonly address: string | null }
  /** To, Cc, Delivered-To and the like. */
  readonly recipients: readonly string[]
  readonly subject: string
  /** What its writer wrote, without what it answers; `quoted` is the rest. */
  readonly body: string
  readonly quoted: string
  readonly locale: Locale
  readonly pages: readonly FoundPage[]
  readonly name: { readonly value: string; readonly foundIn: FoundIn } | null
  readonly phone: { readonly typed: string; readonly e164: string | null; readonly foundIn: FoundIn } | null
  readonly files: readonly MailFile[]
  /** References of takedowns in the subject, in their canonical spelling. */
  readonly references: readonly string[]
  /** Why it is taken for automatic mail, null for mail of a person. */
  readonly automatic: 'auto_submitted' | 'precedence' | 'list' | 'empty_return_path' | 'report' | null
  /** The mail host's filter says that it is spam. */
  readonly isSpam: boolean
  readonly report: DeliveryReport | null
  /** It carries somebody else's mail on (a forward). */
  readonly isForward: boolean
  readonly authenticity: Authenticity
}

/**
 * A mail beyond the limits (RFC 5322 allows what no person sends), or one whose reading `ended` the program again and
 * again: kept, marked and stepped over.
 */
export type Unreadable = 'too_large' | 'too_many_parts' | 'too_deep' | 'too_slow' | 'malformed' | 'ended'

export type ReadMail =
  | {
      readonly ok: true
      readonly found: FoundMail
      /** The decoded contents, as `found.files`. */
      readonly contents: readonly Uint8Array[]
    }
  | { readonly ok: false; readonly reason: Unreadable }
