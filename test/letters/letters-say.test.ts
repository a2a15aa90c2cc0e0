import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { formatBytes, formatDate, formatDateTime } from '../../src/i18n/format.ts'
import { type Locale, locales } from '../../src/i18n/locales.ts'
import { translate } from '../../src/i18n/translate.ts'
import { projectRoot } from '../../src/lib/project-root.ts'
import { defaultReplies } from '../../src/staff/default-replies.ts'
import { keptGrounds, outcomes } from '../../src/takedowns/outcomes.ts'
import type { Letter } from '../../views/letters/letter.tsx'
import {
  type DecidedPage,
  decisionLetter,
  duplicateLetter,
  offerLetter,
  outcomeText,
  receiptLetter,
  reopenedLetter,
  staffWroteLetter,
  withdrawnReceiptLetter,
} from '../../views/letters/to-claimant.ts'
import { pageOf } from '../support/read-page.ts'

/**
 * What no letter of ours says: admissions, apologies, blame, threats, promises, and what the law is said to demand.
 * Parts of words, so that their forms are found too.
 */
const forbidden: Record<Locale, readonly RegExp[]> = {
  en: [
    /infring|violat|unlawful|illegal|breach/i,
    /sorry|apolog|regret|fault|mistake|guilt|liab|blame|\badmit|acknowledge/i,
    /compensat|damages|\bsue\b|court|lawyer|legal action/i,
    /promise|guarantee|undertake to|law requires|required by law|within \d+ (hours|days)/i,
    /delivered|has been deleted|permanently/i,
  ],
  ar: [
    /انتهك|انتهاك|خرق|مخالف|غير قانوني/,
    /نعتذر|اعتذار|نأسف|آسف|أخطأ|خطؤنا|ذنب|نقرّ|نعترف|مسؤوليتنا/,
    /تعويض|محكمة|محامي|مقاضا|إجراء قانوني/,
    /نعد ?كم|نتعهد|نضمن|يُلزمنا|القانون يُلزم|خلال \d+/,
    /حُذفت نهائيًا|نهائيًا/,
  ],
  he: [
    /הפר[הנת]|הפרנו|בלתי חוקי|לא חוקי|עבירה/,
    /מתנצל|סליחה|צר לנו|טעינו|טעות|אשמ|מודים ב|באחריותנו/,
    /פיצוי|בית משפט|עורך דין|תביעה|הליך משפטי/,
    /מבטיחים|מתחייבים|ערבים|החוק מחייב|בתוך \d+/,
    /לצמיתות|נמחק/,
  ],
}

const at = Date.UTC(2026, 10, 2, 8)
const timeZone = 'Asia/Jerusalem'
const addressed = { reference: 'TD-QXQX-QXQX', name: 'Qxname' }
const url = 'https://desk.example/qx/status'
const office = (locale: Locale) => ({
  siteName: { ar: 'موقع المثال', he: 'אתר לדוגמה', en: 'Example Site' }[locale],
  timeZone,
  statusUrl: url,
})
const pageUrl = 'https://ashams.example/qxpage'
const words = 'Qxwords of staff'
const otherReference = 'TD-QYQY-QYQY'

const decided = (outcome: DecidedPage['outcome']): DecidedPage => ({
  readableUrl: pageUrl,
  outcome,
  keptGround: outcome === 'kept' ? 'own_work' : null,
  reason: words,
  terms: null,
  useStateAt: at,
})

const takedown = {
  ...addressed,
  receivedAt: at,
  dueAt: at + 3 * 24 * 3_600_000,
  phone: { typed: 'Qxphone', e164: null },
  email: 'qx@example.org',
  statement: 'Qxstatement',
  capacity: 'owner',
  pages: [{ reportedUrl: pageUrl, canonicalUrl: pageUrl, readableUrl: pageUrl }],
  files: [{ fileName: 'qxfile', bytes: 5000, sha256: 'qxhash', copyState: 'ready' }],
} as const

