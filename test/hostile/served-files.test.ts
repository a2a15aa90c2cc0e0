import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Attachment } from 'postal-mime'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { screenshotsOf } from '../../src/takedowns/store.ts'
import { openAs, takedownOf } from '../support/claimant.ts'
import { gifOf, html, jpegWithMetadata, pngOf, svg } from '../support/images.ts'
import { filledForm, type Submitted, startTestApp, stopTestApp, type TestApp } from '../support/test-app.ts'

const zip = Buffer.from('PK\x03\x04\x14\0\0\0evil.sh#!/bin/sh\nPK\x05\x06', 'latin1')
const script = Buffer.from('*/=1;alert(document.cookie)')
/** Pictures that are something else too. */
const traces = ['<script>', 'PK\x03\x04', 'evil.sh', 'alert(', 'SECRET-OWNER', 'GPS', 'Exif']
const mayDoNothing = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'private, no-store',
}

let app: TestApp
let sent: Submitted
let files: { name: string; content: Buffer }[]
let staff: { cookie: string }
let claimant: { cookie: string }
let attached: Attachment[]

beforeAll(async () => {
  app = await startTestApp({ SUBMISSIONS_PER_HOUR: '1000' })
  files = [
    { name: 'page.html.png', content: Buffer.concat([await pngOf(), html]) },
    { name: 'photo.jpg', content: Buffer.concat([await jpegWithMetadata(), zip]) },
    { name: 'moving.js', content: Buffer.concat([await gifOf(), script]) },
  ]
  staff = { cookie: await app.signIn() }
  // What the browser says of a file is only said: the bytes count.
  sent = await app.submit({ files: files.map((file) => ({ ...file, type: 'text/html' })) })
  claimant = await openAs(app, sent)
  attached = (await app.letters(2)).flatMap((letter) => letter.attachments)
})
afterAll(() => stopTestApp(app))

const shots = () => screenshotsOf(app.services.db, takedownOf(app, sent).id)
const forClaimant = (id: number, rest = '') => `/en/takedowns/${sent.reference}/files/${id}${rest}`
const forStaff = (id: number, rest = '') => `/staff/takedowns/${sent.reference}/files/${id}${rest}`
const headersOf = (answer: Response) => Object.fromEntries(answer.headers)

async function expectCleanPicture(content: Buffer, type: string) {
  const { format, exif, icc, xmp, iptc } = await sharp(content).metadata()
  expect([`image/${format}`, exif, icc, xmp, iptc]).toEqual([
    type,
    undefined,
    undefined,
    undefined,
    undefined,
  ])
  const end = type === 'image/png' ? Buffer.from('IEND\xaeB`\x82', 'latin1') : Buffer.from([0xff, 0xd9])
  expect(content.subarray(-end.length), 'nothing comes after the picture').toEqual(end)
  for (const trace of traces) expect(content.includes(Buffer.from(trace, 'latin1')), trace).toBe(false)
}

it('P11: claimants and staff see a picture made anew, which may do nothing', async () => {
  expect(shots()).toHaveLength(files.length)
  for (const { id } of shots()) {
    for (const [path, headers] of [[forClaimant(id), claimant] as const, [forStaff(id), staff] as const]) {
      const answer = await app.get(path, headers)
      expect([path, answer.status]).toEqual([path, 200])
      expect(headersOf(answer)).toMatchObject({ ...mayDoNothing, 'content-disposition': 'inline' })
      const type = answer.headers.get('content-type') ?? ''
      expect(type).toMatch(/^image\/(png|jpeg)$/)
      await expectCleanPicture(Buffer.from(await answer.arrayBuffer()), type)
    }
  }
})

it('P11: mails carry the same pictures, each under a name of its own type', async () => {
  expect(attached).toHaveLength(files.length)
  expect(attached.map(({ filename }) => filename)).toEqual(['page.html.png', 'photo.jpg', 'moving.jpg'])
  for (const { content, mimeType } of attached) {
    if (typeof content === 'string') throw new Error('an attachment came as text')
    await expectCleanPicture(Buffer.from(new Uint8Array(content)), mimeType)
  }
})

it('P11: an original leaves only as a download under the extension of its type, only for staff, byte for byte', async () => {
  for (const [nth, { id }] of shots().entries()) {
    const answer = await app.get(forStaff(id, '/original'), staff)
    expect(answer.status).toBe(200)
    expect(headersOf(answer)).toMatchObject({ ...mayDoNothing, 'content-type': 'application/octet-stream' })
    const name = ['page.html.png', 'photo.jpg', 'moving.js.gif'][nth]
    expect(answer.headers.get('content-disposition')).toContain(`attachment; filename="${name}"`)
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(files[nth]?.content)
    expect((await app.get(forStaff(id, '/original'))).headers.get('location')).toMatch(/^\/staff\/sign-in/)
    expect((await app.get(forStaff(id, '/original'), claimant)).status).toBe(303)
    expect((await app.get(forClaimant(id, '/original'), claimant)).status).toBe(404)
    expect((await app.get(forClaimant(id))).status).toBe(404)
  }
})

it.each([
  ['SVG', svg],
  ['HTML', html],
  ['a script behind the first bytes of a GIF', Buffer.from('GIF89a/*\0\0\0\0*/=1;alert(1)')],
  ['a ZIP', zip],
])('P11: %s under the name of a picture is refused, and nothing of it is kept', async (_name, content) => {
  const originals = () => readdirSync(join(app.dataDir, 'evidence/originals'), { recursive: true }).length
  const before = originals()
  for (const name of ['a.png', 'a.jpg']) {
    const answer = await app.post('/en/takedowns', await filledForm({ files: [{ name, content }] }))
    expect(answer.status).toBe(422)
  }
  expect(originals()).toBe(before)
  // What was refused is removed once it is answered.
  await expect.poll(() => readdirSync(app.services.evidence.incomingDirectory)).toEqual([])
})
