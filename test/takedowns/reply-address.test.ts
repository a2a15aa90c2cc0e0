import { expect, it } from 'vitest'
import { newReference } from '../../src/takedowns/reference.ts'
import { readReplyAddress, replyAddress } from '../../src/takedowns/reply-address.ts'

const secret = new Uint8Array(32).fill(7)
const base = 'info@ashams.com'

it('names its takedown, in any case of letters', () => {
  const reference = newReference()
  const address = replyAddress(base, reference, secret)
  expect(address).toMatch(/^info\+td-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-f]{12}@ashams\.com$/)
  expect(readReplyAddress(address, base, secret)).toBe(reference)
  expect(readReplyAddress(address.toUpperCase(), base, secret)).toBe(reference)
})

it('cannot be made by others', () => {
  const [one, other] = [newReference(), newReference()]
  const address = replyAddress(base, one, secret)
  const forged = [
    address.replace(one.toLowerCase(), other.toLowerCase()),
    address.replace(/-[0-9a-f]{12}@/, '-000000000000@'),
    address.replace(/-[0-9a-f]{12}@/, '@'),
    address.replace('ashams.com', 'example.net'),
    address.replace('info+', 'other+'),
    base,
    '',
  ]
  for (const text of forged) expect(readReplyAddress(text, base, secret), text).toBeNull()
  expect(readReplyAddress(address, base, new Uint8Array(32))).toBeNull()
})
