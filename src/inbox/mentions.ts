import { linksOf } from './html-text.ts'
import { unwrapLink } from './rewritten-link.ts'

/** Characters of text in which pages are looked for, in steps that the reader of addresses takes. */
const longestText = 400_000
const mostLinks = 500
const stepLength = 30_000

const address = /h?ttps?:\/\/[^\s<>"“”„«»|]+/giu

/**
 * What of a text may name a page: its lines, with addresses that were broken at the end of a line put together again, and
 * those behind rewritten links. Pieces of at most 30 000 characters.
 */
export function mentionsInText(text: string): string[] {
  const whole = joinBroken(text.slice(0, longestText))
  const unwrapped = whole.replace(address, (link) => unwrapLink(link.replace(/[).,;!?؟،؛]+$/u, '')))
  return inSteps(unwrapped)
}

/** Where the links of an HTML mail lead. */
export const mentionsInHtml = (html: string): string[] => linksOf(html).slice(0, mostLinks).map(unwrapLink)

/**
 * An address in angle brackets may be broken anywhere (RFC 3986, appendix C). Others are put together where a line that is
 * as long as programs write them ends in an address, and the next is one word that goes on like one.
 */
function joinBroken(text: string): string {
  const bracketed = text.replace(/<(h?ttps?:\/\/[^<>]{1,2000})>/giu, (whole, inner: string) =>
    /\n\s*\n/.test(inner) ? whole : `<${inner.replace(/\s*\n\s*/g, '')}>`,
  )
  const lines = bracketed.split('\n')
  const joined: string[] = []
  for (const line of lines) {
    const before = joined.at(-1)
    if (before !== undefined && isBrokenAt(before) && goesOn.test(line))
      joined[joined.length - 1] = before + line.trim()
    else joined.push(line.trimEnd())
  }
  return joined.join('\n')
}

const isBrokenAt = (line: string): boolean => line.length >= 60 && /h?ttps?:\/\/\S{10,}$/iu.test(line)
const goesOn = /^(?!h?ttps?:)(?=\S*[/%=_-])[^\s<>"]+\s*$/iu

function inSteps(text: string): string[] {
  const steps: string[] = []
  for (let from = 0; from < text.length; ) {
    const end = Math.min(text.length, from + stepLength)
    const blank = end === text.length ? end : text.slice(from, end).search(/\s\S*$/u) + from
    const to = blank > from ? blank : end
    steps.push(text.slice(from, to))
    from = to
  }
  return steps
}
