import type { Request, RequestHandler } from 'express'
import { ReceiptPage } from '../../../views/public/receipt-page.tsx'
import { VerifyPage, type VerifyPageProps } from '../../../views/public/verify-page.tsx'
import { receiptOf } from '../../actions/receipt-of.ts'
import type { Locale } from '../../i18n/locales.ts'
import type { Services } from '../../services.ts'
import { asSubmitted } from '../../takedowns/as-submitted.ts'
import { verifyReceipt } from '../../takedowns/receipt.ts'
import { screenshotsOf } from '../../takedowns/store.ts'
import { type OpenTakedown, openByCookie, openTakedown } from '../claimant-session.ts'
import { uploadOf } from '../middleware/upload.ts'
import { sendPage, siteOf } from '../page.ts'
import { miss } from './show-status.tsx'

/** By the cookie, or by `?key=` for machines that keep no cookies. */
const openFor = (req: Request, services: Services): OpenTakedown | null =>
  typeof req.query.key === 'string'
    ? openTakedown(services.db, String(req.params.reference), req.query.key)
    : openByCookie(services, req)

/** GET .../receipt: for people, made to be printed. */
export const showReceipt =
  (services: Services, locale: Locale): RequestHandler =>
  (req, res) => {
    const open = openFor(req, services)
    if (!open) return miss(req, res, services, locale, String(req.params.reference ?? ''))
    const { db, office, config, receiptKey } = services
    const { takedown, pages } = asSubmitted(services.db, open.takedown)
    const page = (
      <ReceiptPage
        site={siteOf(services, locale)}
        timeZone={config.calendar.timeZone}
        takedown={takedown}
        pages={pages}
        screenshots={screenshotsOf(db, takedown.id, 'submitted')}
        receipt={receiptOf(db, office, receiptKey, open.takedown)}
      />
    )
    sendPage(res, locale, page)
  }

/** GET .../receipt.json: `{ receipt (JWS, compact), keys: [JWK] }`. */
export const showReceiptJson =
  (services: Services, locale: Locale): RequestHandler =>
  (req, res) => {
    const open = openFor(req, services)
    if (!open) return miss(req, res, services, locale, String(req.params.reference ?? ''))
    const { db, office, receiptKey } = services
    res
      .set('Cache-Control', 'no-store')
      .json({ receipt: receiptOf(db, office, receiptKey, open.takedown), keys: [receiptKey.publicKey] })
  }

/** The public keys as a JWK set, so that receipts can be checked offline. */
export const showReceiptKeys =
  ({ receiptKey }: Services): RequestHandler =>
  (_req, res) => {
    res.set('Access-Control-Allow-Origin', '*').json({ keys: [receiptKey.publicKey] })
  }

export const showVerify =
  (services: Services, locale: Locale): RequestHandler =>
  (_req, res) =>
    sendPage(res, locale, <VerifyPage {...verifyPage(services, locale, '')} />)

/** POST /{locale}/verify: is this receipt genuine? Nothing is looked up or stored. */
export const verify =
  (services: Services, locale: Locale): RequestHandler =>
  (req, res) => {
    const typed = (uploadOf(req).fields.receipt?.[0] ?? '').trim()
    const result = verifyReceipt(typed, [services.receiptKey.publicKey])
    const status = !result.ok && result.fault === 'malformed' ? 422 : 200
    sendPage(res, locale, <VerifyPage {...verifyPage(services, locale, typed)} result={result} />, status)
  }

const verifyPage = (services: Services, locale: Locale, typed: string): VerifyPageProps => ({
  site: siteOf(services, locale),
  timeZone: services.config.calendar.timeZone,
  typed,
})
