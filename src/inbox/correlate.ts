import type { FoundMail } from './found.ts'

/** What the records say about a mail; asked one by one, because most mails need few. */
export interface Records {
  /** The takedown and letter of a Message-ID of ours, with its angle brackets. */
  letter(messageId: string): { letterId: number; takedownId: number | null } | null
  /** The takedown that earlier mail with one of these Message-IDs belongs to. */
  takedownOfMail(messageIds: readonly string[]): number | null
  /** The takedown of a signed reply address of ours among the recipients. */
  takedownOfReplyAddress(recipients: readonly string[]): number | null
  takedownOfReference(reference: string): number | null
  /** Whether mail is sent to this address about the takedown. */
  isClaimant(takedownId: number, address: string): boolean
  /** The info address, the sender of our letters, or the account of somebody in the office. */
  isOffice(address: string): boolean
  /** Our letters' own sender alone. */
  isOurSender(address: string): boolean
}

export type MatchedBy = 'reply_address' | 'thread' | 'subject' | 'page' | 'delivery_report' | 'staff'

/** Where a mail belongs, and by what that was seen. `guess` names a word for staff (i18n staff.inbox.guess.*). */
export type Belonging =
  | { standing: 'own' }
  | { standing: 'bounce'; letterId: number | null; takedownId: number | null; matchedBy: MatchedBy | null }
  | { standing: 'automatic'; takedownId: number | null; matchedBy: MatchedBy | null }
  | { standing: 'reply' | 'stranger' | 'office'; takedownId: number; matchedBy: MatchedBy }
  | { standing: 'takedown'; matchedBy: MatchedBy }
  | { standing: 'spam' }
  | { standing: 'unmatched'; guess: Guess }

export const guesses = ['reference', 'office_forward', 'marked_spam', 'no_page', 'flood'] as const
export type Guess = (typeof guesses)[number]

/** In MAIL.md's order: our own, reports, signed reply address, thread, subject with a known party, pages. */
export function correlate(found: FoundMail, records: Records): Belonging {
  const { sender, messageId, report } = found
  const address = sender.address
  if (messageId && address && records.isOurSender(address) && records.letter(messageId))
    return { standing: 'own' }
  if (report) return ofReport(report.messageIds, records)
  const thread = ofThread(found, records)
  if (found.automatic) {
    return {
      standing: 'automatic',
      takedownId: thread?.takedownId ?? null,
      matchedBy: thread?.matchedBy ?? null,
    }
  }
  if (thread) return withParty(thread, address, records)
  const named = found.references.flatMap((reference) => records.takedownOfReference(reference) ?? [])[0]
  if (named !== undefined && address !== null) {
    const known = { takedownId: named, matchedBy: 'subject' } as const
    if (records.isClaimant(named, address)) return { standing: 'reply', ...known }
    if (records.isOffice(address)) return { standing: 'office', ...known }
  }
  return ofNoThread(found, named ?? null, records)
}

function ofReport(messageIds: readonly string[], records: Records): Belonging {
  const letter = messageIds.map((id) => records.letter(id)).find((found) => found !== null)
  return {
    standing: 'bounce',
    letterId: letter?.letterId ?? null,
    takedownId: letter?.takedownId ?? null,
    matchedBy: letter ? 'delivery_report' : null,
  }
}

interface Thread {
  readonly takedownId: number
  readonly matchedBy: 'reply_address' | 'thread'
}

function ofThread({ recipients, answers }: FoundMail, records: Records): Thread | null {
  const signed = records.takedownOfReplyAddress(recipients)
  if (signed !== null) return { takedownId: signed, matchedBy: 'reply_address' }
  for (const answer of answers) {
    const takedownId = records.letter(answer)?.takedownId
    if (takedownId != null) return { takedownId, matchedBy: 'thread' }
  }
  const takedownId = records.takedownOfMail(answers)
  return takedownId === null ? null : { takedownId, matchedBy: 'thread' }
}

/** Whoever holds a signed reply address has our letter to the claimant; all others are known by their address. */
function withParty(thread: Thread, address: string | null, records: Records): Belonging {
  if (address !== null && records.isOffice(address)) return { standing: 'office', ...thread }
  const isClaimant =
    thread.matchedBy === 'reply_address' ||
    (address !== null && records.isClaimant(thread.takedownId, address))
  return { standing: isClaimant ? 'reply' : 'stranger', ...thread }
}

function ofNoThread(found: FoundMail, named: number | null, { isOffice }: Records): Belonging {
  const unmatched = (guess: Guess): Belonging => ({ standing: 'unmatched', guess })
  if (named !== null) return unmatched('reference')
  if (found.isSpam) return found.pages.length > 0 ? unmatched('marked_spam') : { standing: 'spam' }
  if (found.sender.address !== null && isOffice(found.sender.address)) return unmatched('office_forward')
  return found.pages.length > 0 ? { standing: 'takedown', matchedBy: 'page' } : unmatched('no_page')
}
