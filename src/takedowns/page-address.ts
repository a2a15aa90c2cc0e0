import { withoutKeys } from '../lib/without-keys.ts'
import {
  isOtherScheme,
  piecesOf,
  splitGlued,
  startsWithScheme,
  trimSentence,
  withScheme,
} from './address-text.ts'
import { canonicalUrl } from './canonical-url.ts'
import { type Site, siteOf } from './site-hosts.ts'
import { stripInvisible } from './typed-text.ts'

export interface PageAddress {
  /** As it was typed, without what stood around it. */
  reportedUrl: string
  canonicalUrl: string
}

export interface AddressFault {
  /** Of the typed field. */
  index: number
  typed: string
  fault: 'notAnAddress' | 'otherSite' | 'tooLong'
  /** With `otherSite`: the host (in ASCII, with a port that is not the web's) that the address leads to. */
  host?: string
}

export { readableUrl } from './readable-url.ts'

type Found = { page: PageAddress } | { fault: Omit<AddressFault, 'index'> }

/** Characters, of an address as typed and of its canonical form. */
const longest = 2048
/** Characters of all fields together, room for twenty of the longest: what is read holds up everybody else. */
const mostTyped = 20 * longest

/**
 * The pages of the site that the typed fields name, each once, and what could not be taken. A field may hold several
 * addresses and words around them; an empty field is no fault. `siteHosts`: hosts whose pages can be reported, their
 * subdomains included. Only the web's own ports are taken, for no other is opened to a stranger's wish.
 */
export function readPageAddresses(
  typed: readonly string[],
  siteHosts: readonly string[],
): { pages: PageAddress[]; faults: AddressFault[] } {
  const site = siteOf(siteHosts)
  const pages = new Map<string, PageAddress>()
  const faults: AddressFault[] = []
  let read = 0
  for (const [index, field] of typed.entries()) {
    read += field.length
    if (read > mostTyped) {
      faults.push({ index, typed: field.slice(0, longest), fault: 'tooLong' })
      continue
    }
    for (const found of readField(field, site)) {
      if ('fault' in found) faults.push({ index, ...found.fault })
      else if (!pages.has(found.page.canonicalUrl)) pages.set(found.page.canonicalUrl, found.page)
    }
  }
  return { pages: [...pages.values()], faults }
}

function readField(field: string, site: Site): Found[] {
  const pieces = piecesOf(field)
  if (pieces.length === 0) return []
  const found = pieces.flatMap((piece) => readPiece(piece, site, pieces.length === 1))
  return found.length > 0 ? found : [{ fault: { typed: stripInvisible(field), fault: 'notAnAddress' } }]
}

function readPiece(piece: string, site: Site, alone: boolean): Found[] {
  if (isOtherScheme(piece)) return []
  const isForeign = (address: string): boolean =>
    !site.includes(parse(address.slice(0, longest))?.hostname ?? '')
  return splitGlued(piece, site.gluedWww, isForeign).flatMap((part) => readPart(part, site, alone))
}

function readPart(part: string, site: Site, alone: boolean): Found[] {
  const address = trimSentence(
    startsWithScheme(part) ? site.cutAfterHost(part) : withoutScheme(part, site, alone),
  )
  return address === '' ? [] : [check(address, site)]
}

/** `ashams.com/a`, `//ashams.com/a`, `رابط:ashams.com/a`; of other sites only what is plainly an address. */
function withoutScheme(part: string, site: Site, alone: boolean): string {
  const own = part.search(site.mention)
  if (own >= 0) return site.cutAfterHost(part.slice(own))
  const [host] = foreignHost.exec(part) ?? []
  if (host === undefined) return ''
  return alone || /^(?:\/\/|www\.)/i.test(part) || part.startsWith('/', host.length) ? part : ''
}

/** A dotted name that ends in letters, where no mailbox stands before it. */
const foreignHost = /^(?:\/\/)?(?:[\p{L}\p{N}_-]+\.)+(?:\p{L}{2,}|xn--[a-z0-9-]+)\.?(?=$|[:/?#.,;!)])/iu

/** Of a status page of ours on the site's own hosts the key goes. */
function check(typed: string, site: Site): Found {
  const address = withoutKeys(typed)
  const url = parse(address)
  if (url === null) return fault(address, 'notAnAddress')
  if (!site.includes(url.hostname)) return fault(address, 'otherSite', url.hostname)
  if (!isWebPort(url.port)) return fault(address, 'otherSite', url.host)
  if (url.username !== '' || url.password !== '') return fault(address, 'notAnAddress')
  const canonical = canonicalUrl(url)
  if (canonical.length > longest) return fault(address, 'tooLong')
  return { page: { reportedUrl: address, canonicalUrl: canonical } }
}

function fault(typed: string, kind: AddressFault['fault'], host?: string): Found {
  return { fault: { typed, fault: kind, ...(host !== undefined && { host }) } }
}

function parse(address: string): URL | null {
  const text = withScheme(address)
  return URL.canParse(text) ? new URL(text) : null
}

/** The URL parser leaves 443 out. */
const isWebPort = (port: string): boolean => port === '' || port === '80'
