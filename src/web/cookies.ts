import { parse } from 'cookie'
import type { Request } from 'express'
import type { Services } from '../services.ts'

/** One cookie of the request, or null. Nothing of it is trusted yet. */
export const cookieOf = (req: Request, name: string): string | null =>
  parse(req.headers.cookie ?? '')[name] ?? null

/**
 * Whether cookies are for https alone, and carry `__Host-` or `__Secure-`: browsers refuse both on http, so that a service
 * on http (loopback) has the plain names.
 */
export const isSecure = ({ office }: Pick<Services, 'office'>): boolean => office.origin.startsWith('https:')
