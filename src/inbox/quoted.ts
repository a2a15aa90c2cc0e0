/*
 * What its writer wrote, and what their program repeated below: replies, forwards, signatures. Arabic and Hebrew programs
 * write the line above a quote in their own words, which libraries do not know.
 */

export interface Parts {
  /** What its writer wrote. */
  readonly body: string
  /** What it answers or forwards, with the line that introduces it; empty where there is none. */
  readonly quoted: string
  readonly isForward: boolean
}

const marks = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu

const forwards = [
  /^[-_ ]{2,}\s*(?:forwarded message|original message forwarded|fwd)\b/i,
  /^begin forwarded message:/i,
  /^[-_ ]{2,}\s*(?:הודעה שהועברה|הודעה מועברת)/,
  /^[-_ ]{2,}\s*(?:رسالة (?:م[ُ]?عاد توجيهها|محو[ّ]?لة|معاد إرسالها)|الرسالة المُ?حو[ّ]?لة)/,
  /^(?:תחילת ההודעה שהועברה|بدء الرسالة (?:المعاد توجيهها|المحو[ّ]?لة))/,
]

const replies = [
  /^[-_ ]{2,}\s*(?:original message|הודעה מקורית|الرسالة الأصلية|رسالة أصلية)\s*[-_ ]{2,}$/i,
  /^(?:on|am|le)\s.{6,200}\s(?:wrote|schrieb|a écrit)\s?:$/i,
  /^.{0,20}(?:في|بتاريخ)\s.{4,200}\s?(?:كتب|كتبت|كتب\/ت|كتبتَ)(?:\s.{0,150})?:$/,
  /^.{0,20}(?:في|بتاريخ)\s.{4,250}تمت كتابة ما يلي بواسطة.{0,150}:$/,
  /^(?:كتب|كتبت)\s.{3,200}:$/,
  /^.{0,20}(?:ב-|ביום|בתאריך|ב)\s?.{4,200}\s?(?:כתב|כתבה|כתב\/ה|מאת)(?:\s?.{0,150})?:$/,
  /^(?:מאת|כתב|כתבה)\s.{3,200}\sב(?:תאריך|יום).{3,100}:$/,
]

/** The block of headers that Outlook puts above what it repeats; the first line and one of the next. */
const headOfBlock = /^\*?(?:from|von|מאת|من|המוען)\s?:\*?\s?\S/i
const restOfBlock =
  /^\*?(?:sent|date|to|subject|נשלח|תאריך|אל|נושא|تاريخ الإرسال|تم الإرسال|أرسلت|التاريخ|إلى|الموضوع)\s?:/i
const blockRule = /^_{10,}$/

export function splitQuoted(text: string): Parts {
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  const seen = lines.map((line) => line.replace(marks, '').trim())
  const lastOwn = lastOwnLine(seen)
  for (let at = 0; at < seen.length; at++) {
    const line = seen[at] ?? ''
    if (line === '') continue
    if (forwards.some((pattern) => pattern.test(line))) return cut(lines, at, true)
    if (line.startsWith('>') && at > lastOwn) return cut(lines, at, false)
    if (startsReply(seen, at) && !isAnsweredBelow(seen, at, lastOwn)) return cut(lines, at, false)
  }
  return { body: tidy(text), quoted: '', isForward: false }
}

function startsReply(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? ''
  if (replies.some((pattern) => pattern.test(line))) return true
  // `On ... <somebody@example.org>` and `wrote:` on the next line.
  const both = `${line} ${lines[at + 1] ?? ''}`
  if (!line.endsWith(':') && both.length < 400 && replies.slice(1).some((pattern) => pattern.test(both)))
    return /^(?:>|$)/.test(lines[at + 2] ?? '')
  const head = blockRule.test(line) ? at + 1 : at
  const block = lines.slice(head, head + 8).filter((other) => other !== '')
  return (
    headOfBlock.test(block[0] ?? '') &&
    block.slice(1, 5).filter((other) => restOfBlock.test(other)).length >= 2
  )
}

/** The last line that is neither quoted nor blank nor of a signature; -1 where there is none. */
function lastOwnLine(lines: readonly string[]): number {
  const signature = lines.lastIndexOf('--')
  for (let at = (signature < 0 ? lines.length : signature) - 1; at >= 0; at--) {
    const line = lines[at] ?? ''
    if (line !== '' && !line.startsWith('>')) return at
  }
  return -1
}

/** Words between quoted lines: whoever answers point by point has written all of it. */
function isAnsweredBelow(lines: readonly string[], at: number, lastOwn: number): boolean {
  const next = lines.slice(at + 1, at + 5).findIndex((line) => line.startsWith('>'))
  return next >= 0 && at + 1 + next < lastOwn
}

const cut = (lines: readonly string[], at: number, isForward: boolean): Parts => ({
  body: tidy(lines.slice(0, at).join('\n')),
  quoted: tidy(lines.slice(at).join('\n')),
  isForward,
})

const tidy = (text: string): string =>
  text
    .replace(/[ \t]+$/gmu, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