const lettersIn = (locale: Locale): Record<string, Letter> => ({
  receipt: receiptLetter(takedown, office(locale), locale),
  question: staffWroteLetter({ ...addressed, body: words, isQuestion: true }, office(locale), locale),
  update: staffWroteLetter({ ...addressed, body: words, isQuestion: false }, office(locale), locale),
  offer: offerLetter(
    { ...addressed, offers: [{ readableUrl: pageUrl, terms: words }] },
    office(locale),
    locale,
  ),
  duplicate: duplicateLetter({ ...addressed, other: otherReference }, office(locale), locale),
  'duplicate of a stranger’s': duplicateLetter({ ...addressed, other: null }, office(locale), locale),
  reopened: reopenedLetter({ ...addressed, dueAt: takedown.dueAt }, office(locale), locale),
  withdrawnReceipt: withdrawnReceiptLetter({ ...addressed, at }, office(locale), locale),
  ...Object.fromEntries(
    outcomes.map((outcome) => [
      outcome,
      decisionLetter({ ...addressed, pages: [decided(outcome)] }, office(locale), locale),
    ]),
  ),
})

/** What the letters were given to say. */
const given = (locale: Locale) => [
  ...[
    otherReference,
    takedown.reference,
    addressed.name,
    words,
    url,
    pageUrl,
    'Qxphone',
    'qx@example.org',
    'Qxstatement',
  ],
  ...['qxfile', 'qxhash', formatBytes(5000), office(locale).siteName],
  formatDateTime(locale, at, timeZone),
  formatDate(locale, at, timeZone),
  formatDate(locale, takedown.dueAt, timeZone),
]

/** The letter without what it was given: our own words. */
const ownWords = (letter: Letter, locale: Locale) =>
  given(locale).reduce((text, value) => text.replaceAll(value, ' '), `${letter.subject}\n${letter.text}`)

describe.each(locales)('letters to the claimant in %s', (locale) => {
  const letters = Object.entries(lettersIn(locale))

  it('are all looked at here', () => {
    const source = readFileSync(join(projectRoot, 'views/letters/to-claimant.ts'), 'utf8')
    const made = [...source.matchAll(/^export function (\w+)Letter\(/gm)].map(([, name = '']) => name)
    const test = readFileSync(join(projectRoot, 'test/letters/letters-say.test.ts'), 'utf8')
    expect(made.filter((name) => !test.includes(`${name}Letter(`))).toEqual([])
  })

  it.each(letters)('admit nothing, promise nothing and threaten nobody: %s', (_, letter) => {
    for (const phrase of forbidden[locale]) expect(ownWords(letter, locale)).not.toMatch(phrase)
  })

  it.each(letters)('tell no number, date, address or name that they were not given: %s', (_, letter) => {
    const left = ownWords(letter, locale).replace('SHA-256', '').replace(/^1:$/gm, '')
    expect(left).not.toMatch(/\p{Nd}|https?:|@|undefined|null|NaN|\{|\}/u)
    expect(pageOf(letter.html).text).not.toMatch(/undefined|NaN|\{|\}/)
  })

  it.each(outcomes)('say of a page its own outcome and no other: %s', (outcome) => {
    const text = lettersIn(locale)[outcome]?.text ?? ''
    for (const other of outcomes) {
      const said = outcomeText({ outcome: other, useStateAt: at }, office(locale), locale)
      if (other === outcome) expect(text).toContain(said)
      else expect(text.split('\n')).not.toContain(said)
    }
    for (const ground of keptGrounds) {
      const isSaid = outcome === 'kept' && ground === 'own_work'
      expect(text.includes(translate(locale, `ground.${ground}`)), ground).toBe(isSaid)
    }
  })

  it('that go out before a decision tell of no outcome', () => {
    for (const kind of ['receipt', 'question', 'update', 'duplicate', 'reopened', 'withdrawnReceipt']) {
      const text = lettersIn(locale)[kind]?.text ?? ''
      for (const outcome of outcomes)
        expect(text).not.toContain(outcomeText({ outcome, useStateAt: at }, office(locale), locale))
    }
  })

  it('can be written with the replies that come along, which keep to the same', () => {
    for (const { texts, names } of defaultReplies) {
      for (const phrase of forbidden[locale]) expect(texts[locale], names.en).not.toMatch(phrase)
      expect(texts[locale].replace(/\{\w+\}/g, '')).not.toMatch(/\p{Nd}/u)
    }
  })
})
