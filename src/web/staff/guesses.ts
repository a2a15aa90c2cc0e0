import { createHash, createHmac } from 'node:crypto'
import type { Request, Response } from 'express'
import type { Sentence } from '../../../views/components/said.tsx'
import { recordRefusedSignIn } from '../../actions/record-refused-sign-in.ts'
import type { Services } from '../../services.ts'
import type { StaffAccount } from '../../staff/accounts.ts'
import { passwordMatches } from '../../staff/password.ts'
import type { Limit } from '../limits.ts'
import { clientKey } from '../middleware/client-address.ts'
import { accountOf, sessionToken } from '../middleware/staff-session.ts'
import { uploadOf } from '../middleware/upload.ts'
import { logSecurity } from '../security-log.ts'
import { deviceOf } from './device-cookie.ts'

/** What one try at a password or a code is counted by; all of it must have one left. */
export type Guess = readonly { readonly limit: Limit; readonly key: string }[]

/**
 * A browser that has signed in to the account before is counted by itself. Of all others each client is counted, on
 * this account and on all, and each account, over all clients; accounts that do not exist as well.
 */
export function passwordGuess(
  req: Request,
  services: Services,
  email: string,
  account: StaffAccount | undefined,
): Guess {
  const { signIns, signInsOfClient, signInsOfAccount } = services.limits
  const device = account ? deviceOf(req, services, account.id) : null
  if (device !== null) return [{ limit: signIns, key: `device ${device}` }]
  const client = clientKey(req, services.clientSecret)
  const owner = createHmac('sha256', services.clientSecret).update(`account ${email}`).digest('base64url')
  return [
    { limit: signInsOfClient, key: client },
    { limit: signIns, key: `${client} ${owner}` },
    { limit: signInsOfAccount, key: owner },
  ]
}

/** The same of a code: whoever gets to it has the password, so there are fewer. */
export function codeGuess(req: Request, services: Services, staffId: number): Guess {
  const { signIns, codesOfAccount } = services.limits
  const device = deviceOf(req, services, staffId)
  if (device !== null) return [{ limit: signIns, key: `device ${device} code` }]
  return [
    { limit: signIns, key: `${clientKey(req, services.clientSecret)} code ${staffId}` },
    { limit: codesOfAccount, key: String(staffId) },
  ]
}

/** Of who is signed in and proves it once more. Counted by session: a stolen one does not hold up its owner elsewhere. */
export function proofGuess(req: Request, services: Services): Guess {
  const session = createHash('sha256')
    .update(sessionToken(req, services) ?? '')
    .digest('base64url')
  return [{ limit: services.limits.signIns, key: `proof ${session}` }]
}

/**
 * Takes one of each before anything is looked at: hashing is dear, and many tries at once must not all get to it. Null,
 * or the seconds to wait; what had been taken then comes back.
 */
export async function takeGuess(guess: Guess): Promise<number | null> {
  for (const [index, { limit, key }] of guess.entries()) {
    const wait = await limit.take(key)
    if (wait === null) continue
    await giveBackGuess(guess.slice(0, index))
    return wait
  }
  return null
}

/** Whether the password is right. Where it was not looked at, for too many at once, it was no guess. */
export async function tryPassword(guess: Guess, stored: string | null, password: string): Promise<boolean> {
  try {
    return await passwordMatches(stored, password)
  } catch (error) {
    await giveBackGuess(guess)
    throw error
  }
}

/** It was right. */
export async function giveBackGuess(guess: Guess): Promise<void> {
  for (const { limit, key } of guess) await limit.giveBack(key)
}

/** Says when to come back, in seconds for machines and in minutes for people. */
export function tooManyGuesses(res: Response, wait: number): Sentence {
  res.set('Retry-After', String(wait))
  return { key: 'staff.signIn.tooMany', params: { count: Math.ceil(wait / 60) } }
}

/** The own password once more, typed as `current`: null where it is right, else what to say, with its status. */
export async function takePassword(
  req: Request,
  res: Response,
  services: Services,
): Promise<{ readonly sentence: Sentence; readonly status: number } | null> {
  const account = accountOf(req)
  const guess = proofGuess(req, services)
  const wait = await takeGuess(guess)
  if (wait !== null) {
    void noteRefusedSignIn(services, account)
    return { sentence: tooManyGuesses(res, wait), status: 429 }
  }
  if (!(await tryPassword(guess, account.passwordHash, uploadOf(req).fields.current?.[0] ?? ''))) {
    logSecurity(services.logger, 'proof_failed', { staff: account.id })
    return { sentence: { key: 'settings.password.wrong' }, status: 422 }
  }
  await giveBackGuess(guess)
  return null
}

/** Once an hour is enough of each account. After the answer: how long that takes must not tell that there is an account. */
export async function noteRefusedSignIn(
  services: Services,
  account: StaffAccount | undefined,
): Promise<void> {
  if (!account || (await services.limits.refusalsNoted.take(String(account.id))) !== null) return
  logSecurity(services.logger, 'sign_ins_held_up', { staff: account.id })
  const now = services.clock.now()
  await services
    .commit(() => recordRefusedSignIn(services.db, account.id, now))
    .catch((err: unknown) => services.logger.warn({ err }, 'a refused sign-in was not written down'))
}
