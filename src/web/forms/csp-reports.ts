import { z } from 'zod'

/** What a browser has not done because of the policy, in words that hold nothing of a page or a person. */
export interface Violation {
  /** A directive of the policy, or `other`. */
  readonly directive: string
  /** Origin of what was to be loaded, `self`, a keyword like `inline` or `eval`, a scheme, or `unknown`. */
  readonly blocked: string
  /** Path of the page as the browser names it: it may hold a reference and what not. Not for any log. */
  readonly path: string | null
}

/** More come of one page only when somebody makes them up. */
const mostReports = 10

const text = z.string().catch('')

/** `application/csp-report`, as `report-uri` brings it (CSP Level 2). */
const oldReport = z.object({
  'csp-report': z.object({
    'document-uri': text,
    'effective-directive': text,
    'violated-directive': text,
    'blocked-uri': text,
  }),
})

/** `application/reports+json`, as `report-to` brings it (Reporting API). */
const newReport = z.object({
  type: z.literal('csp-violation'),
  body: z.object({ documentURL: text, effectiveDirective: text, blockedURL: text }),
})

/** The violations in a body of either form, `origin` being our own; what is none is passed over. Null: no JSON. */
export function violationsIn(body: string, origin: string): Violation[] | null {
  const json = parsed(body)
  return (
    json &&
    [json.value]
      .flat()
      .slice(0, mostReports)
      .flatMap((report) => violationOf(report, origin) ?? [])
  )
}

function parsed(body: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(body) }
  } catch {
    return null
  }
}

function violationOf(report: unknown, origin: string): Violation | null {
  const old = oldReport.safeParse(report).data?.['csp-report']
  if (old) {
    const directive = old['effective-directive'] || old['violated-directive']
    return violation(directive, old['blocked-uri'], old['document-uri'], origin)
  }
  const body = newReport.safeParse(report).data?.body
  return body ? violation(body.effectiveDirective, body.blockedURL, body.documentURL, origin) : null
}

const violation = (directive: string, blocked: string, page: string, origin: string): Violation => ({
  directive: directiveOf(directive),
  blocked: blockedOf(blocked, origin),
  path: urlOf(page)?.pathname ?? null,
})

const urlOf = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null)

/** Of CSP Level 3; older browsers send the whole rule that was broken, its directive first. */
const directives = new Set([
  'base-uri',
  'child-src',
  'connect-src',
  'default-src',
  'font-src',
  'form-action',
  'frame-ancestors',
  'frame-src',
  'img-src',
  'manifest-src',
  'media-src',
  'object-src',
  'sandbox',
  'script-src',
  'script-src-attr',
  'script-src-elem',
  'style-src',
  'style-src-attr',
  'style-src-elem',
  'worker-src',
])

function directiveOf(rule: string): string {
  const first = rule.split(' ', 1)[0]?.toLowerCase() ?? ''
  return directives.has(first) ? first : 'other'
}

const keywords = new Set(['inline', 'eval', 'wasm-eval', 'self', 'data', 'blob', 'about', 'filesystem'])
const longestOrigin = 300

/** An origin has no path, no query and no name of a user; a scheme that is nobody's we know is not repeated. */
function blockedOf(blocked: string, origin: string): string {
  if (keywords.has(blocked)) return blocked
  const url = urlOf(blocked)
  if (!url) return 'unknown'
  if (url.origin === origin) return 'self'
  if (/^(https?|wss?):$/.test(url.protocol)) return url.origin.slice(0, longestOrigin)
  const scheme = url.protocol.slice(0, -1)
  if (keywords.has(scheme)) return scheme
  return /^(chrome|moz|safari|safari-web)-extension$/.test(scheme) ? 'extension' : 'unknown'
}
