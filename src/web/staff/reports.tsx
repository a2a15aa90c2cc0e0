import type { Request, RequestHandler } from 'express'
import { reportSections } from '../../../views/staff/report-rows.ts'
import { ReportsPage } from '../../../views/staff/reports-page.tsx'
import { translatorFor } from '../../i18n/translate.ts'
import { Failure } from '../../lib/failures.ts'
import type { Services } from '../../services.ts'
import { readReport } from '../../takedowns/reports.ts'
import { asciiDigits } from '../../takedowns/typed-digits.ts'
import { beginOfLocalDay, localDayOf } from '../../takedowns/working-time.ts'
import { csvRow } from '../csv.ts'
import { accountOf } from '../middleware/staff-session.ts'
import { sendPage } from '../page.ts'
import { deskOf } from './desk.ts'

/** GET /staff/reports?from=&until= */
export const showReports =
  (services: Services): RequestHandler =>
  (req, res) => {
    const account = accountOf(req)
    const asked = periodOf(req, services)
    const sections = sectionsOf(req, services)
    const errors = sections ? [] : [{ fieldId: 'from', sentence: { key: 'report.error.period' } as const }]
    const page = (
      <ReportsPage desk={deskOf(req, services)} period={asked} sections={sections ?? []} errors={errors} />
    )
    sendPage(res, account.locale, page, sections ? 200 : 422)
  }

/** GET /staff/reports.csv: the same table. */
export const exportReport =
  (services: Services): RequestHandler =>
  (req, res) => {
    const sections = sectionsOf(req, services)
    if (!sections) throw new Failure(422, 'report.error.period')
    const { from, until } = periodOf(req, services)
    const t = translatorFor(accountOf(req).locale)
    const head = [t('report.what'), t('report.number'), t('report.share')]
    const rows = sections.flatMap(({ name, rows }) => [
      ...(name === 'all' ? [] : [[t(`report.${name}`), '', '']]),
      ...rows.map(({ label, number, share }) => [label, number, share]),
    ])
    const lines = [[`${from} – ${until}`, '', ''], head, ...rows]
    res
      .type('text/csv')
      .attachment(`report-${from}-${until}.csv`)
      .set('Cache-Control', 'no-store')
      // The mark tells spreadsheets that it is UTF-8.
      .send(`\ufeff${lines.map(csvRow).join('')}`)
  }

const dayMs = 24 * 3_600_000
const usualDays = 30
const mostDays = 5 * 366

/** As asked, or the last thirty days. */
function periodOf({ query }: Request, { clock, config }: Services): { from: string; until: string } {
  const { timeZone } = config.calendar
  const day = (name: 'from' | 'until', usual: number) => {
    const value = query[name]
    return typeof value === 'string' ? asciiDigits(value).slice(0, 10) : localDayOf(usual, timeZone)
  }
  return { from: day('from', clock.now() - (usualDays - 1) * dayMs), until: day('until', clock.now()) }
}

/** Null where the period is none. */
function sectionsOf(req: Request, services: Services) {
  const { timeZone } = services.config.calendar
  const { from, until } = periodOf(req, services)
  const [first, last] = [from, until].map((day) => beginOfLocalDay(day, timeZone))
  if (first === undefined || last === undefined || first === null || last === null) return null
  if (last < first || last - first > mostDays * dayMs) return null
  // A day later, and safely within the night of its end whatever the clocks do.
  const end = beginOfLocalDay(localDayOf(last + 1.5 * dayMs, timeZone), timeZone) ?? last + dayMs
  const report = readReport(services.db, { from: first, until: end }, services.office)
  return reportSections(accountOf(req).locale, report, services.office.decisionWorkingDays)
}
