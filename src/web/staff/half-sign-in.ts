import { createHash } from 'node:crypto'
import type { Request, Response } from 'express'
import { z } from 'zod'
import { seal, unseal } from '../../lib/seal.ts'
import type { Services } from '../../services.ts'
import { listAccounts, type StaffAccount } from '../../staff/accounts.ts'
import { cookieOf, isSecure } from '../cookies.ts'

/** Whose password was right, and where they were going; the code is still to come. */
export interface HalfSignIn {
  readonly account: StaffAccount
  readonly next: string
}

const lastsMs = 5 * 60_000
const purpose = 'half a sign-in'
const shape = z.object({ id: z.number(), password: z.string(), until: z.number(), next: z.string() })

const cookieName = (services: Services) => (isSecure(services) ? '__Host-half-session' : 'half-session')
const cookieOptions = (services: Services) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(services) }) as const

/** A new password makes the cookie worthless. */
const markOf = ({ passwordHash }: StaffAccount) =>
  createHash('sha256').update(passwordHash).digest('base64url')

export function setHalfSignIn(res: Response, services: Services, { account, next }: HalfSignIn): void {
  const until = services.clock.now() + lastsMs
  const half = { id: account.id, password: markOf(account), until, next }
  const sealed = seal(services.factorKey, purpose, JSON.stringify(half))
  res.cookie(cookieName(services), sealed, { ...cookieOptions(services), maxAge: lastsMs })
}

export const clearHalfSignIn = (res: Response, services: Services): void => {
  res.clearCookie(cookieName(services), cookieOptions(services))
}

/** Null without the cookie, after five minutes, and when the account has another password or is disabled. */
export function halfSignIn(req: Request, services: Services): HalfSignIn | null {
  const cookie = cookieOf(req, cookieName(services))
  const text = cookie === null ? null : unseal(services.factorKey, purpose, cookie)
  if (text === null) return null
  const { id, password, until, next } = shape.parse(JSON.parse(text))
  const account = listAccounts(services.db).find((one) => one.id === id)
  const left = until - services.clock.now()
  if (!account || markOf(account) !== password || left <= 0 || left > lastsMs) return null
  return { account, next }
}
