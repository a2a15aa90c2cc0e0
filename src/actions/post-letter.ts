import type { Letter } from '../../views/letters/letter.tsx'
import type { Tx } from '../db/open.ts'
import { accessKeyPlaceholder } from '../outbox/compose.ts'
import { enqueueLetter } from '../outbox/store.ts'
import { replyAddress } from '../takedowns/reply-address.ts'
import type { Takedown } from '../takedowns/store.ts'
import { type Office, statusUrl } from './office.ts'

export interface Posting {
  takedown: Pick<Takedown, 'id' | 'reference' | 'claimantName' | 'email'>
  kind: string
  /** What caused the letter; with the takedown and the recipient it makes the letter unique. */
  cause: string
  letter: Letter
  /** Screenshots whose safe copies travel with it, and until when it waits for them. */
  screenshots?: readonly number[]
  waitForCopiesUntil?: number
  /** Message-ID of the mail that the letter answers, where it begins the thread. */
  answers?: string | null
  now: number
}

/** Both sides have a thread of their own; its root is a Message-ID that follows from the reference. */
const messageIdOf = (office: Office, posting: Posting, side: 'office' | 'claimant', cause: string) =>
  `<${posting.takedown.reference.toLowerCase()}.${side}.${cause}@${office.mailDomain}>`

export function postToOffice(tx: Tx, office: Office, posting: Posting): void {
  const recipient = { name: '', address: office.infoAddress }
  // No Reply-To of the claimant: an answer by mail alone would leave no trace in the takedown.
  post(tx, office, posting, 'office', recipient, null)
}

/** Nothing is posted to a claimant without an email; the status page tells the same. */
export function postToClaimant(tx: Tx, office: Office, posting: Posting): void {
  const { email, claimantName, reference } = posting.takedown
  const replyTo = office.hasPlusAddresses
    ? replyAddress(office.infoAddress, reference, office.accessSecret)
    : office.infoAddress
  if (email) post(tx, office, posting, 'claimant', { name: claimantName, address: email }, replyTo)
}

function post(
  tx: Tx,
  office: Office,
  posting: Posting,
  side: 'office' | 'claimant',
  recipient: { name: string; address: string },
  replyTo: string | null,
) {
  const { takedown, letter, now } = posting
  const root = messageIdOf(office, posting, side, 'submitted')
  const messageId = messageIdOf(office, posting, side, posting.cause)
  enqueueLetter(tx, {
    takedownId: takedown.id,
    kind: posting.kind,
    dedupeKey: `${takedown.id}:${posting.cause}:${side}`,
    messageId,
    rootMessageId: messageId === root ? (posting.answers ?? null) : root,
    recipient,
    replyTo,
    subject: letter.subject,
    text: letter.text,
    html: letter.html,
    attachedScreenshots: [...(posting.screenshots ?? [])],
    waitForCopiesUntil: posting.waitForCopiesUntil ?? null,
    now,
  })
}

/** The claimant's link as letters carry it: the key is filled in when the letter leaves, never stored. */
export const claimantLink = (office: Office, takedown: Pick<Takedown, 'locale' | 'reference'>): string =>
  statusUrl(office, takedown.locale, takedown.reference, accessKeyPlaceholder)
