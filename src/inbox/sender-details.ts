import type { FoundIn, FoundMail } from './found.ts'

export interface PhoneInText {
  readonly typed: string
  readonly e164: string | null
  /** Where it begins in the text. */
  readonly at: number
}

/** How phones are read; given by whoever knows them. */
export interface PhoneReader {
  /** One that was said to be a phone; null where it can be none. */
  read(typed: string): { readonly typed: string; readonly e164: string | null } | null
  /** All that are surely phones. */
  findIn(text: string): readonly PhoneInText[]
}

const longestName = 200

const nameLabel =
  /^[\s*•-]*(?:full name|name|my name is|الاسم الكامل|الإسم الكامل|الاسم|الإسم|اسمي|שם מלא|שם ומשפחה|שם|שמי)\s*[:：\-–]\s*(.{2,200})$/iu
const phoneLabel =
  /(?:phone(?: number)?|telephone|tel|mobile|cell|whatsapp|هاتف|الهاتف|تلفون|التلفون|تليفون|جوال|الجوال|نقال|موبايل|رقم الهاتف|واتساب|واتس|טלפון|טל['׳]?|נייד|פלאפון|סלולרי|ווטסאפ|וואטסאפ)\s*(?:number|رقم|מספר)?\s*[:：.\-–]?\s*([+(\d\u0660-\u0669\u06f0-\u06f9\u200e\u200f\u202a-\u202e\u2066-\u2069][^\n,;|]{5,40})/giu
const farewell =
  /^[\s*_-]*(?:(?:kind|best|warm|many)?\s*regards|sincerely|yours(?: truly| sincerely| faithfully)?|thanks(?: in advance)?|thank you|cheers|مع (?:فائق |خالص |أطيب )?(?:الاحترام|التحي[ةّ]ات?|الشكر|التقدير|تحياتي)|تحياتي|باحترام|بإحترام|وتفضلوا بقبول.*|وشكرا.*|شكراً?(?: جزيلاً?| لكم)?|ودمتم|בברכה|בכבוד(?: רב)?|תודה(?: רבה| מראש)?|כל טוב|בתודה)\s*[,،.!]*$/iu
/** Signs that a line is no name: digits, addresses, punctuation of sentences. */
const noName = /[\d@/\\:;!?؟<>{}[\]=+|_]|\.\s|https?|www\./iu

/** The writer's name: as they state it, else as the From header has it, else from under their farewell. */
export function findName(senderName: string, texts: readonly Text[]): FoundMail['name'] {
  for (const { text, foundIn } of texts) {
    for (const line of text.split('\n')) {
      const stated = clean(nameLabel.exec(line)?.[1] ?? '')
      if (isName(stated)) return { value: stated, foundIn }
    }
  }
  const header = clean(senderName)
  if (isName(header)) return { value: header, foundIn: 'from' }
  for (const { text } of texts.filter(({ foundIn }) => foundIn !== 'forwarded')) {
    const signed = signedName(text)
    if (signed) return { value: signed, foundIn: 'signature' }
  }
  return null
}

export interface Text {
  readonly text: string
  readonly foundIn: FoundIn
}

function signedName(text: string): string | null {
  const lines = text.split('\n').map((line) => line.trim())
  for (let at = lines.length - 1; at >= 0; at--) {
    const line = lines[at] ?? ''
    if (!farewell.test(line) && !/^--\s*$/.test(line)) continue
    const next = clean(lines.slice(at + 1).find((other) => other !== '') ?? '')
    return isName(next) && next.split(/\s+/).length <= 6 ? next : null
  }
  return null
}

const clean = (text: string): string =>
  text
    .replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/^['"“”«»\s]+|['"“”«»\s,،.]+$/gu, '')
    .replace(/\s+/gu, ' ')
    .slice(0, longestName)

const isName = (text: string): boolean => /\p{L}{2}/u.test(text) && !noName.test(text)

const addressLike = /[^\s@<>]{1,64}@[^\s@<>]{1,255}|(?:https?:\/\/|www\.)\S+/giu

/** A phone that is called one, else the first that surely is one; nothing out of an address. */
export function findPhone(texts: readonly Text[], reader: PhoneReader): FoundMail['phone'] {
  const plain = texts.map(({ text, foundIn }) => ({
    text: text.replace(addressLike, (whole) => ' '.repeat(whole.length)),
    foundIn,
  }))
  for (const { text, foundIn } of plain) {
    for (const [, typed = ''] of text.matchAll(phoneLabel)) {
      const phone = reader.read(numberAtStart(typed))
      if (phone) return { ...phone, foundIn }
    }
  }
  for (const { text, foundIn } of plain) {
    const [phone] = reader.findIn(text)
    if (phone) return { typed: phone.typed, e164: phone.e164, foundIn }
  }
  return null
}

const numberAtStart = (text: string): string =>
  /^[\s+()\d\u0660-\u0669\u06f0-\u06f9\p{Pd}./\u200e\u200f\u202a-\u202e\u2066-\u2069]+/u
    .exec(text)?.[0]
    .trim() ?? ''
