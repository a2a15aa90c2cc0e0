import type { Request, Response } from 'express'
import type { VNode } from 'preact'
import type { Site } from '../../views/layout.tsx'
import { renderPage } from '../../views/render.ts'
import { doorStates, doorsWithFault } from '../actions/canaries.ts'
import { readIfPossible } from '../db/busy.ts'
import type { Locale } from '../i18n/locales.ts'
import type { Services } from '../services.ts'

/** Without the doors while the disk does not let them be read. */
export function siteOf(services: Services, locale: Locale): Site {
  const doors = readIfPossible(() => doorsOf(services.db, services.config.calendar.timeZone))
  return { ...siteByConfig(services, locale), ...(doors && { doors }) }
}

/** For a page that tells of a failure: without the doors whatever it is that they cannot be read for. */
export function siteOfFailure(services: Services, locale: Locale): Site {
  try {
    return siteOf(services, locale)
  } catch {
    return siteByConfig(services, locale)
  }
}

const siteByConfig = ({ config }: Services, locale: Locale): Site => ({
  name: config.site.names[locale],
  infoAddress: config.site.infoAddress,
})

/** When both ways in were last seen working, by whoever used them or by a canary. */
function doorsOf(db: Services['db'], timeZone: string): Site['doors'] {
  const { form, mail } = doorStates(db)
  return { form: form.seenAt, mail: mail.seenAt, faults: doorsWithFault({ form, mail }), timeZone }
}

/** Answers with a page that no cache keeps, unless told otherwise: each holds a key of its own, or somebody's data. */
export function sendPage(res: Response, locale: Locale, page: VNode, status = 200): void {
  res
    .status(status)
    .set({
      'Cache-Control': res.get('Cache-Control') ?? 'no-store',
      'Content-Language': locale,
      Vary: 'Accept-Language',
    })
    .type('html')
    .send(renderPage(page, locale))
}

/** The client asked for JSON and not for a page. */
export const wantsJson = (req: Request): boolean => req.accepts(['html', 'json']) === 'json'
