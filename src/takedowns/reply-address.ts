import { createHmac, timingSafeEqual } from 'node:crypto'
import { parseReference } from './reference.ts'

/** Characters of the seal: 60 bits, each guess a mail. */
const sealLength = 12

/** `info+td-xxxx-xxxx-seal@host`: only somebody who had our letter to the claimant can write to it. */
export function replyAddress(base: string, reference: string, secret: Uint8Array): string {
  const [local = '', host = ''] = base.split('@')
  return `${local}+${reference.toLowerCase()}-${sealOf(reference, secret)}@${host}`
}

/** The reference of a reply address of ours, or null for any other address. */
export function readReplyAddress(address: string, base: string, secret: Uint8Array): string | null {
  const [local = '', host = ''] = base.toLowerCase().split('@')
  const [theirLocal = '', theirHost = ''] = address.toLowerCase().split('@')
  if (theirHost !== host || !theirLocal.startsWith(`${local}+`)) return null
  const [, tag = '', seal = ''] =
    /^(td-[0-9a-z]{4}-[0-9a-z]{4})-([0-9a-f]+)$/.exec(theirLocal.slice(local.length + 1)) ?? []
  const reference = parseReference(tag)
  if (reference === null || seal.length !== sealLength) return null
  return timingSafeEqual(Buffer.from(seal), Buffer.from(sealOf(reference, secret))) ? reference : null
}

const sealOf = (reference: string, secret: Uint8Array): string =>
  createHmac('sha256', secret).update(`reply address ${reference}`).digest('hex').slice(0, sealLength)
