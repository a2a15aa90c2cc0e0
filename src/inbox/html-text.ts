import { compile } from 'html-to-text'

/** Characters of HTML that are read; what stands behind them is not. */
const longest = 2_000_000

/** Blockquotes come out as quoted lines and addresses behind words stand beside them; images and styles are nothing. */
const toText = compile({
  wordwrap: false,
  limits: { maxInputLength: longest, maxDepth: 200, maxChildNodes: 20_000, ellipsis: '' },
  selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'head', format: 'skip' },
    { selector: 'table', format: 'block' },
    { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    { selector: 'td', format: 'inlineSurround', options: { prefix: '', suffix: ' ' } },
    {
      selector: 'blockquote',
      format: 'blockquote',
      options: { leadingLineBreaks: 1, trailingLineBreaks: 1, trimEmptyLines: true },
    },
    { selector: 'a', options: { ignoreHref: true } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: 'p', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    { selector: 'ul', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
  ],
})

/** The words of an HTML mail as plain text. Nothing of it is ever shown as HTML. */
export const htmlText = (html: string): string => toText(html)

/** Where its links and its buttons lead, each once, in their order. */
export function linksOf(html: string): string[] {
  const links = new Set<string>()
  for (const [, double, single, bare] of html.slice(0, longest).matchAll(link)) {
    links.add(decodeEntities(double ?? single ?? bare ?? '').trim())
  }
  return [...links].filter((target) => target !== '')
}

const link = /<a\b[^>]{0,2000}?\bhref\s*=\s*(?:"([^"]{0,8000})"|'([^']{0,8000})'|([^\s"'>]{1,8000}))/giu

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const decodeEntities = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/giu, (whole, hex, decimal, name) => {
    if (name !== undefined) return entities[String(name).toLowerCase()] ?? whole
    const codePoint = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : whole
  })
