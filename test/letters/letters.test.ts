import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Email } from 'postal-mime'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addClaimantMessage } from '../../src/actions/add-claimant-message.ts'
import { decideTakedown } from '../../src/actions/decide-takedown.ts'
import { takeOnTakedown } from '../../src/actions/take-on-takedown.ts'
import { withdrawTakedown } from '../../src/actions/withdraw-takedown.ts'
import { writeToClaimant } from '../../src/actions/write-to-claimant.ts'
import { type Locale, locales } from '../../src/i18n/locales.ts'
import { translate } from '../../src/i18n/translate.ts'
import { showAccessKey } from '../../src/takedowns/access-key.ts'
import { reportedPagesOf, staffIdOf, takedownOf, targetOf } from '../support/claimant.ts'
import { pageOf } from '../support/read-page.ts'
import { type Filled, type Submitted, startTestApp, stopTestApp, type TestApp } from '../support/test-app.ts'

const hostile = 'Eve <b>"x"</b>\u202e &amp;\r\nBcc: x@evil.example {name}'
const rows: Partial<Filled> = {
  phone: '٠٥٠-١٢٣٤٥٦٧',
  pages: ['ashams.com/articles/أخبار?utm_source=x', 'https://www.ashams.com/2'],
  statement: 'الصورة الأولى\nהתמונה <השנייה> & "third"',
  capacity: 'representative',
}

/** Every kind of letter, written by the acts that cause them, on three apps: one for each language of the office. */
interface Post {
  readonly app: TestApp
  readonly sent: Submitted
  readonly letters: readonly Email[]
}
const posts = new Map<Locale, Post>()

beforeAll(async () => {
  await Promise.all(locales.map(async (locale) => posts.set(locale, await writeAll(locale))))
}, 60_000)
afterAll(() => Promise.all([...posts.values()].map(({ app }) => stopTestApp(app))))

async function writeAll(locale: Locale): Promise<Post> {
  const app = await startTestApp({ DEFAULT_LOCALE: locale, MAIL_FROM: 'takedowns@ashams.com' })
  const { db, office } = app.services
  await app.signIn()
  const staffId = staffIdOf(app)
  const sent = await app.submit({ ...rows, locale, name: hostile })
  takeOnTakedown(db, targetOf(app, sent), staffId)
  for (const isQuestion of [false, true]) {
    const message = { key: `${isQuestion}`, body: `Hello <i>you</i>\n${hostile}`, isQuestion, staffId }
    writeToClaimant(db, office, targetOf(app, sent), message)
  }
  addClaimantMessage(db, office, sent.reference, { key: 'a', body: hostile, files: [] }, app.clock.now())
  const decisions = reportedPagesOf(app, sent).map((page, index) => ({
    pageId: page.id,
    outcome: index === 0 ? ('removed' as const) : ('kept' as const),
    keptGround: index === 0 ? null : ('own_work' as const),
    reason: `Reason ${index} <u>${hostile}</u>`,
    carriedOutAt: index === 0 ? app.clock.now() : null,
  }))
  decideTakedown(db, office, targetOf(app, sent), decisions, staffId)
  const silent = await app.submit({ ...rows, locale, email: '', name: 'No Email' })
  const withdrawn = await app.submit({ locale, email: 'w@example.org' })
  withdrawTakedown(db, office, withdrawn.reference, app.clock.now())
  app.services.outbox.wake()
  expect(silent.reference).not.toBe(sent.reference)
  return { app, sent, letters: await app.letters(11) }
}

const postOf = (locale: Locale): Post => {
  const post = posts.get(locale)
  if (!post) throw new Error(`no letters in ${locale}`)
  return post
}
const toOf = (letter: Email) => letter.to?.map(({ address }) => address).join() ?? ''
const idOf = ({ reference }: Submitted, side: string) =>
  `<${reference.toLowerCase()}.${side}.submitted@ashams.com>`
const isToOffice = (letter: Email) => toOf(letter) === 'info@ashams.com'
/** Words as a reader sees them: without isolates, quote marks and blanks. */
const words = (text: string) =>
  text
    .replace(/[\u2066-\u2069\u200e\u200f\u202e]/g, '')
    .replace(/^>+/gm, '')
    .replace(/[\s-]+/g, '')

