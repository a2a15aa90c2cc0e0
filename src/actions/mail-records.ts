import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '../db/open.ts'
import { incomingMessages, outgoingMessages, takedowns } from '../db/schema.ts'
import type { Records } from '../inbox/correlate.ts'
import { takedownOfMail } from '../inbox/store.ts'
import { findAccount } from '../staff/accounts.ts'
import { readReplyAddress } from '../takedowns/reply-address.ts'
import { findById, findByReference } from '../takedowns/store.ts'
import type { Office } from './office.ts'

/** What the records say about a mail, as they stand in this transaction. */
export function mailRecords(tx: Tx, office: Office): Records {
  const same = (address: string, other: string) => address.toLowerCase() === other.toLowerCase()
  return {
    letter: (messageId) =>
      tx
        .select({ letterId: outgoingMessages.id, takedownId: outgoingMessages.takedownId })
        .from(outgoingMessages)
        .where(eq(outgoingMessages.messageId, messageId))
        .get() ?? null,
    takedownOfMail: (messageIds) => takedownOfMail(tx, messageIds.map(withoutBrackets)),
    takedownOfReplyAddress(recipients) {
      for (const recipient of recipients) {
        const reference = readReplyAddress(recipient, office.infoAddress, office.accessSecret)
        const takedown = reference === null ? undefined : findByReference(tx, reference)
        if (takedown) return takedown.id
      }
      return null
    },
    takedownOfReference: (reference) => findByReference(tx, reference)?.id ?? null,
    isClaimant: (takedownId, address) => isClaimant(tx, takedownId, address),
    isOffice: (address) =>
      same(address, office.infoAddress) ||
      same(address, office.mailFrom) ||
      findAccount(tx, address) !== undefined,
    isOurSender: (address) => same(address, office.mailFrom),
  }
}

/** The address that the takedown's letters go to, or the sender of the mail that made it. */
function isClaimant(tx: Tx, takedownId: number, address: string): boolean {
  if (findById(tx, takedownId)?.email?.toLowerCase() === address) return true
  const byMail = and(
    eq(incomingMessages.takedownId, takedownId),
    eq(incomingMessages.standing, 'takedown'),
    eq(incomingMessages.senderAddress, address),
  )
  return tx.select({ one: sql`1` }).from(incomingMessages).where(byMail).limit(1).get() !== undefined
}

export const withoutBrackets = (messageId: string): string => messageId.replace(/^<|>$/g, '')

/** Whether a takedown is that of this row; for readers that hold only its number. */
export const referenceOf = (tx: Tx, takedownId: number): string | null =>
  tx.select({ reference: takedowns.reference }).from(takedowns).where(eq(takedowns.id, takedownId)).get()
    ?.reference ?? null
