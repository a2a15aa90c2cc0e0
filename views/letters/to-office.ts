import { formatDateTime } from '../../src/i18n/format.ts'
import type { Locale } from '../../src/i18n/locales.ts'
import { translatorFor } from '../../src/i18n/translate.ts'
import type { AskedField } from '../../src/takedowns/asked-fields.ts'
import { type Block, type Letter, plain, renderLetter } from './letter.tsx'
import {
  fileRows,
  type LetterFile,
  type LetterOffice,
  type LetterTakedown,
  pageRows,
  personRows,
} from './takedown-rows.ts'

type Office = LetterOffice & { staffUrl: string }

/** What all letters to the info address have around their own part. */
function letterToOffice(
  kind: 'office' | 'claimantWrote' | 'withdrawn',
  reference: string,
  office: Office,
  locale: Locale,
  blocks: readonly (Block | null)[],
): Letter {
  const t = translatorFor(locale)
  return renderLetter({
    locale,
    subject: t(`letter.${kind}.subject`, { reference }),
    greeting: { before: '', name: null, after: '' },
    signature: office.siteName,
    blocks: [...blocks, { kind: 'link', label: t('letter.office.open'), url: office.staffUrl }],
  })
}

/** To the info address: everything that the notice asks for, readable without opening anything. */
export function newTakedownLetter(
  takedown: LetterTakedown & { dueAt: number; suspicion: string | null; source: 'form' | 'email' },
  office: Office,
  locale: Locale,
): Letter {
  const t = translatorFor(locale)
  return letterToOffice('office', takedown.reference, office, locale, [
    {
      kind: 'paragraph',
      text: t(takedown.source === 'email' ? 'letter.office.introMail' : 'letter.office.intro'),
    },
    takedown.suspicion ? { kind: 'quiet', text: t('letter.office.suspicion') } : null,
    personRows(takedown, office, locale),
    takedown.email ? null : { kind: 'quiet', text: t('letter.emailNone') },
    ...pageRows(takedown, locale),
    ...statementBlocks(t('letter.statement'), takedown.statement),
    ...fileRows(takedown.files, locale),
    takedown.files.some((file) => file.copyState === 'pending')
      ? { kind: 'quiet', text: t('letter.office.copies') }
      : null,
    {
      kind: 'rows',
      rows: [
        {
          label: t('letter.office.due'),
          values: [plain(formatDateTime(locale, takedown.dueAt, office.timeZone))],
        },
      ],
    },
  ])
}

/** From us to ourselves: that it comes back shows that the mailbox works. */
export function canaryLetter(siteName: string, locale: Locale): Letter {
  const t = translatorFor(locale)
  return renderLetter({
    locale,
    subject: t('letter.canary.subject'),
    greeting: { before: '', name: null, after: '' },
    signature: siteName,
    blocks: [{ kind: 'paragraph', text: t('letter.canary.words') }],
  })
}

export function claimantWroteLetter(
  message: {
    reference: string
    body: string
    files: readonly LetterFile[]
    /** What of the form was asked for and is given now. */
    given?: readonly AskedField[]
    isByMail?: boolean
  },
  office: Office,
  locale: Locale,
): Letter {
  const t = translatorFor(locale)
  const { given = [] } = message
  return letterToOffice('claimantWrote', message.reference, office, locale, [
    {
      kind: 'paragraph',
      text: t(message.isByMail ? 'letter.claimantWrote.introMail' : 'letter.claimantWrote.intro'),
    },
    wordsOf(message, t),
    given.length > 0
      ? {
          kind: 'rows',
          rows: [
            {
              label: t('staff.event.fields_given'),
              values: given.map((field) => plain(t(`asked.${field}`))),
            },
          ],
        }
      : null,
    ...fileRows(message.files, locale),
  ])
}

function wordsOf(
  { body, files, given = [] }: { body: string; files: readonly LetterFile[]; given?: readonly AskedField[] },
  t: ReturnType<typeof translatorFor>,
): Block | null {
  if (body !== '') return { kind: 'quote', text: body }
  if (files.length === 0 && given.length > 0) return null
  return { kind: 'paragraph', text: t('letter.claimantWrote.filesOnly') }
}

export function withdrawnLetter(reference: string, office: Office, locale: Locale): Letter {
  const t = translatorFor(locale)
  return letterToOffice('withdrawn', reference, office, locale, [
    { kind: 'paragraph', text: t('letter.withdrawn.intro') },
  ])
}

export const statementBlocks = (heading: string, statement: string | null): Block[] =>
  statement
    ? [
        { kind: 'heading', text: heading },
        { kind: 'quote', text: statement },
      ]
    : []
