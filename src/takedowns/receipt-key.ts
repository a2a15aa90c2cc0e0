import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writeOnce } from '../lib/secret-file.ts'

/** The public half, as published: a JSON Web Key (RFC 7517, RFC 8037). */
export interface ReceiptPublicKey {
  readonly kty: 'OKP'
  readonly crv: 'Ed25519'
  /** 32 bytes, base64url. */
  readonly x: string
  /** JWK thumbprint (RFC 7638), SHA-256, base64url. */
  readonly kid: string
  readonly alg: 'EdDSA'
  readonly use: 'sig'
}

export interface ReceiptKey {
  readonly privateKey: KeyObject
  readonly publicKey: ReceiptPublicKey
}

const fileName = 'receipt-ed25519.pem'

/**
 * The key in `dir` that signs receipts (PKCS #8 PEM, mode 0600), made on first use and on disk before it is returned:
 * a receipt must be verifiable after a crash. Throws when the file there is no Ed25519 private key; it is then left
 * as it is, for a new key would make strangers of all receipts given out.
 */
export function loadOrCreateReceiptKey(dir: string): ReceiptKey {
  const path = join(dir, fileName)
  if (!existsSync(path)) createKeyFile(path)
  const privateKey = readPrivateKey(path)
  return { privateKey, publicKey: publicKeyOf(privateKey) }
}

function readPrivateKey(path: string): KeyObject {
  const text = readFileSync(path)
  try {
    const key = createPrivateKey(text)
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch {
    // Told below, without the decoder's words: they may quote the file.
  }
  throw new Error(`${path} is not an Ed25519 private key in PEM. Restore it from a backup.`)
}

const publicMembers = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string() })

function publicKeyOf(privateKey: KeyObject): ReceiptPublicKey {
  const { kty, crv, x } = publicMembers.parse(createPublicKey(privateKey).export({ format: 'jwk' }))
  // RFC 7638, 3: the required members only, in the order of their names, without blanks.
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url')
  return { kty, crv, x, kid, alg: 'EdDSA', use: 'sig' }
}

function createKeyFile(path: string) {
  const { privateKey } = generateKeyPairSync('ed25519')
  writeOnce(path, privateKey.export({ format: 'pem', type: 'pkcs8' }).toString())
}
