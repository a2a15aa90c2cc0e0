import type { Locale } from '../../src/i18n/locales.ts'
import { translatorFor } from '../../src/i18n/translate.ts'
import type { Report } from '../../src/takedowns/reports.ts'
import { workingDayMs } from '../../src/takedowns/working-time.ts'

export interface ReportRow {
  readonly label: string
  readonly number: string
  /** `75%`, or empty where a share says nothing. */
  readonly share: string
}

export interface ReportSection {
  readonly name: 'all' | 'byStatus' | 'byOutcome' | 'byLocale' | 'bySource'
  readonly rows: readonly ReportRow[]
}

/** The report in words, for the page and for the spreadsheet alike. */
export function reportSections(locale: Locale, report: Report, decisionWorkingDays: number): ReportSection[] {
  const t = translatorFor(locale)
  const section = <Name extends string>(
    name: 'byStatus' | 'byOutcome' | 'byLocale' | 'bySource',
    parts: readonly { name: Name; total: number }[],
    label: (name: Name) => string,
  ): ReportSection => {
    const sum = parts.reduce((all, { total }) => all + total, 0)
    return { name, rows: parts.map((part) => row(label(part.name), part.total, sum)) }
  }
  return [
    {
      name: 'all',
      rows: [
        row(t('report.received'), report.received),
        row(t('report.decided'), report.decided, report.received),
        {
          label: t('report.median'),
          number:
            report.medianToDecision === null
              ? t('report.none')
              : (report.medianToDecision / workingDayMs).toFixed(1),
          share: '',
        },
        row(
          t('report.within', { days: t('report.days', { count: decisionWorkingDays }) }),
          report.withinPolicy,
          report.decided,
        ),
      ],
    },
    section('byStatus', report.byStatus, (name) => t(`common.status.${name}`)),
    section('byOutcome', report.byOutcome, (name) => t(`report.outcome.${name}`)),
    section('byLocale', report.byLocale, (name) => t(`common.language.${name}`)),
    section('bySource', report.bySource, (name) => t(`report.source.${name}`)),
  ]
}

const row = (label: string, total: number, of = 0): ReportRow => ({
  label,
  number: String(total),
  share: of === 0 ? '' : `${Math.round((100 * total) / of)}%`,
})
