import { formatDate } from '../../src/i18n/format.ts'
import type { Locale } from '../../src/i18n/locales.ts'
import { messageParts, translatorFor } from '../../src/i18n/translate.ts'
import type { AskedField } from '../../src/takedowns/asked-fields.ts'
import { type Block, type Letter, ltr, person, plain, type Row, renderLetter } from './letter.tsx'
import { fileRows, type LetterOffice, type LetterTakedown, pageRows, personRows } from './takedown-rows.ts'
import { statementBlocks } from './to-office.ts'

type Office = LetterOffice & { statusUrl: string }
type Addressed = { reference: string; name: string }

type Kind =
  | 'receipt'
  | 'question'
  | 'update'
  | 'decision'
  | 'offer'
  | 'reopened'
  | 'withdrawnReceipt'
  | 'duplicate'

/** What all letters to a claimant have around their own part. */
function letterToClaimant(
  kind: Kind,
  { reference, name }: Addressed,
  office: Office,
  locale: Locale,
  blocks: readonly (Block | null)[],
): Letter {
  const t = translatorFor(locale)
  const [before = '', after = ''] = messageParts(locale, 'letter.greeting').texts
  return renderLetter({
    locale,
    subject: t(`letter.${kind}.subject`, { reference }),
    greeting: name === '' ? { before: '', name: null, after: '' } : { before, name, after },
    signature: office.siteName,
    blocks: name === '' ? [{ kind: 'paragraph', text: t('letter.greetingNobody') }, ...blocks] : blocks,
  })
}

/** The receipt by mail: everything that was sent, what it `lacks` of what the notice asks for, and what happens next. */
export function receiptLetter(
  takedown: LetterTakedown & { dueAt: number },
  office: Office,
  locale: Locale,
  lacks: readonly AskedField[] = [],
): Letter {
  const t = translatorFor(locale)
  const date = formatDate(locale, takedown.dueAt, office.timeZone)
  return letterToClaimant('receipt', takedown, office, locale, [
    { kind: 'paragraph', text: t('letter.receipt.intro') },
    { kind: 'link', label: t('letter.receipt.follow'), url: office.statusUrl },
    { kind: 'quiet', text: t('letter.receipt.keep') },
    ...lackingBlocks(lacks, office, locale),
    { kind: 'heading', text: t('letter.receipt.next') },
    {
      kind: 'paragraph',
      text: t(takedown.pages.length > 0 ? 'letter.receipt.next.read' : 'letter.receipt.next.readNoPage', {
        site: office.siteName,
        date,
      }),
    },
    {
      kind: 'paragraph',
      text: t(lacks.length > 0 ? 'letter.receipt.next.toldLacking' : 'letter.receipt.next.told'),
    },
    personRows(takedown, office, locale),
    ...pageRows(takedown, locale),
    ...statementBlocks(t('letter.yourStatement'), takedown.statement),
    ...fileRows(takedown.files, locale),
  ])
}

/** It is dealt with all the same; the link opens the same takedown, which asks for just that. */
function lackingBlocks(lacks: readonly AskedField[], office: Office, locale: Locale): Block[] {
  if (lacks.length === 0) return []
  const t = translatorFor(locale)
  return [
    { kind: 'heading', text: t('letter.question.asked') },
    { kind: 'paragraph', text: t('letter.receipt.lacks') },
    ...lacks.map((field): Block => ({ kind: 'paragraph', text: `– ${t(`asked.${field}`)}` })),
    { kind: 'link', label: t('letter.receipt.complete'), url: office.statusUrl },
  ]
}

/** Staff wrote: a question that stops the clock, or a plain message. */
export function staffWroteLetter(
  message: Addressed & { body: string; isQuestion: boolean; asked?: readonly AskedField[] },
  office: Office,
  locale: Locale,
): Letter {
  const t = translatorFor(locale)
  const { asked = [] } = message
  const kind = message.isQuestion ? 'question' : 'update'
  return letterToClaimant(kind, message, office, locale, [
    { kind: 'paragraph', text: t(`letter.${kind}.intro`) },
    { kind: 'quote', text: message.body },
    asked.length > 0
      ? {
          kind: 'rows',
          rows: [
            {
              label: t('letter.question.asked'),
              values: asked.map((field) => plain(t(`asked.${field}`))),
            },
          ],
        }
      : null,
    message.isQuestion ? { kind: 'paragraph', text: t('letter.question.waits') } : null,
    { kind: 'link', label: t('letter.question.answer'), url: office.statusUrl },
  ])
}

/** One page of the decision, as recorded. */
export interface DecidedPage {
  readonly readableUrl: string
  readonly outcome: 'removed' | 'replaced' | 'licensed' | 'credited' | 'kept' | 'not_found'
  readonly keptGround:
    | 'licensed_source'
    | 'own_work'
    | 'permitted_use'
    | 'not_protected'
    | 'ownership_not_shown'
    | null
  readonly reason: string | null
  readonly useStateAt: number
  /** What the claimant agreed to, word for word, where the material stays by agreement. */
  readonly terms: string | null
}

