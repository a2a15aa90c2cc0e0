import { createHmac } from 'node:crypto'
import { isIPv6 } from 'node:net'
import type { Request } from 'express'

/** Who is counted as one client: an IPv4 address, or the /64 that a household or a phone gets in IPv6. */
export function clientKey(req: Request, secret: Uint8Array): string {
  return createHmac('sha256', secret).update(countedAddress(req)).digest('base64url').slice(0, 22)
}

/** The same in clear, for what is forgotten with its request. */
export function countedAddress(req: Request): string {
  const address = req.ip ?? ''
  return isIPv6(address) && !address.startsWith('::ffff:') ? networkOf(address) : address
}

function networkOf(address: string): string {
  const [head = '', tail = ''] = address.split('::')
  const groups = head.split(':')
  const missing = address.includes('::') ? 8 - groups.length - tail.split(':').filter(Boolean).length : 0
  return [...groups, ...Array<string>(Math.max(0, missing)).fill('0'), ...tail.split(':')]
    .slice(0, 4)
    .join(':')
}
