import type { Request, Response } from 'express'
import { ErrorPage } from '../../views/errors/error-page.tsx'
import type { Locale } from '../i18n/locales.ts'
import { translate } from '../i18n/translate.ts'
import type { Failure } from '../lib/failures.ts'
import type { Services } from '../services.ts'
import { localeOf } from './locale-of.ts'
import { requestIdHeader } from './middleware/request-log.ts'
import { signedInAs } from './middleware/staff-session.ts'
import { sendPage, siteOfFailure, wantsJson } from './page.ts'

/** A refusal in the reader's language, as a page or as problem details (RFC 9457). */
export function sendFailure(res: Response, req: Request, services: Services, failure: Failure): void {
  const locale = signedInAs(req)?.locale ?? localeOf(req, services.config.defaultLocale)
  if (failure.retryAfter !== undefined) res.set('Retry-After', String(failure.retryAfter))
  // A refusal of what was asked is told by its words; every miss must answer the same to the letter.
  const requestId = failure.status >= 500 ? res.get(requestIdHeader) : undefined
  if (wantsJson(req)) {
    const title = translate(locale, failure.key)
    const detail = otherWay(locale, services, failure)
    res
      .status(failure.status)
      .type('application/problem+json')
      .send(
        JSON.stringify({
          type: 'about:blank',
          title,
          status: failure.status,
          ...(detail && { detail }),
          ...(requestId && { requestId }),
        }),
      )
    return
  }
  const page = (
    <ErrorPage
      site={siteOfFailure(services, locale)}
      status={failure.status}
      messageKey={failure.key}
      {...(requestId !== undefined && { requestId })}
      {...(failure.retryAfter !== undefined && { retryAfterMinutes: Math.ceil(failure.retryAfter / 60) })}
    />
  )
  sendPage(res, locale, page, failure.status)
}

/** Who has to wait is told how else to reach the publisher: the contact channel is a condition of the law. */
const otherWay = (locale: Locale, { config }: Services, { retryAfter }: Failure): string | null =>
  retryAfter === undefined ? null : translate(locale, 'error.otherWay', { address: config.site.infoAddress })
