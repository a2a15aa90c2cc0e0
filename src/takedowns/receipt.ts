import { createPublicKey, sign, verify } from 'node:crypto'
import { z } from 'zod'
import type { ReceiptKey, ReceiptPublicKey } from './receipt-key.ts'

const file = z.strictObject({
  name: z.string(),
  mediaType: z.string(),
  bytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})

/** What was received when. The order of the members is the order in which they are signed. */
const receiptStatement = z.strictObject({
  version: z.literal(1),
  publisher: z.string(),
  reference: z.string(),
  /** ISO 8601, UTC. */
  receivedAt: z.iso.datetime(),
  source: z.enum(['form', 'email']),
  claimant: z.strictObject({ name: z.string(), phone: z.string(), email: z.string().nullable() }),
  pages: z.array(z.strictObject({ reported: z.string(), canonical: z.string() })),
  statement: z.string().nullable(),
  capacity: z.enum(['owner', 'representative', 'other']).nullable(),
  files: z.array(file),
  privacyVersion: z.string(),
})
export type ReceiptStatement = z.infer<typeof receiptStatement>

export type VerifiedReceipt =
  | { ok: true; statement: ReceiptStatement }
  | { ok: false; fault: 'malformed' | 'unknownKey' | 'badSignature' }

/**
 * The only header there is: one algorithm, one type, and nothing critical to understand (RFC 7515, 4.1). The header
 * chooses among our own keys by `kid` and decides nothing else (RFC 8725, 3.1).
 */
const receiptType = 'takedown-receipt+jws'
const receiptHeader = z.strictObject({
  alg: z.literal('EdDSA'),
  typ: z.literal(receiptType),
  kid: z.string(),
})

/**
 * The receipt: a JWS in compact form (RFC 7515) with an Ed25519 signature (RFC 8037). Ed25519 is deterministic, so
 * the same statement always gives the same receipt. Throws a ZodError when the statement is not one.
 */
export function signReceipt(statement: ReceiptStatement, key: ReceiptKey): string {
  const header = receiptHeader.parse({ alg: 'EdDSA', typ: receiptType, kid: key.publicKey.kid })
  const signed = `${encodeJson(header)}.${encodeJson(receiptStatement.parse(statement))}`
  return `${signed}.${sign(null, Buffer.from(signed), key.privateKey).toString('base64url')}`
}

/** Needs no database: the receipt and the publisher's public keys, past ones too. Blanks of a copied text go. */
export function verifyReceipt(text: string, keys: readonly ReceiptPublicKey[]): VerifiedReceipt {
  const parts = text.replace(/[\s\u200b\ufeff]/g, '').split('.')
  const [header, payload, signature] = parts
  if (parts.length !== 3 || header === undefined || payload === undefined || signature === undefined) {
    return { ok: false, fault: 'malformed' }
  }
  const parsedHeader = receiptHeader.safeParse(decodeJson(header))
  const signatureBytes = decodeBase64Url(signature)
  if (!parsedHeader.success || signatureBytes === null) return { ok: false, fault: 'malformed' }
  const key = keys.find(({ kid }) => kid === parsedHeader.data.kid)
  if (!key) return { ok: false, fault: 'unknownKey' }
  if (!isSignedBy(key, `${header}.${payload}`, signatureBytes)) return { ok: false, fault: 'badSignature' }
  const statement = receiptStatement.safeParse(decodeJson(payload))
  return statement.success ? { ok: true, statement: statement.data } : { ok: false, fault: 'malformed' }
}

function isSignedBy(key: ReceiptPublicKey, signed: string, signature: Buffer): boolean {
  const { kty, crv, x } = key
  return verify(
    null,
    Buffer.from(signed),
    createPublicKey({ key: { kty, crv, x }, format: 'jwk' }),
    signature,
  )
}

const encodeJson = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Undefined, which no schema here accepts, where the text is not base64url of JSON. */
function decodeJson(text: string): unknown {
  const bytes = decodeBase64Url(text)
  if (bytes === null) return undefined
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}

/** Null unless `text` is the one spelling of its bytes: Node ignores foreign characters and stray bits. */
function decodeBase64Url(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : null
}
