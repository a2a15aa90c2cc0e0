import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { FoundMail } from '../../src/inbox/found.ts'
import { mailLimits, readMail } from '../../src/inbox/parse.ts'
import { projectRoot } from '../../src/lib/project-root.ts'
import { readingOf } from '../../src/workers/mail-reading.ts'
import { mailOf } from '../support/mail.ts'

const folder = join(projectRoot, 'test/fixtures/mail')
const reading = readingOf({
  siteHosts: ['ashams.com'],
  origin: 'http://127.0.0.1:3000',
  mailDomain: 'ashams.com',
  authHost: 'mx.ashams.com',
  defaultLocale: 'ar',
})

/** What a test says of a mail; each value as a person would say it. */
interface Said {
  locale?: string
  /** `value < where`. */
  name?: string | null
  phone?: string | null
  pages?: string[]
  files?: string[]
  automatic?: string | null
  label?: string
  body?: string
  quoted?: RegExp
  report?: Partial<NonNullable<FoundMail['report']>>
  isSpam?: boolean
  answers?: string[]
  subject?: string
}

const arabic: Said = {
  locale: 'ar',
  name: 'اسم للمثال < text',
  phone: '+972521234567 < text',
  pages: ['articles/11 < text'],
}
const hebrew: Said = {
  locale: 'he',
  name: 'שם לדוגמה < text',
  phone: '+972547654321 < text',
  pages: ['articles/12 < text'],
}
const english: Said = {
  locale: 'en',
  name: 'Example Person < text',
  phone: '+972501234567 < text',
  pages: ['articles/13 < text'],
}
const ours = ['<td-aaaa-bbbb.claimant.submitted@ashams.com>']
const failed = { kind: 'failed', messageIds: ours, recipient: 'claimant@example.org' } as const
const page = (path: string, where = 'text'): Said => ({ pages: [`${path} < ${where}`] })
const away: Said = { automatic: 'auto_submitted' }

