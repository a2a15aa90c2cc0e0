import type { RequestHandler } from 'express'
import type { Services } from '../../services.ts'
import { localeOf } from '../locale-of.ts'

/** `/` leads to the form in the reader's language; the query (`?page=`) comes along. */
export const showRoot =
  ({ config }: Services): RequestHandler =>
  (req, res) => {
    const query = req.originalUrl.indexOf('?')
    res.vary('Accept-Language')
    res.redirect(
      302,
      `/${localeOf(req, config.defaultLocale)}${query < 0 ? '' : req.originalUrl.slice(query)}`,
    )
  }
