/** By which people know their sessions apart: two words of these lists, and nothing else of what the browser says. */
export interface SeenBrowser {
  readonly browser: string | null
  readonly system: string | null
}

/** The first that fits: most browsers name others after themselves. */
const browsers: readonly (readonly [name: string, mark: RegExp])[] = [
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Chrome|CriOS)\//],
  ['Safari', /\bVersion\/\S+ .*Safari\//],
]

const systems: readonly (readonly [name: string, mark: RegExp])[] = [
  ['Windows', /\bWindows\b/],
  ['Android', /\bAndroid\b/],
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['macOS', /\bMac OS X\b|\bMacintosh\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b/],
]

/** `userAgent` is the request's header: a stranger's text. */
export function browserOf(userAgent = ''): SeenBrowser {
  // Real ones are half as long; the rest is not looked at.
  const text = userAgent.slice(0, 500)
  const first = (kinds: typeof browsers) => kinds.find(([, mark]) => mark.test(text))?.[0] ?? null
  return { browser: first(browsers), system: first(systems) }
}
