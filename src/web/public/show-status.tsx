import { setTimeout as sleep } from 'node:timers/promises'
import type { Request, RequestHandler, Response } from 'express'
import type { KeptFile } from '../../../views/public/form-model.ts'
import { StatusPage } from '../../../views/public/status-page.tsx'
import { TrackPage } from '../../../views/public/track-page.tsx'
import { statusUrl } from '../../actions/office.ts'
import type { Locale } from '../../i18n/locales.ts'
import type { MessageKey } from '../../i18n/messages.ts'
import { Failure } from '../../lib/failures.ts'
import type { Services } from '../../services.ts'
import { readEvents } from '../../takedowns/events.ts'
import { readTakedownFile } from '../../takedowns/store.ts'
import { nextStatus } from '../../takedowns/transitions.ts'
import {
  type OpenTakedown,
  openByCookie,
  openTakedown,
  rememberKey,
  statusPath,
} from '../claimant-session.ts'
import type { AskedFault, AskedTyped } from '../forms/asked-form.ts'
import { newFormKey } from '../forms/form-key.ts'
import { clientKey } from '../middleware/client-address.ts'
import { sendPage, siteOf, wantsJson } from '../page.ts'
import { logSecurity } from '../security-log.ts'

/** Every miss takes this long, whatever was wrong. */
const missMs = 300
const missWhenLimitedMs = 3000

/**
 * GET /{locale}/takedowns/{reference}: with `?key=` the key is exchanged for a cookie and leaves the address bar;
 * with the cookie it is the status page. Unknown, wrong and expired are one answer.
 */
export const showStatus =
  (services: Services, locale: Locale): RequestHandler =>
  async (req, res) => {
    // Some mail programs escape the question mark of a link: then its query is part of the path.
    const [reference = '', keyInPath] = String(req.params.reference ?? '').split('?key=')
    const key = req.query.key ?? keyInPath
    const open =
      key === undefined ? openByCookie(services, req) : openTakedown(services.db, reference, String(key))
    if (!open) return miss(req, res, services, locale, reference)
    if (key === undefined) sendStatus(res, services, locale, open)
    else enter(res, services, locale, open)
  }

/** Sets the cookie and leads to the status page. */
export function enter(res: Response, services: Services, locale: Locale, open: OpenTakedown): void {
  rememberKey(res, services, open)
  res.set('Cache-Control', 'no-store').redirect(303, statusPath(locale, open.takedown.reference))
}

/** The one answer to everything that opens nothing: the page that asks for reference and key. */
export async function miss(
  req: Request,
  res: Response,
  services: Services,
  locale: Locale,
  reference: string,
) {
  logSecurity(services.logger, 'key_refused')
  const wait = await services.limits.keyMisses.take(clientKey(req, services.clientSecret))
  await sleep(wait === null ? missMs : missWhenLimitedMs)
  if (wait !== null) res.set('Retry-After', String(wait))
  const errorKey = wait === null ? 'status.track.wrong' : 'error.tooManyTries'
  if (wantsJson(req)) throw new Failure(wait === null ? 404 : 429, errorKey)
  const page = (
    <TrackPage site={siteOf(services, locale)} reference={reference.slice(0, 40)} errorKey={errorKey} />
  )
  sendPage(res, locale, page, wait === null ? 404 : 429)
}

/** What stands above the status page after an act; on an error, what was typed comes back. */
export interface StatusNotice {
  readonly errors?: readonly {
    field: 'body' | 'screenshot' | 'sure' | AskedFault['field']
    key: MessageKey
    params?: Record<string, string | number>
  }[]
  readonly body?: string
  readonly asked?: AskedTyped
  /** Of the message form: its own key, and the files that stay with it. */
  readonly messageKey?: string
  readonly kept?: readonly KeptFile[]
  readonly notice?: MessageKey
}

export function sendStatus(
  res: Response,
  services: Services,
  locale: Locale,
  { takedown, accessKey }: OpenTakedown,
  { errors = [], body = '', asked = {}, messageKey = newFormKey(), kept = [], notice }: StatusNotice = {},
  status = 200,
): void {
  const { db, office, config } = services
  const page = (
    <StatusPage
      site={siteOf(services, locale)}
      timeZone={config.calendar.timeZone}
      now={services.clock.now()}
      file={readTakedownFile(db, takedown)}
      events={readEvents(db, takedown.id)}
      accessKey={accessKey}
      statusUrl={statusUrl(office, locale, takedown.reference, accessKey)}
      mayWithdraw={nextStatus(takedown.status, 'withdraw') !== null}
      messageKey={messageKey}
      kept={kept}
      limits={{ maxFiles: config.limits.maxFiles, maxUploadMb: config.limits.maxUploadBytes / 1024 / 1024 }}
      errors={errors}
      body={body}
      asked={asked}
      {...(notice && { notice })}
    />
  )
  sendPage(res, locale, page, status)
}
