import { createHmac } from 'node:crypto'
import { isIPv6 } from 'node:net'
import type { Request } from 'express'

/** Who is counted as one client: an IPv4 address, or the /64 that a household or a phone gets in IPv6. */
export function clientKey(req: Request, secret: Uint8Array): string {
  const address = req.ip ?? ''
  const counted = isIPv6(address) && !address.startsWith('::ffff:') ? networkOf(address) : address
  return createHmac('sha256', secret).update(counted).digest('base64url').slice(0, 22)
}

function networkOf(address: string): string {
  const [head = '', tail = ''] = address.split('::')
  const groups = head.split(':')
  const missing = address.includes('::') ? 8 - groups.length - tail.split(':').filter(Boolean).length : 0
  return [...groups, ...Array<string>(Math.max(0, missing)).fill('0'), ...tail.split(':')]
    .slice(0, 4)
    .join(':')
}
