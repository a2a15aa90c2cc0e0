import type { Request, Response } from 'express'
import type { Db } from '../db/open.ts'
import { type Locale, locales } from '../i18n/locales.ts'
import type { Services } from '../services.ts'
import { accessKeyMatches, hashAccessKey, parseAccessKey } from '../takedowns/access-key.ts'
import { parseReference } from '../takedowns/reference.ts'
import { findByReference, type Takedown } from '../takedowns/store.ts'
import { cookieOf, isSecure } from './cookies.ts'

/**
 * `__Secure-`: no page on http can set it. Not `__Host-`, which allows no path but `/`: the path keeps the keys of several
 * takedowns apart.
 */
const cookieName = (services: Pick<Services, 'office'>) =>
  isSecure(services) ? '__Secure-takedown' : 'takedown'

const oneDayMs = 24 * 3_600_000
/** What an unknown reference is compared with, so that it takes the time of a known one. */
const noHash = hashAccessKey('')

export interface OpenTakedown {
  readonly takedown: Takedown
  readonly accessKey: string
}

/** Reference and key as somebody typed or followed them; null for every kind of miss alike. */
export function openTakedown(db: Db, typedReference: string, typedKey: string): OpenTakedown | null {
  // What is no reference is looked up like one: no miss takes less work than another.
  const takedown = findByReference(db, parseReference(typedReference) ?? '')
  const accessKey = parseAccessKey(typedKey) ?? ''
  const matches = accessKeyMatches(takedown?.accessKeyHash ?? noHash, accessKey)
  return takedown && matches ? { takedown, accessKey } : null
}

/** The takedown in the path, opened by the cookie that an earlier request with the key has set. */
export const openByCookie = (services: Services, req: Request): OpenTakedown | null =>
  openTakedown(services.db, String(req.params.reference ?? ''), cookieOf(req, cookieName(services)) ?? '')

/** The key goes into a cookie for this takedown's pages in each language, for one day. */
export function rememberKey(
  res: Response,
  services: Pick<Services, 'office'>,
  { takedown, accessKey }: OpenTakedown,
): void {
  for (const locale of locales) {
    res.cookie(cookieName(services), accessKey, {
      path: statusPath(locale, takedown.reference),
      httpOnly: true,
      sameSite: 'lax',
      secure: isSecure(services),
      maxAge: oneDayMs,
    })
  }
}

export const statusPath = (locale: Locale, reference: string): string => `/${locale}/takedowns/${reference}`