describe.each(locales)('every letter in %s', (locale) => {
  it('is there: seven kinds, to whom they belong', () => {
    const { letters } = postOf(locale)
    expect(letters).toHaveLength(11)
    expect(letters.filter(isToOffice)).toHaveLength(5)
  })

  it('has a subject that begins with the reference, one recipient, and no header of a stranger’s making', () => {
    for (const letter of postOf(locale).letters) {
      expect(letter.subject).toMatch(/^\[TD-[0-9A-Z]{4}-[0-9A-Z]{4}\] \S/)
      expect(letter.to).toHaveLength(1)
      expect([letter.cc, letter.bcc].flat().filter(Boolean)).toEqual([])
      expect(letter.from?.address).toBe('takedowns@ashams.com')
      expect(letter.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated')
      expect(letter.headers.some(({ key }) => key === 'bcc')).toBe(false)
      expect(JSON.stringify(letter.headers)).not.toContain('\u202e')
    }
  })

  it('says the same in plain text and in HTML', () => {
    for (const letter of postOf(locale).letters) {
      const page = pageOf(letter.html ?? '')
      const seen = words(page.text)
      for (const line of (letter.text ?? '').split('\n').map(words)) {
        if (line !== '') expect(seen, letter.subject ?? '').toContain(line.replace(/:$/, ''))
      }
    }
  })

  it('is in one language and direction, with nothing live that a stranger typed', () => {
    for (const letter of postOf(locale).letters) {
      const { html = '' } = letter
      expect(html).toContain(`lang="${locale}" dir="${locale === 'en' ? 'ltr' : 'rtl'}"`)
      const page = pageOf(html)
      expect(page.all('script')).toEqual([])
      expect(page.all('b')).toEqual([])
      expect(page.all('img')).toEqual([])
      for (const link of page.all('a')) {
        expect(link.attrs.find(({ name }) => name === 'href')?.value).toContain(postOf(locale).app.listening)
      }
      expect(letter.text).not.toMatch(/undefined|\[object|\{(reference|date|site|count)\}/)
    }
  })

  it('joins its thread by References', () => {
    const { letters, sent } = postOf(locale)
    const mine = letters.filter((letter) => letter.subject?.includes(sent.reference))
    for (const side of [mine.filter(isToOffice), mine.filter((letter) => !isToOffice(letter))]) {
      const root = side.find(({ messageId }) => messageId?.includes('.submitted@'))
      const others = side.filter((letter) => letter !== root)
      expect(root?.references).toBeUndefined()
      expect(others.length).toBeGreaterThan(0)
      for (const other of others) expect(other.references).toBe(root?.messageId)
    }
    expect(new Set(letters.map(({ messageId }) => messageId)).size).toBe(letters.length)
  })

  it('to the office has all that the notice asks for, the safe copy, and the way to the desk', () => {
    const { letters, sent, app } = postOf(locale)
    const letter = letters.find(({ messageId }) => messageId === idOf(sent, 'office'))
    const text = letter?.text ?? ''
    for (const value of ['٠٥٠-١٢٣٤٥٦٧', '+972501234567', 'ashams.com/2', 'أخبار', 'screenshot.png']) {
      expect(text).toContain(value)
    }
    expect(text).toContain('Eve <b>"x"</b>')
    expect(text).toContain(`${app.listening}/staff/takedowns/${sent.reference}`)
    expect(text).toContain('claimant@example.org')
    expect(letter?.attachments).toHaveLength(1)
    expect(letter?.attachments[0]?.mimeType).toMatch(/^image\//)
    expect(letter?.attachments[0]?.disposition).toBe('attachment')
    expect(letter?.replyTo ?? []).toEqual([])
  })

  it('to the claimant has what was sent, file names, sizes and hashes, and the private link', () => {
    const { letters, sent, app } = postOf(locale)
    const letter = letters.find(({ messageId }) => messageId === idOf(sent, 'claimant'))
    const [hash] = app.services.db.$client
      .prepare('SELECT sha256 FROM screenshots WHERE takedown_id = ?')
      .pluck()
      .all(takedownOf(app, sent).id)
    for (const value of [sent.statusUrl, String(hash), 'screenshot.png', '٠٥٠-١٢٣٤٥٦٧']) {
      expect(letter?.text).toContain(value)
      expect(pageOf(letter?.html ?? '').text).toContain(value)
    }
    expect(letter && toOf(letter)).toBe('claimant@example.org')
  })

  it('tells the office how to answer who gave no email', () => {
    const letter = postOf(locale).letters.find((one) => one.text?.includes('No Email'))
    expect(letter && isToOffice(letter)).toBe(true)
    expect(postOf(locale).letters.filter((one) => one.subject === letter?.subject)).toHaveLength(1)
  })

  it('P13: the key is in the letters to the claimant and nowhere else: not in the database, not in other mail', async () => {
    const { app, letters, sent } = postOf(locale)
    const shapes = [sent.accessKey, showAccessKey(sent.accessKey)]
    const holdsKey = (text: string) => shapes.some((shape) => text.includes(shape))
    for (const letter of letters) {
      const isTheirs = toOf(letter) === 'claimant@example.org' && letter.subject?.includes(sent.reference)
      expect(holdsKey(`${letter.text}${letter.html}`), letter.subject ?? '').toBe(isTheirs)
    }
    const names = (await readdir(app.dataDir)).filter((name) => name.includes('sqlite'))
    expect(names).toContain('takedowns.sqlite')
    for (const name of names) {
      const bytes = await readFile(join(app.dataDir, name))
      for (const shape of shapes) expect(bytes.includes(shape), name).toBe(false)
    }
  })
})

it('a takedown with nothing but a PDF promises no safe copies', async () => {
  const app = await startTestApp()
  await app.submit({ files: [{ name: 'a.pdf', content: Buffer.from('%PDF-1.7\n%%EOF\n') }], email: '' })
  await app.submit({ email: '' })
  const letters = await app.letters(2)
  const withCopies = letters.find((letter) => letter.attachments.length === 1)
  const withPdf = letters.find((letter) => letter.attachments.length === 0)
  const promise = translate('ar', 'letter.office.copies')
  expect(withCopies?.text).toContain(promise)
  expect(withPdf?.text).not.toContain(promise)
  await stopTestApp(app)
})