const mails: Record<string, Said | 'too_deep'> = {
  'auth-foreign-host': { ...english, label: 'unknown' },
  'auth-own-fail': { label: 'failed' },
  'auth-own-pass': { label: 'verified' },
  'auth-second-is-forged': { label: 'unknown' },
  'auth-unaligned': { label: 'unknown' },
  'bidi-override-subject': { ...page('articles/77'), automatic: null },
  'bounce-exchange': {
    report: { kind: 'failed', messageIds: ours, reply: expect.stringContaining('550 5.1.10') },
  },
  'bounce-exim': { report: { ...failed, reply: 'host mx.example.org: 550 5.7.1 rejected' } },
  'bounce-qmail': { report: { ...failed, reply: 'Remote host said: 550 no such user' }, automatic: 'report' },
  'charset-iso-8859-6': arabic,
  'charset-iso-8859-8-i': hebrew,
  'charset-missing-utf8': arabic,
  'charset-unknown': english,
  'charset-utf-16-base64': english,
  'charset-utf8-8bit-ar': arabic,
  'charset-utf8-base64-ar': arabic,
  'charset-utf8-qp-he': hebrew,
  'charset-windows-1255': hebrew,
  'charset-windows-1255-qp': hebrew,
  'charset-windows-1256': { ...arabic, subject: 'صورتي' },
  'dsn-delayed': { report: { kind: 'delayed', messageIds: ours } },
  'dsn-delivered': { report: { kind: 'delivered', messageIds: ours } },
  'dsn-failed': { report: { ...failed, reply: '550 5.1.1 user unknown' }, files: [] },
  'dsn-whole-letter': { report: { ...failed, reply: '552 5.2.2 mailbox full' }, files: [] },
  'empty-body': { body: '', pages: [] },
  'empty-return-path': { automatic: 'empty_return_path' },
  'envelope-line': page('articles/79'),
  'file-encoded-word': { files: ['لقطة.png'] },
  'file-executable-as-png': { files: ['a.png'] },
  'file-no-name': { files: ['1.png'] },
  'file-plain-name': { files: ['screenshot.png'] },
  'file-raw-utf8-name': { files: ['صورة.png'] },
  'file-rfc2231': { files: ['لقطة شاشة.png'] },
  'file-rfc2231-parts': { files: ['צילום מסך.png'] },
  'file-two-same': { files: ['1.png', '2.png'] },
  'file-wrong-type': { files: ['shot'] },
  'forged-reply-address': { pages: [], automatic: null },
  'format-flowed': english,
  'forward-attached': { ...page('articles/54', 'forwarded'), files: ['inner.png'], quoted: /The page is/ },
  'forward-inline-ar': { ...page('articles/53', 'forwarded'), body: 'للمعالجة.' },
  'forward-inline-en': { ...page('articles/51', 'forwarded'), phone: '+972521234567 < forwarded' },
  'forward-inline-he': { ...page('articles/52', 'forwarded'), body: 'לטיפולכם.' },
  'html-alternative': { ...page('articles/34', 'html'), body: 'The plain words.' },
  'html-blockquote': { body: 'My answer.', quoted: /> We have received it/ },
  'html-entities': { ...page('articles/32?a=1&b=2', 'html'), body: 'Mine & only mine: here <script>' },
  'html-only': { locale: 'ar', ...page('articles/31', 'html'), phone: '+972521234567 < text', files: [] },
  'html-related-inline': { ...page('articles/35'), files: ['inline.png*'] },
  'html-table-layout': {
    ...page('articles/33'),
    name: 'Example Person < text',
    phone: '+972521234567 < text',
  },
  'list-mail': { automatic: 'list' },
  'malformed-bad-base64': { pages: [] },
  'malformed-deep': 'too_deep',
  'malformed-header-injection': page('articles/75'),
  'malformed-missing-from': { ...page('articles/73'), name: null },
  'malformed-no-boundary-end': page('articles/71'),
  'malformed-no-headers': { pages: [], name: null },
  'malformed-nul-bytes': { ...page('articles/72'), body: 'https://ashams.com/articles/72 and more' },
  'malformed-two-from': page('articles/74'),
  'name-encoded-word-ar': { name: 'اسم للمثال < from' },
  'name-encoded-word-q-1255': { name: 'שם לדוגמה < from' },
  'name-in-signature': { name: 'Example Signer < signature', phone: '+972521112233 < text' },
  'name-in-signature-ar': { name: 'اسم الموقّع < signature' },
  'name-in-signature-he': { name: 'שם החותם < signature' },
  'name-raw-utf8': { name: 'اسم للمثال < from' },
  'name-split-words': { name: 'اسم للمثال < from' },
  'no-message-id': page('articles/78'),
  'no-reply-sender': away,
  'page-angle-wrapped': page('articles/a-very-long-address-that-a-programbroke-at-the-end-of-its-line'),
  'page-arabic-path': page('مقالات/صورة-من-القدس'),
  'page-front-page-only': { pages: [] },
  'page-glued-rtl': { pages: ['articles/21 < text', 'articles/22 < text'] },
  'page-google-redirect': page('articles/27'),
  'page-hard-wrapped': page('articles/2026/11/a-very-long-address-with-more-of-it/and-the-end'),
  'page-in-subject': page('articles/28', 'subject'),
  'page-no-scheme': page('articles/23'),
  'page-other-site': { pages: [] },
  'page-proofpoint-v2': page('articles/25'),
  'page-proofpoint-v3': page('articles/26'),
  'page-safelink': page('articles/24'),
  'phone-arabic-digits': { phone: '+970599123456 < text' },
  'phone-bidi-marks': { phone: '+972547654321 < text' },
  'phone-not-from-address': { phone: null },
  'phone-unlabelled': { phone: '+97226271111 < text' },
  'precedence-bulk': { automatic: 'precedence' },
  'reply-gmail-ar': { body: 'نعم.', quoted: /استلمنا/ },
  'reply-gmail-en': { body: 'Yes.', quoted: /wrote:\n> We/, answers: [...ours, '<root@example.org>'] },
  'reply-gmail-he': { body: 'כן.', quoted: /קיבלנו/ },
  'reply-interleaved': { body: '> Which page?\nThe first.\n> Which picture?\nThe second.' },
  'reply-outlook-en': { body: 'Yes.', quoted: /^_{10,}/ },
  'reply-outlook-he': { body: 'כן.', quoted: /קיבלנו/ },
  'reply-wrapped-intro': { body: 'Yes.', quoted: /^On Monday/ },
  'spam-flag': { isSpam: true },
  tnef: { files: ['winmail.dat'] },
  'vacation-with-header': away,
  'vacation-without-header-ar': away,
  'vacation-without-header-en': away,
  'vacation-without-header-he': away,
}

