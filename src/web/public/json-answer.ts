import type { Response } from 'express'
import type { FormError } from '../../../views/public/form-model.ts'
import { statusUrl } from '../../actions/office.ts'
import { receiptOf } from '../../actions/receipt-of.ts'
import type { Locale } from '../../i18n/locales.ts'
import { messageParts } from '../../i18n/translate.ts'
import type { Services } from '../../services.ts'
import type { Takedown } from '../../takedowns/store.ts'

/** 201 `{ reference, accessKey, statusUrl, receivedAt (ISO 8601, UTC), receipt (JWS) }`. */
export function sendTakedownAsJson(
  res: Response,
  services: Services,
  locale: Locale,
  takedown: Takedown,
  accessKey: string,
): void {
  const { office } = services
  res
    .status(201)
    .set('Cache-Control', 'no-store')
    .json({
      reference: takedown.reference,
      accessKey,
      statusUrl: statusUrl(office, locale, takedown.reference, accessKey),
      receivedAt: new Date(takedown.receivedAt).toISOString(),
      receipt: receiptOf(services.db, office, services.receiptKey, takedown),
    })
}

/** 422 problem details (RFC 9457) with `errors: [{ field, message, code }]`. */
export function sendErrorsAsJson(res: Response, locale: Locale, errors: readonly FormError[]): void {
  res
    .status(422)
    .set('Cache-Control', 'no-store')
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: 'about:blank',
        title: 'Unprocessable Content',
        status: 422,
        errors: errors.map((error) => ({
          field: error.field,
          ...(error.index !== undefined && { index: error.index }),
          message: messageOf(locale, error),
          code: error.key.replace('form.error.', ''),
        })),
      }),
    )
}

function messageOf(locale: Locale, { key, params = {} }: FormError): string {
  const { texts, names } = messageParts(locale, key, params.count)
  return texts.reduce((text, next, index) => `${text}${params[names[index - 1] ?? ''] ?? ''}${next}`)
}
