import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { seal, unseal } from '../../src/lib/seal.ts'

const key = randomBytes(32)

it('what is sealed opens by the same key for the same purpose alone', () => {
  const sealed = seal(key, 'one', 'the words')
  expect(unseal(key, 'one', sealed)).toBe('the words')
  expect(unseal(key, 'another', sealed)).toBeNull()
  expect(unseal(randomBytes(32), 'one', sealed)).toBeNull()
  expect(sealed).not.toContain(Buffer.from('the words').toString('base64url'))
  expect(seal(key, 'one', 'the words'), 'a nonce of its own each time').not.toBe(sealed)
})

it('a changed bit anywhere, a cut or nothing at all opens nothing', () => {
  const bytes = Buffer.from(seal(key, 'one', 'the words'), 'base64url')
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes)
    changed.writeUInt8(bytes.readUInt8(at) ^ 1, at)
    expect(unseal(key, 'one', changed.toString('base64url')), `byte ${at}`).toBeNull()
  }
  expect(unseal(key, 'one', bytes.subarray(0, -1).toString('base64url'))).toBeNull()
  for (const nothing of ['', 'x', 'not sealed']) expect(unseal(key, 'one', nothing)).toBeNull()
})
