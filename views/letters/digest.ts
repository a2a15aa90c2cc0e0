import type { Locale } from '../../src/i18n/locales.ts'
import { messageParts, type Translate, translatorFor } from '../../src/i18n/translate.ts'
import { isolate } from '../../src/lib/bidi.ts'
import type { Digest, DigestPart, DigestRow } from '../../src/takedowns/digest.ts'
import { type QueueView, queueHref } from '../../src/takedowns/queue-view.ts'
import { clockStanding } from '../../src/takedowns/standing.ts'
import type { WorkingCalendar } from '../../src/takedowns/working-time.ts'
import { dueWords, nearMoment } from '../staff/due-words.ts'
import { type Block, type Letter, link, renderLetter } from './letter.tsx'

interface DigestLetter {
  readonly digest: Digest
  /** Letters that failed, or of which nobody knows whether they went. */
  readonly mailProblems: number
  /** Letters that wait for staff since a restore. */
  readonly heldLetters: number
  readonly reader: { readonly name: string; readonly locale: Locale }
  readonly siteName: string
  /** Public origin, without a trailing slash. */
  readonly origin: string
  readonly calendar: WorkingCalendar
  readonly now: number
}

type Saying = Pick<DigestLetter, 'origin' | 'calendar' | 'now'> & { locale: Locale; t: Translate }

/** To one member of staff: counts, references and links, and nothing about any claimant. */
export function digestLetter(content: DigestLetter): Letter {
  const { digest, mailProblems, heldLetters, reader, origin } = content
  const { locale } = reader
  const t = translatorFor(locale)
  const [before = '', after = ''] = messageParts(locale, 'digest.hello').texts
  const saying = { ...content, locale, t }
  return renderLetter({
    locale,
    subject: t('digest.subject', {
      counts: counted(digest, mailProblems + heldLetters, t).join(locale === 'ar' ? '، ' : ', '),
    }),
    greeting: { before, name: reader.name, after },
    signature: content.siteName,
    blocks: [
      { kind: 'paragraph', text: t('digest.intro') },
      ...(['overdue', 'dueToday', 'unclaimed', 'replied', 'escalated'] as const).flatMap((name) =>
        partBlocks(name, digest[name], saying),
      ),
      ...mailBlocks(mailProblems, saying),
      ...heldBlocks(heldLetters, saying),
      { kind: 'link', label: t('digest.open'), url: `${origin}/staff` },
      { kind: 'quiet', text: t('digest.settings', { url: `${origin}/staff/settings` }) },
    ],
  })
}

/** What escalates is overdue too. */
function counted(digest: Digest, mailProblems: number, t: Translate): string[] {
  const counts = {
    overdue: digest.overdue.total + digest.escalated.total,
    dueToday: digest.dueToday.total,
    unclaimed: digest.unclaimed.total,
    replied: digest.replied.total,
    mail: mailProblems,
  }
  return (['overdue', 'dueToday', 'unclaimed', 'replied', 'mail'] as const)
    .filter((name) => counts[name] > 0)
    .map((name) => t(`digest.count.${name}`, { count: counts[name] }))
}

/** Where all of them stand, in the queue. */
const views: Readonly<Record<keyof Digest, Partial<QueueView>>> = {
  overdue: { due: 'overdue' },
  dueToday: { due: 'today' },
  unclaimed: { status: 'received', assignee: 'nobody' },
  replied: { status: 'all', replied: '1' },
  escalated: { due: 'overdue' },
}

function partBlocks(name: keyof Digest, part: DigestPart, saying: Saying): Block[] {
  if (part.total === 0) return []
  const { t, origin } = saying
  const rows = part.rows.map((row) => ({
    label: labelOf(name, row, saying),
    values: [link(row.reference, `${origin}/staff/takedowns/${row.reference}`)],
  }))
  const more = part.total - part.rows.length
  return [
    { kind: 'heading', text: t(`digest.${name}`, { count: part.total }) },
    { kind: 'rows', rows },
    ...(more > 0
      ? [
          {
            kind: 'link',
            label: t('digest.more', { count: more }),
            url: `${origin}${queueHref(views[name])}`,
          } as const,
        ]
      : []),
  ]
}

function labelOf(name: keyof Digest, row: DigestRow, { t, locale, now, calendar }: Saying): string {
  const near = (at: number) => nearMoment(locale, at, now, calendar.timeZone)
  if (name === 'unclaimed') return t('digest.received', { when: near(row.receivedAt) })
  if (name === 'replied') return t('digest.since', { when: near(row.unansweredSince ?? now) })
  const due = dueWords(locale, clockStanding(row, now, calendar), now, calendar.timeZone)
  if (name !== 'escalated') return due
  return row.assigneeName === null
    ? t('digest.escalatedByNobody', { due })
    : t('digest.escalatedBy', { due, name: isolate(row.assigneeName) })
}

const mailBlocks = (count: number, { t, origin }: Saying): Block[] =>
  count === 0
    ? []
    : [
        { kind: 'heading', text: t('digest.mail', { count }) },
        { kind: 'paragraph', text: t('digest.mailWords') },
        { kind: 'link', label: t('digest.mailLink'), url: `${origin}/staff/mail` },
      ]

const heldBlocks = (count: number, { t, origin }: Saying): Block[] =>
  count === 0
    ? []
    : [
        { kind: 'heading', text: t('staff.mail.heldTitle', { count }) },
        { kind: 'link', label: t('digest.mailLink'), url: `${origin}/staff/mail` },
      ]
