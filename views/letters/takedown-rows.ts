import { formatBytes, formatDateTime } from '../../src/i18n/format.ts'
import type { Locale } from '../../src/i18n/locales.ts'
import { translatorFor } from '../../src/i18n/translate.ts'
import { type Block, fileName, ltr, person, plain, type Row } from './letter.tsx'

/** What the letters repeat of a takedown. */
export interface LetterTakedown {
  readonly reference: string
  readonly receivedAt: number
  readonly name: string
  readonly phone: { readonly typed: string; readonly e164: string | null }
  readonly email: string | null
  readonly statement: string | null
  readonly capacity: 'owner' | 'representative' | 'other' | null
  readonly pages: readonly {
    readonly reportedUrl: string
    readonly canonicalUrl: string
    readonly readableUrl: string
  }[]
  readonly files: readonly LetterFile[]
}

export interface LetterFile {
  readonly fileName: string
  readonly bytes: number
  readonly sha256: string
  readonly copyState: string
}

export interface LetterOffice {
  readonly siteName: string
  readonly timeZone: string
}

export function personRows(takedown: LetterTakedown, office: LetterOffice, locale: Locale): Block {
  const t = translatorFor(locale)
  const { phone, capacity } = takedown
  const rows: (Row | null)[] = [
    { label: t('letter.reference'), values: [ltr(takedown.reference)] },
    {
      label: t('letter.receivedAt'),
      values: [plain(formatDateTime(locale, takedown.receivedAt, office.timeZone))],
    },
    takedown.name ? { label: t('letter.name'), values: [person(takedown.name)] } : null,
    phone.typed ? { label: t('letter.phone'), values: [ltr(phone.typed)] } : null,
    phone.e164 && phone.e164 !== phone.typed
      ? { label: t('letter.phoneInternational'), values: [ltr(phone.e164)] }
      : null,
    takedown.email ? { label: t('letter.email'), values: [ltr(takedown.email)] } : null,
    capacity ? { label: t('letter.capacity'), values: [plain(t(`letter.capacity.${capacity}`))] } : null,
  ]
  return { kind: 'rows', rows: rows.filter((row) => row !== null) }
}

/** The address as it can be read, and as it was typed where that differs. */
export function pageRows(takedown: LetterTakedown, locale: Locale): Block[] {
  if (takedown.pages.length === 0) return []
  const t = translatorFor(locale)
  const rows = takedown.pages.flatMap((page, index): Row[] => [
    { label: String(index + 1), values: [ltr(page.readableUrl)] },
    ...(page.reportedUrl === page.readableUrl || page.reportedUrl === page.canonicalUrl
      ? []
      : [{ label: t('letter.reportedAs'), values: [ltr(page.reportedUrl)] }]),
  ])
  return [
    { kind: 'heading', text: t('letter.pages', { count: takedown.pages.length }) },
    { kind: 'rows', rows },
  ]
}

export function fileRows(files: readonly LetterFile[], locale: Locale): Block[] {
  if (files.length === 0) return []
  const t = translatorFor(locale)
  return [
    { kind: 'heading', text: t('letter.files', { count: files.length }) },
    {
      kind: 'rows',
      rows: files.flatMap((file, index): Row[] => [
        {
          label: String(index + 1),
          values: [
            fileName(file.fileName),
            ...(file.copyState === 'kept' ? [plain(t('letter.fileKept'))] : []),
          ],
        },
        { label: t('letter.fileSize'), values: [ltr(formatBytes(file.bytes))] },
        { label: t('letter.fileHash'), values: [ltr(file.sha256)] },
      ]),
    },
  ]
}
