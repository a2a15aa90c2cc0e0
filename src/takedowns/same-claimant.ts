import type { takedowns } from '../db/schema.ts'

type Reachable = Pick<typeof takedowns.$inferSelect, 'email' | 'phoneE164'>

/** The same email or the same number: what one of them may be told about the other. */
export const isSameClaimant = (one: Reachable, other: Reachable): boolean =>
  (one.email !== null && one.email.toLowerCase() === other.email?.toLowerCase()) ||
  (one.phoneE164 !== null && one.phoneE164 === other.phoneE164)