/** Terms that wait for the claimant: nothing is settled by this letter. */
export function offerLetter(
  proposal: Addressed & { offers: readonly { readableUrl: string; terms: string }[] },
  office: Office,
  locale: Locale,
): Letter {
  const t = translatorFor(locale)
  return letterToClaimant('offer', proposal, office, locale, [
    { kind: 'paragraph', text: t('letter.offer.intro') },
    ...proposal.offers.map(
      ({ readableUrl, terms }): Block => ({
        kind: 'rows',
        rows: [
          { label: t('letter.pages', { count: 1 }), values: [ltr(readableUrl)] },
          { label: t('letter.decision.terms'), values: [person(terms)] },
        ],
      }),
    ),
    { kind: 'link', label: t('letter.offer.follow'), url: office.statusUrl },
    { kind: 'paragraph', text: t('letter.offer.else') },
  ])
}

export function decisionLetter(
  decision: Addressed & { pages: readonly DecidedPage[] },
  office: Office,
  locale: Locale,
): Letter {
  const t = translatorFor(locale)
  return letterToClaimant('decision', decision, office, locale, [
    { kind: 'paragraph', text: t('letter.decision.intro') },
    ...decision.pages.map((page): Block => ({ kind: 'rows', rows: decidedRows(page, office, locale) })),
    { kind: 'paragraph', text: t('letter.decision.disagree') },
    { kind: 'link', label: t('letter.decision.follow'), url: office.statusUrl },
  ])
}

function decidedRows(page: DecidedPage, office: LetterOffice, locale: Locale): Row[] {
  const t = translatorFor(locale)
  const rows: (Row | null)[] = [
    { label: t('letter.pages', { count: 1 }), values: [ltr(page.readableUrl)] },
    { label: t('letter.decision.outcome'), values: [plain(outcomeText(page, office, locale))] },
    page.keptGround
      ? { label: t('letter.decision.ground'), values: [plain(t(`ground.${page.keptGround}`))] }
      : null,
    page.terms ? { label: t('letter.decision.terms'), values: [person(page.terms)] } : null,
    page.reason && !page.terms ? { label: t('letter.decision.reason'), values: [person(page.reason)] } : null,
  ]
  return rows.filter((row) => row !== null)
}

/** `removed` and `replaced` say the recorded day. */
export function outcomeText(
  page: Pick<DecidedPage, 'outcome' | 'useStateAt'>,
  office: LetterOffice,
  locale: Locale,
): string {
  const t = translatorFor(locale)
  if (page.outcome === 'removed' || page.outcome === 'replaced') {
    return t(`outcome.${page.outcome}`, { date: formatDate(locale, page.useStateAt, office.timeZone) })
  }
  return t(`outcome.${page.outcome}`)
}

/** What was closed is looked at again; why stays with the office. */
export function reopenedLetter(
  reopened: Addressed & { dueAt: number },
  office: Office,
  locale: Locale,
): Letter {
  const t = translatorFor(locale)
  const date = formatDate(locale, reopened.dueAt, office.timeZone)
  return letterToClaimant('reopened', reopened, office, locale, [
    { kind: 'paragraph', text: t('letter.reopened.intro') },
    { kind: 'paragraph', text: t('letter.reopened.next', { date }) },
    { kind: 'link', label: t('letter.decision.follow'), url: office.statusUrl },
  ])
}

/** It is dealt with together with another; `other` is that one's reference where it is the same claimant's. */
export function duplicateLetter(
  joined: Addressed & { other: string | null },
  office: Office,
  locale: Locale,
): Letter {
  const t = translatorFor(locale)
  const { other } = joined
  return letterToClaimant('duplicate', joined, office, locale, [
    { kind: 'paragraph', text: t(other ? 'letter.duplicate.own' : 'letter.duplicate.other') },
    other
      ? { kind: 'rows', rows: [{ label: t('letter.duplicate.otherReference'), values: [ltr(other)] }] }
      : null,
    { kind: 'paragraph', text: t('letter.duplicate.works') },
    { kind: 'link', label: t('letter.decision.follow'), url: office.statusUrl },
  ])
}

export function withdrawnReceiptLetter(
  withdrawn: Addressed & { at: number },
  office: Office,
  locale: Locale,
): Letter {
  const t = translatorFor(locale)
  const date = formatDate(locale, withdrawn.at, office.timeZone)
  return letterToClaimant('withdrawnReceipt', withdrawn, office, locale, [
    { kind: 'paragraph', text: t('letter.withdrawnReceipt.intro', { date }) },
    { kind: 'link', label: t('letter.decision.follow'), url: office.statusUrl },
  ])
}
