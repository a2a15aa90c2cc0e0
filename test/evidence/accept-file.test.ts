import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { acceptUpload, type IncomingFile } from '../../src/evidence/accept-file.ts'
import { createImageProcess } from '../../src/evidence/image-process.ts'
import { type EvidenceStore, openEvidenceStore } from '../../src/evidence/store.ts'
import { heic, pdf, pngBomb, pngOf, svg } from '../support/images.ts'

const images = createImageProcess({ role: 'check' })
const directory = join(mkdtempSync(join(tmpdir(), 'accept-')), 'evidence')
let evidence: EvidenceStore
beforeAll(async () => {
  evidence = await openEvidenceStore(directory)
})
afterAll(async () => {
  await images.stop()
  await evidence.close()
})

function incoming(content: Buffer, fault: IncomingFile['fault'] = null): IncomingFile {
  const path = evidence.newUploadPath()
  writeFileSync(path, content)
  const sha256 = createHash('sha256').update(content).digest('hex')
  return {
    fileName: 'a.png',
    path,
    sha256,
    bytes: content.length,
    head: content.subarray(0, 64),
    fault,
    synced: Promise.resolve(),
    onMoved: () => {},
  }
}
const accept = (content: Buffer) => acceptUpload(incoming(content), { images, evidence })

test('P1: an accepted image is on its shelf, byte for byte, with what is known of it', async () => {
  const content = await pngOf()
  const file = incoming(content)
  expect(await acceptUpload(file, { images, evidence })).toEqual({
    ok: true,
    file: {
      sha256: file.sha256,
      fileName: 'a.png',
      mediaType: 'image/png',
      bytes: content.length,
      width: 64,
      height: 48,
      copyState: 'pending',
    },
  })
  expect(readFileSync(evidence.pathOf(file.sha256))).toEqual(content)
})

test('HEIC and PDF are kept as given', async () => {
  const kept = { ok: true, file: { width: null, height: null, copyState: 'kept' } }
  expect(await accept(heic)).toMatchObject(kept)
  expect(await accept(pdf)).toMatchObject(kept)
})

test('P11: what is no image, is damaged or unpacks to too much is refused, and nothing of it is kept', async () => {
  const png = await pngOf(300, 300)
  const before = readdirSync(join(directory, 'originals'), { recursive: true })
  expect(await accept(svg)).toEqual({ ok: false, fault: 'notAnImage' })
  expect(await accept(png.subarray(0, png.length / 2))).toEqual({ ok: false, fault: 'damaged' })
  expect(await accept(pngBomb())).toEqual({ ok: false, fault: 'tooManyPixels' })
  expect(readdirSync(join(directory, 'originals'), { recursive: true })).toEqual(before)
})

test('what the upload marked is passed on', async () => {
  for (const fault of ['tooLarge', 'tooMany', 'empty'] as const) {
    expect(await acceptUpload(incoming(pdf, fault), { images, evidence })).toEqual({ ok: false, fault })
  }
})

test('the same content twice in one form is one file', async () => {
  const content = await pngOf(20, 20)
  const results = await Promise.all([accept(content), accept(content)])
  expect(results[0]).toEqual(results[1])
  expect(results[0]).toMatchObject({ ok: true })
  expect(existsSync(evidence.pathOf(incoming(content).sha256))).toBe(true)
})
