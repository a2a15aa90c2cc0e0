import { z } from 'zod'

/** What a receipt says, without asking whether it is genuine. */
export function readReceipt(jws: string): Record<string, unknown> {
  const payload: unknown = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8'))
  return z.record(z.string(), z.unknown()).parse(payload)
}
