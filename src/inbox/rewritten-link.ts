/** Parameters in which mail filters and networks carry the address that they lead to. */
const carriers: readonly { readonly host: RegExp; readonly parameter: string }[] = [
  { host: /(?:^|\.)safelinks\.protection\.outlook\.(?:com|cn|us)$/, parameter: 'url' },
  { host: /(?:^|\.)google\.[a-z.]{2,6}$/, parameter: 'q' },
  { host: /(?:^|\.)google\.[a-z.]{2,6}$/, parameter: 'url' },
  { host: /^(?:l|lm)\.(?:facebook|instagram)\.com$/, parameter: 'u' },
  { host: /^linkprotect\.cudasvc\.com$/, parameter: 'a' },
  { host: /(?:^|\.)(?:protect2?|click)\.fireeye\.com$/, parameter: 'u' },
  { host: /^(?:www\.)?youtube\.com$/, parameter: 'q' },
  { host: /(?:^|\.)linkedin\.com$/, parameter: 'url' },
]

/** Rewriters wrap each other; deeper than this nobody does. */
const deepest = 4

/** The address behind a filter's or a network's own one; any other address as it is. Asks nobody. */
export function unwrapLink(address: string): string {
  let current = address
  for (let depth = 0; depth < deepest; depth++) {
    const inner = innerOf(current)
    if (inner === null) return current
    current = inner
  }
  return current
}

function innerOf(address: string): string | null {
  if (!URL.canParse(address)) return null
  const url = new URL(address)
  if (url.hostname === 'urldefense.proofpoint.com') return proofpointSecond(url)
  if (/^urldefense\.(?:com|us)$/.test(url.hostname)) return proofpointThird(address)
  if (url.hostname === 'secure-web.cisco.com') return lastSegment(url)
  for (const { host, parameter } of carriers) {
    const value = host.test(url.hostname) ? url.searchParams.get(parameter) : null
    if (value && /^https?:\/\//i.test(value)) return value
  }
  return null
}

/** Version 1 escapes the address as usual; version 2 writes `-` for `%` and `_` for `/`. */
function proofpointSecond(url: URL): string | null {
  const value = url.searchParams.get('u')
  if (!value) return null
  const isFirst = url.pathname.startsWith('/v1/')
  return decode(isFirst ? value : value.replaceAll('-', '%').replaceAll('_', '/'))
}

/** `https://urldefense.com/v3/__https://host/path__;!!...`: characters that it hides are `*`, spelled at the end. */
function proofpointThird(address: string): string | null {
  const [, inner, hidden = ''] = /\/v3\/__(.+?)__;([^!]*)/.exec(address) ?? []
  if (!inner) return null
  const spelled = Buffer.from(hidden, 'base64url').toString('utf8')
  let at = 0
  const whole = inner.replace(/\*\*.|\*/g, (star) => {
    const count = star.length === 1 ? 1 : runOf(star.charAt(2))
    const part = [...spelled].slice(at, at + count).join('')
    at += count
    return part === '' ? star : part
  })
  // Some programs join the two slashes of the scheme.
  return whole.replace(/^(https?:)\/(?!\/)/i, '$1//')
}

/** `**A` hides two characters, `**B` three, and so on (Base64's alphabet). */
const runOf = (letter: string): number =>
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.indexOf(letter) + 2

const lastSegment = (url: URL): string | null => {
  const inner = decode(url.pathname.split('/').at(-1) ?? '')
  return inner && /^https?:\/\//i.test(inner) ? inner : null
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
