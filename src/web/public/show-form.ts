import type { RequestHandler } from 'express'
import type { Locale } from '../../i18n/locales.ts'
import type { Services } from '../../services.ts'
import { newForm, sendForm } from './form-answer.tsx'

/** The empty form; `?page=` (from the site's notice) fills in the address. */
export const showForm =
  (services: Services, locale: Locale): RequestHandler =>
  (req, res) => {
    const { page } = req.query
    // The way back after sending must find the same submission key, or sending again makes a second request.
    res.set('Cache-Control', 'private, no-cache')
    sendForm(res, services, locale, newForm(typeof page === 'string' ? page.slice(0, 4000) : ''))
  }
