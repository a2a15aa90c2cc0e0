import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ReceiptStatement, signReceipt, verifyReceipt } from '../../src/takedowns/receipt.ts'
import { loadOrCreateReceiptKey } from '../../src/takedowns/receipt-key.ts'

const newDir = (): string => mkdtempSync(join(tmpdir(), 'receipt-'))
const key = loadOrCreateReceiptKey(newDir())
const keys = [key.publicKey]

const statement: ReceiptStatement = {
  version: 1,
  publisher: 'ashams.com',
  reference: 'TD-0000-0001',
  receivedAt: '2026-11-23T10:00:00.000Z',
  source: 'form',
  claimant: { name: 'سلمى خوري', phone: '٠٥٠-١٢٣٤٥٦٧', email: null },
  pages: [{ reported: 'ashams.com/خبر', canonical: 'https://ashams.com/%D8%AE%D8%A8%D8%B1' }],
  statement: null,
  capacity: 'owner',
  files: [{ name: 'צילום.png', mediaType: 'image/png', bytes: 5, sha256: 'a'.repeat(64) }],
  privacyVersion: '1',
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const signParts = (header: unknown, payload: unknown): string => {
  const signed = `${encode(header)}.${encode(payload)}`
  return `${signed}.${sign(null, Buffer.from(signed), key.privateKey).toString('base64url')}`
}
const header = { alg: 'EdDSA', typ: 'takedown-receipt+jws', kid: key.publicKey.kid }

describe('a receipt', () => {
  test('gives back what was signed, character for character', () => {
    expect(verifyReceipt(signReceipt(statement, key), keys)).toEqual({ ok: true, statement })
  })

  test('is the same each time, in whatever order the statement was built', () => {
    const backwards = { ...statement, ...Object.fromEntries(Object.entries(statement).reverse()) }
    expect(signReceipt(backwards, key)).toBe(signReceipt(statement, key))
  })

  test('survives line breaks and blanks of a mail', () => {
    const wrapped = ` ${signReceipt(statement, key).replace(/.{60}/g, '$&\r\n')}\n`
    expect(verifyReceipt(wrapped, keys).ok).toBe(true)
  })

  test('fails with any one character changed', () => {
    const jws = signReceipt(statement, key)
    fc.assert(
      fc.property(fc.nat(jws.length - 1), fc.constantFrom(...'ABCxyz019-_.='), (at, character) => {
        fc.pre(jws[at] !== character)
        expect(verifyReceipt(jws.slice(0, at) + character + jws.slice(at + 1), keys).ok).toBe(false)
      }),
    )
  })

  test('says which of its parts is at fault', () => {
    const jws = signReceipt(statement, key)
    const [head, , signature] = jws.split('.')
    const forged = `${head}.${encode({ ...statement, reference: 'TD-1111-1111' })}.${signature}`
    const stranger = loadOrCreateReceiptKey(newDir())
    expect(verifyReceipt(forged, keys)).toEqual({ ok: false, fault: 'badSignature' })
    expect(verifyReceipt(signReceipt(statement, stranger), keys)).toEqual({ ok: false, fault: 'unknownKey' })
    expect(verifyReceipt(jws, [])).toEqual({ ok: false, fault: 'unknownKey' })
    expect(verifyReceipt('', keys)).toEqual({ ok: false, fault: 'malformed' })
  })

  test('of an older key verifies while that key is still published', () => {
    const older = loadOrCreateReceiptKey(newDir())
    expect(verifyReceipt(signReceipt(statement, older), [key.publicKey, older.publicKey]).ok).toBe(true)
  })

  test.each([
    ['no algorithm', { ...header, alg: 'none' }],
    ['a symmetric algorithm', { ...header, alg: 'HS256' }],
    ['a key of its own', { ...header, jwk: { kty: 'OKP' } }],
    ['a critical extension', { ...header, crit: ['exp'] }],
    ['another type', { ...header, typ: 'JWT' }],
  ])('whose header names %s is malformed, well signed or not', (_, other) => {
    expect(verifyReceipt(signParts(other, statement), keys)).toEqual({ ok: false, fault: 'malformed' })
  })

  test('is malformed when a well signed payload is no statement', () => {
    const extra = { ...statement, promise: 'more' }
    expect(verifyReceipt(signParts(header, extra), keys)).toEqual({ ok: false, fault: 'malformed' })
  })

  test('is never an exception, whatever is pasted', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.base64String(), fc.string(), fc.json())), (parts) => {
        expect(verifyReceipt(parts.join('.'), keys).ok).toBe(false)
      }),
    )
  })
})

describe('the key of receipts', () => {
  test('is made once, for its owner only, and read again', () => {
    const dir = newDir()
    const made = loadOrCreateReceiptKey(dir)
    expect(loadOrCreateReceiptKey(dir).publicKey).toEqual(made.publicKey)
    expect(readdirSync(dir)).toEqual(['receipt-ed25519.pem'])
    expect(statSync(join(dir, 'receipt-ed25519.pem')).mode & 0o777).toBe(0o600)
  })

  test('has the thumbprint of RFC 8037, appendix A.3', () => {
    const dir = newDir()
    const privateKey = createPrivateKey({
      format: 'jwk',
      key: {
        kty: 'OKP',
        crv: 'Ed25519',
        d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
        x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
      },
    })
    writeFileSync(join(dir, 'receipt-ed25519.pem'), privateKey.export({ format: 'pem', type: 'pkcs8' }))
    expect(loadOrCreateReceiptKey(dir).publicKey.kid).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k')
  })

  test('is refused, and left alone, when it is something else', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    for (const content of ['', 'not a key', rsa.export({ format: 'pem', type: 'pkcs8' }).toString()]) {
      const dir = newDir()
      const path = join(dir, 'receipt-ed25519.pem')
      writeFileSync(path, content)
      expect(() => loadOrCreateReceiptKey(dir)).toThrow('not an Ed25519 private key')
      expect(readFileSync(path, 'utf8')).toBe(content)
    }
  })
})
