import { findAccount } from '../../src/staff/accounts.ts'
import { findByReference, pagesOf, type ReportedPage, type Takedown } from '../../src/takedowns/store.ts'
import type { Submitted, TestApp } from './test-app.ts'

/** Exchanges the key of a takedown for its cookie, as a Cookie header. */
export async function openAs(app: TestApp, sent: Submitted): Promise<{ cookie: string }> {
  const answer = await app.get(new URL(sent.statusUrl).pathname + new URL(sent.statusUrl).search)
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0]
  if (answer.status !== 303 || !cookie) throw new Error(`the key was answered ${answer.status}`)
  return { cookie }
}

export function takedownOf(app: TestApp, { reference }: Pick<Submitted, 'reference'>): Takedown {
  const takedown = findByReference(app.services.db, reference)
  if (!takedown) throw new Error(`there is no ${reference}`)
  return takedown
}

export const reportedPagesOf = (app: TestApp, sent: Pick<Submitted, 'reference'>): ReportedPage[] =>
  pagesOf(app.services.db, takedownOf(app, sent).id)

/** What `act` on a takedown takes: as it stands now. */
export const targetOf = (app: TestApp, sent: Pick<Submitted, 'reference'>) => ({
  reference: sent.reference,
  version: takedownOf(app, sent).version,
  now: app.clock.now(),
})

export function staffIdOf(app: TestApp, email = 'staff@example.org'): number {
  const account = findAccount(app.services.db, email)
  if (!account) throw new Error(`there is no account of ${email}`)
  return account.id
}
