import { domainToASCII, domainToUnicode } from 'node:url'

/** The publisher's hosts, as addresses in text are held against them. */
export interface Site {
  /** Whether a host, as the URL parser gives it, is one of them or a subdomain. */
  includes(hostname: string): boolean
  /** Where one of them is named without a scheme: at the start, after punctuation, or glued to Arabic or Hebrew. */
  readonly mention: RegExp
  /** Where `www.` and one of them is glued to the end of another address. */
  readonly gluedWww: RegExp
  /** An address whose host runs on into Arabic or Hebrew (`https://ashams.comشكرا`), cut after the host. */
  cutAfterHost(address: string): string
}

const rtlLetter = String.raw`[\p{Script=Arabic}\p{Script=Hebrew}]`
const subdomains = String.raw`(?:[a-z0-9_-]+\.)*`
/** No further letter, digit or label follows: `ashams.com.evil.net` and `ashams.community` are other hosts. */
const hostEnd = String.raw`(?!\.?[a-z0-9_-]|@)`
const beforeMention = String.raw`(?<=^|^[/\\]{2}|${rtlLetter}|[\s:،؛,;([{'*!؟…])`

/** `hosts` may be written with `www.`, in capitals, in Unicode or in punycode. */
export function siteOf(hosts: readonly string[]): Site {
  const names = hosts.map((host) => domainToASCII(host.trim().replace(/\.$/, '')).replace(/^www\./, ''))
  const own = new Set(names.filter((name) => name !== ''))
  const anyHost = alternatives([...own])
  const asciiHost = `${subdomains}(?:${alternatives([...own].filter((name) => !name.startsWith('xn--')))})`
  const runOn = new RegExp(`^((?:h?ttps?:?)?[/\\\\]*${subdomains}(?:${anyHost}))(?=${rtlLetter})`, 'iu')
  return {
    includes: (hostname) => isWithin(hostname.replace(/\.$/, ''), own),
    mention: new RegExp(`${beforeMention}${asciiHost}${hostEnd}`, 'iu'),
    gluedWww: new RegExp(String.raw`(?<![/\\=.@?&#\s])www\.(?:${anyHost})${hostEnd}`, 'giu'),
    cutAfterHost: (address) => runOn.exec(address)?.[1] ?? address,
  }
}

const isWithin = (hostname: string, own: ReadonlySet<string>): boolean =>
  [...own].some((name) => hostname === name || hostname.endsWith(`.${name}`))

/** A pattern for any of the names in either spelling, the longest first; one that never matches where there is none. */
function alternatives(names: readonly string[]): string {
  const spellings = new Set(names.flatMap((name) => [name, domainToUnicode(name)]))
  const longestFirst = [...spellings].sort((a, b) => b.length - a.length)
  return longestFirst.map((name) => name.replaceAll('.', String.raw`\.`)).join('|') || '(?!)'
}
