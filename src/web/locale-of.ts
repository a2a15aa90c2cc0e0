import type { Request } from 'express'
import { isLocale, type Locale, locales } from '../i18n/locales.ts'

/** The language in the path, `/{locale}/...`. */
export const pathLocale = (req: Request): Locale | null => {
  const first = req.path.split('/', 2)[1]
  return isLocale(first) ? first : null
}

/** The language of the path, else what the browser asks for, else the publisher's. */
export function localeOf(req: Request, fallback: Locale): Locale {
  const inPath = pathLocale(req)
  if (inPath) return inPath
  if (!req.get('accept-language')) return fallback
  const accepted = req.acceptsLanguages([...locales])
  return isLocale(accepted) ? accepted : fallback
}
