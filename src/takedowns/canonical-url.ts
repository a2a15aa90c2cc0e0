import { decodeEscapes, escapeBytes } from './percent-escapes.ts'

/** Parameters that say how a reader came to a page, not which page it is. */
const trackers = new Set(
  [
    'fbclid fb_action_ids fb_action_types fb_ref fb_source mibextid igsh igshid', // Meta
    'gclid gclsrc dclid gbraid wbraid srsltid _ga _gl', // Google
    'msclkid yclid ysclid twclid ttclid li_fat_id ref_src ref_url', // Bing, Yandex, X, TikTok, LinkedIn
    '_hsenc _hsmi vero_id oly_anon_id oly_enc_id', // mail campaigns
  ].flatMap((names) => names.split(' ')),
)
const trackerFamilies = /^(?:utm|mc)_/

/**
 * The one form in which addresses are compared and fetched: https, no `www.`, no port, no fragment, no tracking;
 * escapes as RFC 3986 section 6.2.2 says (unreserved characters decoded, hexadecimal in capitals), text in NFC.
 * What may name another page stays: `m.` and `amp.` hosts, double and final slashes, the order of the parameters.
 */
export function canonicalUrl(url: URL): string {
  const query = canonicalQuery(url.search.slice(1))
  return `https://${canonicalHost(url)}${canonicalText(url.pathname)}${query && `?${query}`}`
}

/** Lower case and punycode (both by the URL parser), without `www.` and the root's dot. */
export const canonicalHost = (url: URL): string => url.hostname.replace(/\.$/, '').replace(/^www\./, '')

const canonicalQuery = (query: string): string =>
  query
    .split('&')
    .filter((parameter) => parameter !== '' && !isTracker(parameter))
    .map((parameter) => canonicalParameter(parameter))
    .join('&')

/** Names and values apart, so that composing characters never make or unmake a separator. */
function canonicalParameter(parameter: string): string {
  const [name = '', ...values] = parameter.split('=')
  return [name, ...values].map(canonicalText).join('=')
}

function isTracker(parameter: string): boolean {
  const name = (parameter.split('=')[0] ?? '').toLowerCase()
  return trackers.has(name) || trackerFamilies.test(name)
}

/** One character as UTF-8 in escapes (RFC 3629), or one byte that is none. */
const escapedCharacter =
  /%[c-d][0-9a-f]%[89ab][0-9a-f]|%e[0-9a-f](?:%[89ab][0-9a-f]){2}|%f[0-7](?:%[89ab][0-9a-f]){3}|%[0-9a-f]{2}/gi

/** The text between those escapes that stay escapes is normalised: an escape must not compose with a mark. */
const canonicalText = (text: string): string =>
  text
    .replace(escapedCharacter, decodeUnlessReserved)
    .split(/(%[0-9A-F]{2})/)
    .map((part, index) => (index % 2 === 1 ? part : encodeText(part.normalize('NFC'))))
    .join('')

function decodeUnlessReserved(escaped: string): string {
  const character = decodeEscapes(escaped)
  return character !== null && /^[A-Za-z0-9._~\u0080-\u{10ffff}-]$/u.test(character)
    ? character
    : escaped.toUpperCase()
}

/** Leaves what RFC 3986 allows in a path or a query as it is; the rest becomes UTF-8 in escapes. */
const encodeText = (text: string): string => text.replace(/[^A-Za-z0-9._~!$&'()*+,;=:@/?-]/gu, escapeBytes)
