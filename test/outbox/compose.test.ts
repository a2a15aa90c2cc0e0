import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { type ClaimedLetter, claimDueLetters } from '../../src/outbox/claim.ts'
import {
  accessKeyPlaceholder,
  type ComposeDeps,
  composeLetter,
  LetterUnsendable,
  type SafeCopy,
} from '../../src/outbox/compose.ts'
import { copiesFor } from '../../src/outbox/copies.ts'
import { copyFileName } from '../../src/outbox/header-text.ts'
import type { NewLetter } from '../../src/outbox/store.ts'
import { enqueue, insertScreenshot, insertTakedown, noon, openTestDatabase } from './rig.ts'

const deps: ComposeDeps = {
  sender: { name: 'إذاعة الشمس', address: 'info@publisher.example' },
  ownAddresses: ['info@publisher.example'],
  accessKeyFor: () => 'THEKEY',
}

function claimed(over: Partial<NewLetter> = {}): ClaimedLetter {
  const db = openTestDatabase()
  const takedown = insertTakedown(db)
  enqueue(db, { takedownId: takedown.id, ...over })
  const [letter] = claimDueLetters(db, noon, 1000, 1)
  if (!letter) throw new Error('not claimed')
  return letter
}

const compose = (letter: ClaimedLetter, copies: SafeCopy[] = [], with_: ComposeDeps = deps) =>
  composeLetter(letter, 'TD-4K7M-9X2P', copies, with_)

async function read(over: Partial<NewLetter>, copies: SafeCopy[] = []) {
  const { raw } = await compose(claimed(over), copies)
  return { source: raw.toString('latin1'), mail: await PostalMime.parse(raw) }
}

test('P10: Arabic and Hebrew subject, name and body come back as typed', async () => {
  const subject = '[TD-4K7M-9X2P] استلمنا طلبكم للتوقف عن استخدام مواد — בקשתכם התקבלה, وصلت لقطة الشاشة'
  const body = 'تم استلام الطلب.\nהבקשה התקבלה.\n'
  const name = 'د. رنا "أم سمير" خوري-כהן'
  const { mail } = await read({
    subject,
    recipient: { name, address: 'rana@example.org' },
    text: body,
    html: `<p dir="rtl">${body}</p>`,
  })
  expect(mail.subject).toBe(subject)
  expect(mail.to).toEqual([{ name, address: 'rana@example.org' }])
  expect(mail.from).toEqual({ name: 'إذاعة الشمس', address: 'info@publisher.example' })
  expect(mail.text?.replaceAll('\r\n', '\n')).toBe(body)
  expect(mail.html).toContain('הבקשה התקבלה.')
})

test('P2: a second copy has the same bytes', async () => {
  const letter = claimed({ rootMessageId: '<root@publisher.example>' })
  const copy = { fileName: 'a.jpg', mediaType: 'image/jpeg', content: Buffer.from('picture') }
  const [first, second] = [await compose(letter, [copy]), await compose(letter, [copy])]
  expect(second.raw.equals(first.raw)).toBe(true)
})

test('the headers thread, date and mark the letter', async () => {
  const { mail, source } = await read({
    messageId: '<one@publisher.example>',
    rootMessageId: '<root@publisher.example>',
    replyTo: 'reply@publisher.example',
  })
  expect(mail).toMatchObject({
    messageId: '<one@publisher.example>',
    inReplyTo: '<root@publisher.example>',
    references: '<root@publisher.example>',
    replyTo: [{ address: 'reply@publisher.example' }],
    date: new Date(noon).toISOString(),
  })
  expect(source).toMatch(/^Auto-Submitted: auto-generated\r$/m)
})

test.each([
  'x\r\nBcc: evil@example.net',
  'x\nBcc: evil@example.net',
  'x\u2028Bcc: evil@example.net',
  'x\u0000\r\r\n\r\nBcc: evil@example.net',
])('a line break in a name or subject makes no header: %j', async (text) => {
  const { mail, source } = await read({
    subject: text,
    recipient: { name: text, address: 'rana@example.org' },
  })
  expect(source).not.toMatch(/^bcc:/im)
  expect(mail.to).toHaveLength(1)
  expect(mail.subject).toBe('x Bcc: evil@example.net')
})

test.each([
  'a@b.example, v@evil.example',
  'a@b.example\r\nBcc: v@evil.example',
  'a b@c.example',
  '<a@b.example>',
  '',
])('what is not one address is never sent to: %j', async (address) => {
  const letter = claimed({ recipient: { name: 'x', address } })
  await expect(compose(letter)).rejects.toThrow(LetterUnsendable)
})

test('P10: a name that looks like an address list stays a name', async () => {
  const name = 'x" <evil@example.net>, "y'
  const { mail } = await read({ recipient: { name, address: 'rana@example.org' } })
  expect(mail.to).toEqual([{ name, address: 'rana@example.org' }])
})