const readFixture = (name: string) => readMail(readFileSync(join(folder, `${name}.eml`)), reading)

const where = (found: { foundIn: string } | null, value: string | null | undefined) =>
  found ? `${value} < ${found.foundIn}` : null

/** As `Said` says it, of exactly the values that `said` names. */
function toldOf(found: FoundMail, said: Said): Said {
  const all = {
    locale: found.locale,
    name: where(found.name, found.name?.value),
    phone: where(found.phone, found.phone?.e164),
    pages: found.pages.map(
      (one) => `${decodeURI(one.canonicalUrl).replace('https://ashams.com/', '')} < ${one.foundIn}`,
    ),
    files: found.files.map(({ fileName, isInline }) => `${fileName}${isInline ? '*' : ''}`),
    automatic: found.automatic,
    label: found.authenticity.label,
    body: found.body,
    report: found.report,
    isSpam: found.isSpam,
    answers: found.answers,
    subject: found.subject,
  }
  return Object.fromEntries(Object.entries(all).filter(([key]) => Object.hasOwn(said, key)))
}

it('says something of every mail in the folder', () => {
  const names = readdirSync(folder).map((name) => name.replace(/\.eml$/, ''))
  expect(names.sort()).toEqual(Object.keys(mails).sort())
  expect(names.length).toBeGreaterThanOrEqual(60)
})

it.each(Object.entries(mails))('%s', async (name, said) => {
  const read = await readFixture(name)
  if (said === 'too_deep') return expect(read).toEqual({ ok: false, reason: said })
  if (!read.ok) throw new Error(read.reason)
  const { quoted, ...rest } = said
  expect(toldOf(read.found, rest)).toMatchObject(rest)
  if (quoted) expect(read.found.quoted).toMatch(quoted)
})

it('P10: never lets a value out of a header break a line or hold a control character', async () => {
  for (const name of Object.keys(mails)) {
    const read = await readFixture(name)
    if (!read.ok) continue
    const { sender, subject, files } = read.found
    for (const text of [sender.name, subject, ...files.map(({ fileName }) => fileName)]) {
      expect(text, name).not.toMatch(/[\r\n\p{Cc}]/u)
    }
  }
})

it('reads a mail of 50 MB, and none above its limit', async () => {
  const content = Buffer.alloc(36 * 1024 * 1024, 7)
  const large = await mailOf({ attachments: [{ filename: 'large.bin', content }] })
  expect(large.byteLength).toBeGreaterThan(48 * 1024 * 1024)
  const read = await readMail(large, reading)
  expect(read.ok && read.found.files[0]?.bytes).toBe(content.byteLength)
  expect(await readMail(Buffer.alloc(mailLimits.bytes + 1, 65), reading)).toEqual({
    ok: false,
    reason: 'too_large',
  })
})

it('P15: steps over a mail of a thousand parts', async () => {
  const part = '--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment\r\n\r\nx\r\n'
  const raw = `From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${part.repeat(1000)}--b--\r\n`
  expect(await readMail(Buffer.from(raw), reading)).toEqual({ ok: false, reason: 'too_many_parts' })
})

it('P6: is not held up by texts made to be slow', async () => {
  const slow = [
    `${'<'.repeat(100_000)}`,
    `${'https://a'.repeat(20_000)}`,
    `${'('.repeat(100_000)}`,
    `${'On '.repeat(50_000)}wrote:`,
    `${'- '.repeat(50_000)}`,
    `${'phone '.repeat(30_000)}`,
    `${'>\n'.repeat(50_000)}x`,
    `${'Name: '.repeat(30_000)}`,
    `${'בתאריך '.repeat(30_000)}`,
  ]
  for (const text of slow) {
    const begun = performance.now()
    await readMail(await mailOf({ text, html: `<p>${text}</p><a href="${'x'.repeat(50_000)}` }), reading)
    expect(performance.now() - begun, text.slice(0, 10)).toBeLessThan(8000)
  }
}, 90_000)
