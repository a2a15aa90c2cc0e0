import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ComposedLetter } from '../../src/outbox/compose.ts'
import { createEmlChannel } from '../../src/outbox/eml.ts'
import { noon, temporaryFolder } from './rig.ts'

const never = new AbortController().signal
const letter: ComposedLetter = {
  id: 7,
  kind: 'receipt',
  reference: 'TD-4K7M-9X2P',
  createdAt: noon,
  raw: Buffer.from('Subject: hello\r\n\r\nhello\r\n'),
  envelope: { from: 'info@publisher.example', to: 'rana@example.org' },
}

test('without a mail server a letter becomes a file, and counts as submitted', async () => {
  const folder = join(temporaryFolder(), 'mail')
  expect(await createEmlChannel(folder).send(letter, never)).toMatchObject({ kind: 'submitted' })
  const files = readdirSync(folder)
  expect(files).toEqual(['20261123T120000.000Z-TD-4K7M-9X2P-receipt-7.eml'])
  expect(readFileSync(join(folder, files[0] ?? ''))).toEqual(letter.raw)
})

test('a second attempt after a kill replaces the file of the first', async () => {
  const folder = join(temporaryFolder(), 'mail')
  const channel = createEmlChannel(folder)
  await channel.send({ ...letter, raw: Buffer.from('half') }, never)
  await channel.send(letter, never)
  expect(readdirSync(folder)).toHaveLength(1)
})

test('a kind cannot lead out of the folder', async () => {
  const folder = join(temporaryFolder(), 'mail')
  await createEmlChannel(folder).send({ ...letter, reference: null, kind: '../../x' }, never)
  expect(readdirSync(folder)).toEqual(['20261123T120000.000Z-______x-7.eml'])
})

test('a folder that cannot be written is tried again', async () => {
  const folder = join(temporaryFolder(), 'mail')
  writeFileSync(folder, 'a file in its place')
  expect(await createEmlChannel(folder).send(letter, never)).toMatchObject({ kind: 'retry' })
})
