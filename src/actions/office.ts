import type { Locale } from '../i18n/locales.ts'
import type { ClockPolicy } from '../takedowns/clocks.ts'

/** What the acts know of the publisher and of the place they run in; made once from the Config. */
export interface Office extends ClockPolicy {
  /** Public origin, without a trailing slash. */
  readonly origin: string
  readonly siteNames: Readonly<Record<Locale, string>>
  readonly siteHosts: readonly string[]
  /** Domain of MAIL_FROM: the right-hand side of every Message-ID. */
  readonly mailDomain: string
  readonly infoAddress: string
  /** Whom all letters come from. */
  readonly mailFrom: string
  /** The mail host takes `info+anything@` for `info@`: letters to claimants then carry a signed reply address. */
  readonly hasPlusAddresses: boolean
  readonly defaultLocale: Locale
  /** Secret from which access keys are derived; 32 bytes, from keys/. */
  readonly accessSecret: Uint8Array
}

export const staffUrl = (office: Office, reference: string): string =>
  `${office.origin}/staff/takedowns/${reference}`

export const statusUrl = (office: Office, locale: Locale, reference: string, key: string): string =>
  `${office.origin}/${locale}/takedowns/${reference}?key=${key}`
