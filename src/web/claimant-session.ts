import type { Request, Response } from 'express'
import type { Db } from '../db/open.ts'
import { type Locale, locales } from '../i18n/locales.ts'
import { accessKeyMatches, hashAccessKey, parseAccessKey } from '../takedowns/access-key.ts'
import { parseReference } from '../takedowns/reference.ts'
import { findByReference, type Takedown } from '../takedowns/store.ts'
import { cookieOf } from './cookies.ts'

const cookieName = 'takedown'
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
export const openByCookie = (db: Db, req: Request): OpenTakedown | null =>
  openTakedown(db, String(req.params.reference ?? ''), cookieOf(req, cookieName) ?? '')

/** The key goes into a cookie for this takedown's pages in each language, for one day. */
export function rememberKey(res: Response, { takedown, accessKey }: OpenTakedown, secure: boolean): void {
  for (const locale of locales) {
    res.cookie(cookieName, accessKey, {
      path: statusPath(locale, takedown.reference),
      httpOnly: true,
      sameSite: 'lax',
      secure,
      maxAge: oneDayMs,
    })
  }
}

export const statusPath = (locale: Locale, reference: string): string => `/${locale}/takedowns/${reference}`
