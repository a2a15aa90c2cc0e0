import { Button } from '../components/button.tsx'
import type { SummaryError } from '../components/error-summary.tsx'
import { Ltr } from '../components/ltr.tsx'
import { useWords, Words } from '../words.tsx'
import { type Desk, DeskLayout } from './desk-layout.tsx'
import type { ReportSection } from './report-rows.ts'

export interface ReportsPageProps {
  desk: Desk
  /** YYYY-MM-DD, both included, as typed. */
  period: { from: string; until: string }
  sections: readonly ReportSection[]
  errors: readonly SummaryError[]
}

/** Simple numbers over a chosen period. */
export function ReportsPage({ desk, period, sections, errors }: ReportsPageProps) {
  const { t } = useWords()
  const title = t('report.title')
  return (
    <DeskLayout desk={desk} title={title} errors={errors} current="reports">
      <h1>{title}</h1>
      <p>
        <Words k="report.words" />
      </p>
      <form class="period-form no-print" method="get" action="/staff/reports">
        {(['from', 'until'] as const).map((name) => (
          <div class="field" key={name}>
            <label class="label" for={name}>
              <Words k={`report.${name}`} />
            </label>
            <input class="input" id={name} name={name} type="date" value={period[name]} />
          </div>
        ))}
        <Button kind="secondary">
          <Words k="report.show" />
        </Button>
      </form>
      {sections.map((section) => (
        <SectionTable key={section.name} section={section} />
      ))}
      {sections.length > 0 && (
        <p class="no-print">
          <a href={`/staff/reports.csv?from=${period.from}&until=${period.until}`} download>
            <Words k="report.csv" />
          </a>
        </p>
      )}
    </DeskLayout>
  )
}

const SectionTable = ({ section }: { section: ReportSection }) => (
  <table class="table report">
    {section.name !== 'all' && (
      <caption>
        <Words k={`report.${section.name}`} />
      </caption>
    )}
    <thead>
      <tr>
        <th scope="col">
          <Words k="report.what" />
        </th>
        <th scope="col" class="numeric">
          <Words k="report.number" />
        </th>
        <th scope="col" class="numeric">
          <Words k="report.share" />
        </th>
      </tr>
    </thead>
    <tbody>
      {section.rows.map(({ label, number, share }) => (
        <tr key={label}>
          <th scope="row">{label}</th>
          <td class="numeric">
            <Ltr>{number}</Ltr>
          </td>
          <td class="numeric">
            <Ltr>{share}</Ltr>
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)
