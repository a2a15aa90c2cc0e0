import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Request, Response } from 'express'
import type { Services } from '../../services.ts'
import { cookieOf, isSecure } from '../cookies.ts'

/**
 * By this cookie a browser is known again that has signed in to an account before (OWASP, "Slow down online guessing
 * attacks with device cookies"). It opens nothing: its tries are counted by themselves, so that strangers' tries do not
 * close the desk to it. Each account has one of its own, because colleagues share browsers.
 */
const lastsMs = 365 * 24 * 3_600_000
const shape = /^([\w-]{22})\.(\d{1,16})\.([\w-]{43})$/

const cookieName = (services: Services, staffId: number) =>
  `${isSecure(services) ? '__Host-' : ''}device-${staffId}`

const signatureOf = ({ clientSecret }: Services, staffId: number, nonce: string, until: string) =>
  createHmac('sha256', clientSecret).update(`device of ${staffId} ${nonce} ${until}`).digest()

/** After a sign-in, a new one each time: its count begins anew. */
export function setDeviceCookie(res: Response, services: Services, staffId: number): void {
  const nonce = randomBytes(16).toString('base64url')
  const until = String(services.clock.now() + lastsMs)
  const signature = signatureOf(services, staffId, nonce, until).toString('base64url')
  res.cookie(cookieName(services, staffId), `${nonce}.${until}.${signature}`, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure(services),
    maxAge: lastsMs,
  })
}

/** What this browser is counted by at the account; null where it has no cookie of ours for it, or one that has ended. */
export function deviceOf(req: Request, services: Services, staffId: number): string | null {
  const [, nonce = '', until = '', signature = ''] =
    shape.exec(cookieOf(req, cookieName(services, staffId)) ?? '') ?? []
  const typed = Buffer.from(signature, 'base64url')
  const right = signatureOf(services, staffId, nonce, until)
  const isOurs = typed.length === right.length && timingSafeEqual(typed, right)
  return isOurs && Number(until) > services.clock.now() ? nonce : null
}