test('P10: direction overrides do not reach subject or name', async () => {
  const { mail } = await read({
    subject: 'a\u202eb\u2066c',
    recipient: { name: 'r\u202dana', address: 'rana@example.org' },
  })
  expect(mail.subject).toBe('abc')
  expect(mail.to?.[0]?.name).toBe('rana')
})

test('half a surrogate pair in a name or subject stops nothing', async () => {
  const { raw } = await compose({ ...claimed(), subject: 'a\ud83d', recipientName: '\udc00' })
  expect((await PostalMime.parse(raw)).subject).toBe('a\ufffd')
})

test('P10: a text cannot forge a boundary', async () => {
  const letter = claimed()
  const { raw } = await compose(letter)
  const boundary = /boundary="([^"]+)"/.exec(raw.toString('latin1'))?.[1]
  expect(boundary).toBeDefined()
  const text = `--${boundary}\r\nContent-Type: text/html\r\n\r\n<b>forged</b>\r\n`
  const forged = await compose({ ...letter, textBody: text })
  const mail = await PostalMime.parse(forged.raw)
  expect(mail.text).toContain('Content-Type: text/html')
  expect(mail.html).not.toContain('forged')
})

test('the access key is put in when the letter leaves', async () => {
  const link = `https://desk.example/ar/takedowns/TD-1?key=${accessKeyPlaceholder}`
  const { mail } = await read({ text: link, html: `<a href="${link}">${link}</a>` })
  expect(mail.text?.trim()).toBe('https://desk.example/ar/takedowns/TD-1?key=THEKEY')
  expect(mail.html).toContain('href="https://desk.example/ar/takedowns/TD-1?key=THEKEY"')
})

test('P13: no access key goes to the publisher, whatever a claimant typed', async () => {
  const { mail } = await read({
    text: `He wrote: ${accessKeyPlaceholder}.`,
    recipient: { name: '', address: 'INFO@publisher.example' },
  })
  expect(mail.text?.trim()).toBe('He wrote: .')
})

test('a key with a dollar sign is put in as it is', async () => {
  const letter = claimed({ text: accessKeyPlaceholder })
  const { raw } = await compose(letter, [], { ...deps, accessKeyFor: () => "$&$'" })
  expect((await PostalMime.parse(raw)).text?.trim()).toBe("$&$'")
})

test('the ready copies travel under the name of their original', async () => {
  const db = openTestDatabase()
  const takedown = insertTakedown(db)
  const ready = { copyState: 'ready', copyMediaType: 'image/jpeg', copyBytes: 7 } as const
  const ids = [
    insertScreenshot(db, takedown.id, { ...ready, position: 1, fileName: 'لقطة شاشة.png', copySha256: 'b' }),
    insertScreenshot(db, takedown.id, { ...ready, position: 0, fileName: '../x\r\n.png', copySha256: 'c' }),
    insertScreenshot(db, takedown.id, { position: 2 }),
    insertScreenshot(db, takedown.id, { ...ready, position: 3, copySha256: 'missing' }),
    insertScreenshot(db, takedown.id, { ...ready, position: 4, copySha256: 'unreadable' }),
    insertScreenshot(db, takedown.id, { ...ready, position: 5, copySha256: 'd', copyBytes: 16_000_000 }),
  ]
  enqueue(db, { takedownId: takedown.id, attachedScreenshots: ids })
  const [letter] = claimDueLetters(db, noon, 1000, 1)
  if (!letter) throw new Error('not claimed')
  const copies = await copiesFor(db, letter, async (sha256) => {
    if (sha256 === 'unreadable') throw new Error('EIO')
    return sha256 === 'missing' ? null : Buffer.from('picture')
  })
  const mail = await PostalMime.parse((await compose(letter, copies)).raw)
  expect(mail.attachments.map((attachment) => attachment.filename)).toEqual(['_x.jpg', 'لقطة شاشة.jpg'])
  expect(mail.attachments.every((attachment) => attachment.mimeType === 'image/jpeg')).toBe(true)
})

test.each([
  ['IMG_0001.HEIC', 'image/jpeg', 'IMG_0001.jpg'],
  ['صورة', 'image/webp', 'صورة.webp'],
  ['..', 'image/png', 'screenshot-3.png'],
  ['\u202egnp.exe', 'image/png', 'gnp.png'],
  ['a/b\\c:d.png', 'image/png', 'a_b_c_d.png'],
  ['x'.repeat(300), 'image/png', `${'x'.repeat(80)}.png`],
])('the copy of %j (%s) is called %j', (original, mediaType, expected) => {
  expect(copyFileName(original, mediaType, 2)).toBe(expected)
})
