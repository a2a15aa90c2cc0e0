import type { MailHeaders } from './mail-headers.ts'

/**
 * What the configured mail host found out about the sender (RFC 8601). `verified`: the domain of the From address
 * answers for the mail. `failed`: that domain says that it does not. `unknown`: nobody says anything that counts.
 */
export interface Authenticity {
  readonly label: 'verified' | 'failed' | 'unknown'
  /** The results as the host wrote them, `dkim=pass header.d=example.org`; for people. */
  readonly results: readonly string[]
}

const unknown: Authenticity = { label: 'unknown', results: [] }

/**
 * Reads the header of `trustedHost` alone, and of those the topmost: whatever stands below came with the mail and may be
 * its sender's own work. Null host: nothing is trusted.
 */
export function readAuthenticity(
  headers: MailHeaders,
  fromAddress: string | null,
  trustedHost: string | null,
): Authenticity {
  const domain = fromAddress?.split('@')[1]?.toLowerCase()
  if (trustedHost === null || domain === undefined) return unknown
  const own = headers
    .all('authentication-results')
    .map(withoutComments)
    .find((value) => serverOf(value) === trustedHost.toLowerCase())
  if (own === undefined) return unknown
  const results = own
    .split(';')
    .slice(1)
    .map((result) => result.replace(/\s+/g, ' ').trim().slice(0, 300))
    .filter((result) => result !== '' && result !== 'none')
  return { label: labelOf(results, domain), results }
}

/**
 * With signatures that we checked ourselves, where the own host says nothing. One that fails proves nothing: lists and
 * forwards break them.
 */
export function withSignatures(
  found: Authenticity,
  signatures: readonly string[],
  fromAddress: string | null,
): Authenticity {
  const domain = fromAddress?.split('@')[1]?.toLowerCase()
  if (found.label !== 'unknown' || domain === undefined) return found
  return { label: labelOf(signatures, domain), results: [...found.results, ...signatures] }
}

function labelOf(results: readonly string[], domain: string): Authenticity['label'] {
  const of = (method: string) => results.filter((result) => result.toLowerCase().startsWith(`${method}=`))
  const passed = (result: string) => /^[a-z]+=pass\b/i.test(result)
  if (of('dmarc').some(passed)) return 'verified'
  if (of('dmarc').some((result) => /^dmarc=fail\b/i.test(result))) return 'failed'
  const signed = of('dkim').some(
    (result) => passed(result) && isAligned(result, /header\.[di]=@?([^\s@;]+)/i, domain),
  )
  const allowed = of('spf').some(
    (result) => passed(result) && isAligned(result, /smtp\.mailfrom=(?:[^\s@;]*@)?([^\s;]+)/i, domain),
  )
  return signed || allowed ? 'verified' : 'unknown'
}

/** The domain itself or one above it: who signs for `example.org` may answer for `news.example.org`. */
function isAligned(result: string, property: RegExp, domain: string): boolean {
  const signer = property.exec(result)?.[1]?.toLowerCase()
  return signer?.includes('.') === true && (domain === signer || domain.endsWith(`.${signer}`))
}

const serverOf = (value: string): string => (/^\s*([^\s;]+)/.exec(value)?.[1] ?? '').toLowerCase()

/** Comments nest (RFC 5322); from the inside out. */
function withoutComments(value: string): string {
  let text = value.slice(0, 10_000)
  for (let depth = 0; depth < 10 && /\([^()]*\)/.test(text); depth++) text = text.replace(/\([^()]*\)/g, ' ')
  return text
}
