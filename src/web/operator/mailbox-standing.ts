import { oldestUnreadSeconds } from '../../inbox/store.ts'
import type { Services } from '../../services.ts'

/** Null where no mailbox is read. A mailbox that has not answered since the start counts from there. */
export function mailboxStanding({ inbox, db, clock }: Services) {
  if (!inbox) return null
  const { fault, seenAt, since } = inbox.state()
  const now = clock.now()
  return {
    fault,
    unseenSeconds: Math.max(0, Math.floor((now - (seenAt ?? since)) / 1000)),
    oldestUnreadSeconds: oldestUnreadSeconds(db, now),
  }
}
