import { parse } from 'cookie'
import type { Request } from 'express'

/** One cookie of the request, or null. Nothing of it is trusted yet. */
export const cookieOf = (req: Request, name: string): string | null =>
  parse(req.headers.cookie ?? '')[name] ?? null
