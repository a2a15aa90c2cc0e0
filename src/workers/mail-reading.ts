import type { Reading } from '../inbox/parse.ts'
import { readPageAddresses } from '../takedowns/page-address.ts'
import { findPhones, readPhone } from '../takedowns/phone.ts'
import { parseReference } from '../takedowns/reference.ts'
import type { MailSettings } from './mail-reader.ts'

/** What a mail is read with at this publisher's. */
export function readingOf(settings: MailSettings): Reading {
  const ownHost = new URL(settings.origin).host
  return {
    mailDomain: settings.mailDomain,
    trustedHost: settings.authHost,
    defaultLocale: settings.defaultLocale,
    phones: {
      read(typed) {
        const phone = readPhone(typed)
        return phone.ok ? { typed: phone.typed, e164: phone.e164 } : null
      },
      findIn: findPhones,
    },
    pagesIn: (text) =>
      readPageAddresses([text], settings.siteHosts).pages.filter(({ canonicalUrl }) =>
        isPage(canonicalUrl, ownHost),
      ),
    reference: parseReference,
  }
}

/** Neither the front page, which names the site alone, nor a page of this service itself. */
function isPage(canonicalUrl: string, ownHost: string): boolean {
  const url = new URL(canonicalUrl)
  return (url.pathname !== '/' || url.search !== '') && url.host !== ownHost
}
