import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dkimSign } from 'mailauth/lib/dkim/sign.js'
import { beforeAll, expect, it, onTestFinished } from 'vitest'
import { withSignatures } from '../../src/inbox/authenticity.ts'
import { createDkimChecker } from '../../src/workers/check-dkim.ts'
import { mailOf } from '../support/mail.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const record = `v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`
let signed: Buffer

const check = createDkimChecker(async (name) => {
  if (name !== 'one._domainkey.example.org') throw new Error('no such name')
  return [[record]]
})

beforeAll(async () => {
  const raw = await mailOf()
  const key = {
    signingDomain: 'example.org',
    selector: 'one',
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
  // Left to itself the signer asks for the time twice, and signs something else when a second ends in between.
  const signTime = new Date()
  const { signatures } = await dkimSign(raw, { ...key, signTime, signatureData: [key] })
  signed = Buffer.concat([Buffer.from(signatures), raw])
})

async function resultsOf(raw: Buffer): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'rightsdesk-dkim-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await writeFile(join(folder, 'mail'), raw)
  return check(join(folder, 'mail'))
}

const unknown = { label: 'unknown', results: [] } as const

it('knows a signature of the sender’s own domain', async () => {
  const results = await resultsOf(signed)
  expect(results).toEqual(['dkim=pass header.d=example.org'])
  expect(withSignatures(unknown, results, 'claimant@example.org').label).toBe('verified')
  expect(withSignatures(unknown, results, 'claimant@another.example').label).toBe('unknown')
})

it('a changed mail is not verified, and not called forged either', async () => {
  const changed = Buffer.from(signed.toString('latin1').replace('my photograph', 'my photogroph'), 'latin1')
  const results = await resultsOf(changed)
  expect(results).not.toContain('dkim=pass header.d=example.org')
  expect(withSignatures(unknown, results, 'claimant@example.org').label).toBe('unknown')
})

it('says nothing of a mail without a signature', async () => {
  expect(await resultsOf(await mailOf())).toEqual([])
})

it('leaves what the own host found out as it is', () => {
  const failed = { label: 'failed', results: ['dmarc=fail'] } as const
  expect(withSignatures(failed, ['dkim=pass header.d=example.org'], 'claimant@example.org')).toBe(failed)
})
