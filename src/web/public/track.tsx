import type { RequestHandler } from 'express'
import { TrackPage } from '../../../views/public/track-page.tsx'
import type { Locale } from '../../i18n/locales.ts'
import type { Services } from '../../services.ts'
import { openTakedown } from '../claimant-session.ts'
import { uploadOf } from '../middleware/upload.ts'
import { sendPage, siteOf } from '../page.ts'
import { enter, miss } from './show-status.tsx'

export const showTrack =
  (services: Services, locale: Locale): RequestHandler =>
  (_req, res) =>
    sendPage(res, locale, <TrackPage site={siteOf(services, locale)} reference="" />)

/** POST /{locale}/track: reference and access key lead to the status page. */
export const track =
  (services: Services, locale: Locale): RequestHandler =>
  async (req, res) => {
    const { fields } = uploadOf(req)
    const reference = fields.reference?.[0] ?? ''
    const open = openTakedown(services.db, reference, fields.key?.[0] ?? '')
    if (!open) return miss(req, res, services, locale, reference)
    enter(res, services, locale, open)
  }
