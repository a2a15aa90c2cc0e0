import type { RequestHandler } from 'express'
import { AccessibilityPage, PrivacyPage } from '../../../views/public/notice-pages.tsx'
import type { Locale } from '../../i18n/locales.ts'
import type { Services } from '../../services.ts'
import { sendPage, siteOf } from '../page.ts'
import { privacyVersion } from '../privacy-version.ts'

export const showPrivacy =
  (services: Services, locale: Locale): RequestHandler =>
  (_req, res) =>
    sendPage(res, locale, <PrivacyPage site={siteOf(services, locale)} version={privacyVersion} />)

export const showAccessibility =
  (services: Services, locale: Locale): RequestHandler =>
  (_req, res) =>
    sendPage(res, locale, <AccessibilityPage site={siteOf(services, locale)} />)
